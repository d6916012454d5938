"""Defining, changing and removing own indicators."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from shuli.apps.monitoring.own import counting, scope
from shuli.apps.monitoring.own.measuring import problems
from shuli.apps.monitoring.own.models import OwnIndicator
from shuli.apps.monitoring.own.rights import may_define
from shuli.core.feel import ExpressionError
from shuli.kit import clock
from shuli.kit.errors import Denied, Refusal
from shuli.kit.feel_words import error_words

MOST = 20  # own indicators of a process: each is reckoned for every visit or case
DECIDES = ("grain", "source", "together", "unit")  # what is counted; all else is only how it is shown


def save(by: str, process: str, row: OwnIndicator | None, facts: Mapping[str, Any]) -> OwnIndicator | Refusal:
    """Define an indicator of a process, or change one; where other values come of it, it is counted anew."""
    if not may_define(by, process):
        return Denied("indicators_of_others")
    others = OwnIndicator.objects.filter(process_key=process, is_active=True)
    with transaction.atomic():
        if row is not None:
            row = others.select_for_update().filter(pk=row.pk).first()
            if row is None:
                return Refusal("no_such_indicator", status=404)
        new = row or OwnIndicator(process_key=process)
        refusal = _refusal(new, others, facts)
        if refusal is not None:
            return refusal
        is_other = any(getattr(new, name) != facts.get(name, getattr(new, name)) for name in DECIDES)
        for name, value in facts.items():
            setattr(new, name, value)
        if is_other and new.pk:
            counting.begin_anew(new)
        new.changed_by, new.changed_at = by, clock.now()
        new.save()
    return new


def _refusal(row: OwnIndicator, others: Any, facts: Mapping[str, Any]) -> Refusal | None:
    same = others.exclude(pk=row.pk)
    if same.filter(name=facts["name"]).exists():
        return Refusal("indicator_name_taken", name=facts["name"])
    if row.pk is None and same.count() >= MOST:
        return Refusal("too_many_indicators", most=MOST)
    found = found_problems(row.process_key, facts)
    return Refusal("wrong_expression", what=told(found[0])) if found else None


def found_problems(process: str, facts: Mapping[str, Any]) -> tuple[ExpressionError, ...]:
    """Return what is wrong with the expression of an indicator that somebody is about to keep."""
    types = {one["name"]: one["type"] or "Any" for one in scope.scope(process, facts["grain"])}
    return problems(counting.definition_of(OwnIndicator(**{name: facts[name] for name in DECIDES})), types)


def told(error: ExpressionError) -> str:
    """Return what is wrong with an expression, and where."""
    return f"{error.line}:{error.column} {error_words(error)}"


def remove(by: str, row: OwnIndicator) -> OwnIndicator | Refusal:
    """Take an indicator away, with what was counted of it; alerts that name it find nothing any more."""
    if not may_define(by, row.process_key):
        return Denied("indicators_of_others")
    with transaction.atomic():
        counting.begin_anew(row)
        row.is_active, row.changed_by, row.changed_at = False, by, clock.now()
        row.save()
    return row
