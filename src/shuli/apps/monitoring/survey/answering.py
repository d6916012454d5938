"""Taking answers: one a question, while it is open; of a customer by a signed link, of a department by who speaks for it."""

from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shuli.apps.directory import queries as directory
from shuli.apps.monitoring.survey.asking import speakers
from shuli.apps.monitoring.survey.models import Survey
from shuli.kit import clock
from shuli.kit.errors import Refusal

SALT = "shuli survey"
LONGEST_COMMENT = 1_000
# As 表4 of handbook 2 asks; what each counts stands in the table of scores.
ANSWERS = {
    "satisfied": _("Satisfied"),
    "fairly_satisfied": _("Fairly satisfied"),
    "dissatisfied": _("Dissatisfied"),
}
SHOWN_ANSWERED = timedelta(days=30)


def link(survey: Survey) -> str:
    """Return the address under which a customer answers."""
    token = Signer(salt=SALT).sign(str(survey.pk))
    return f"{settings.SHULI_ADDRESS}{reverse('monitoring:survey_answer', args=[token])}"


def by_token(token: str) -> Survey | None:
    """Return the question of a link; None where the link is not ours."""
    try:
        key = Signer(salt=SALT).unsign(token)
    except BadSignature:
        return None
    return Survey.objects.select_related("case").filter(pk=int(key), kind=Survey.Kind.CUSTOMER).first()


def is_open(survey: Survey) -> bool:
    return survey.answered_at is None and clock.now() < survey.expires_at


def answer_by_customer(survey: Survey, answer: str, comment: str) -> bool | Refusal:
    return _take(survey, answer, comment, "")


def answer_by_department(by: str, key: int, answer: str, comment: str) -> bool | Refusal:
    """Rate another department in the name of one's own."""
    row = Survey.objects.filter(pk=key, kind=Survey.Kind.DEPARTMENT).first()
    if row is None or not may_speak(by, row.asked_department):
        return Refusal("no_such_survey", status=404)
    return _take(row, answer, comment, by)


def may_speak(person: str, department: str) -> bool:
    return person in speakers(department)


def _take(survey: Survey, answer: str, comment: str, by: str) -> bool | Refusal:
    """Keep the answer, unless one was given or the time is over: of two at once the first counts."""
    if answer not in ANSWERS:
        return Refusal("survey_without_answer")
    now = clock.now()
    taken = Survey.objects.filter(pk=survey.pk, answered_at=None, expires_at__gt=now).update(
        answered_at=now, answer=answer, comment=comment.strip()[:LONGEST_COMMENT], answered_by=by
    )
    return True if taken else Refusal("survey_over", status=409)


def asked_of(person: str) -> QuerySet[Survey]:
    """Return the ratings that somebody is to give now for their departments."""
    departments = [code for code in directory.departments() if may_speak(person, code)]
    rows = Survey.objects.select_related("case").filter(kind=Survey.Kind.DEPARTMENT, answered_at=None)
    return rows.filter(asked_department__in=departments, expires_at__gt=clock.now()).order_by(
        "expires_at", "pk"
    )
