"""How the organisation is changed: by an administrator, in one transaction, with a record of it."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.db import IntegrityError, transaction

from shuli.apps.directory.models import Change, Person
from shuli.kit import clock
from shuli.kit.errors import Denied, Refusal

P = ParamSpec("P")
T = TypeVar("T")

PROGRAM = ""  # the program itself: the example company, the first administrator, an import

# What the database refuses, as the person who tried reads it. The constraint is the rule; nothing asks it twice.
BROKEN = {
    "directory_person_username_key": "username_taken",
    "username_is_plain": "username_unusable",
    "person_has_a_name": "name_missing",
    "one_person_a_mail_address": "email_taken",
    "directory_department_code_key": "code_taken",
    "directory_post_code_key": "code_taken",
    "directory_calendar_code_key": "code_taken",
    "department_code_is_plain": "code_unusable",
    "post_code_is_plain": "code_unusable",
    "calendar_code_is_plain": "code_unusable",
    "directory_group_code_key": "code_taken",
    "group_code_is_plain": "code_unusable",
    "group_has_a_name": "name_missing",
    "directory_site_code_key": "code_taken",
    "site_code_is_plain": "code_unusable",
    "site_has_a_name": "name_missing",
    "department_has_a_name": "name_missing",
    "post_has_a_name": "name_missing",
    "department_is_not_its_own_part": "department_circle",
    "no_posting_twice": "posted_already",
    "substitution_has_a_length": "substitution_has_no_length",
    "nobody_substitutes_themselves": "substitute_is_same",
}


def may_administer(username: str) -> bool:
    return Person.objects.filter(username=username, is_active=True, is_administrator=True).exists()


def whole(change: Callable[P, T | Refusal]) -> Callable[P, T | Refusal]:
    """Run a change in one transaction; a refusal, or a broken constraint, leaves nothing behind."""

    @wraps(change)
    def run(*args: P.args, **kwargs: P.kwargs) -> T | Refusal:
        try:
            with transaction.atomic():
                answer = change(*args, **kwargs)
                if isinstance(answer, Refusal):
                    transaction.set_rollback(True)
                return answer
        except IntegrityError as error:
            code = BROKEN.get(_constraint(error))
            if code is None:
                raise
            return Refusal(code)

    return run


def administrators_only(
    change: Callable[Concatenate[str, P], T | Refusal],
) -> Callable[Concatenate[str, P], T | Refusal]:
    """Let only an administrator (or the program) make this change; its first argument says who asks."""

    @whole
    @wraps(change)
    def run(by: str, /, *args: P.args, **kwargs: P.kwargs) -> T | Refusal:
        if by != PROGRAM and not may_administer(by):
            return Denied("administrators_only")
        return change(by, *args, **kwargs)

    return run


def _constraint(error: IntegrityError) -> str:
    return str(getattr(getattr(error.__cause__, "diag", None), "constraint_name", ""))


def note(by: str, what: str, subject: str, **details: Any) -> None:
    """Record a change in the same transaction as the change itself."""
    Change.objects.create(at=clock.now(), by=by, what=what, subject=subject, details=details)
