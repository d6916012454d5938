"""Accountability (责任追究): who answers for a violation, the appeal of the person, and its answer."""

from django.db import transaction
from django.urls import reverse
from msgspec import Struct

from shuli.apps.cases import governing
from shuli.apps.directory import queries as directory
from shuli.apps.monitoring.appraisal import rights
from shuli.apps.monitoring.auditing.rights import visible_violations
from shuli.apps.monitoring.models import Accountability
from shuli.kit import clock
from shuli.kit.errors import Denied, Refusal

LONGEST = 2_000


class Decision(Struct, frozen=True, kw_only=True):
    person: str
    finding: str
    measure: str
    detail: str = ""


def decide(by: str, violation: int, said: Decision) -> Accountability | Refusal:
    """Decide that somebody answers for a violation; they are told, and may appeal."""
    with transaction.atomic():
        row = visible_violations(by).filter(pk=violation).first()
        if row is None:
            return Refusal("no_such_violation", status=404)
        if not rights.may_decide(by, row) or said.person == by:
            return Denied("not_yours_to_decide")
        if not said.finding.strip() or directory.active_username(said.person) is None:
            return Refusal("decision_incomplete")
        if Accountability.objects.filter(violation=row, person=said.person).exists():
            return Refusal("already_decided", status=409)
        made = Accountability.objects.create(
            violation=row,
            person=said.person,
            department=row.department,
            finding=said.finding.strip()[:LONGEST],
            measure=said.measure,
            detail=said.detail.strip()[:LONGEST],
            decided_by=by,
            decided_at=clock.now(),
        )
        _tell("accountability", made, by, [made.person])
    return made


def appeal(person: str, pk: int, words: str) -> Accountability | Refusal:
    """Appeal against a decision about oneself, once."""
    with transaction.atomic():
        row = rights.visible_accountability(person).select_for_update().filter(pk=pk).first()
        if row is None:
            return Refusal("no_such_decision_on_me", status=404)
        if row.person != person:
            return Denied("appeal_is_theirs")
        if row.appealed_at:
            return Refusal("already_appealed", status=409)
        if not words.strip():
            return Refusal("reason_missing")
        row.appeal, row.appealed_at = words.strip()[:LONGEST], clock.now()
        row.save(update_fields=["appeal", "appealed_at"])
        _tell(
            "appeal",
            row,
            person,
            [row.decided_by, *(p for pool in rights.PERSONNEL for p in directory.members(pool))],
        )
    return row


def answer(by: str, pk: int, outcome: str, words: str) -> Accountability | Refusal:
    """Answer an appeal: the decision stands, or is withdrawn."""
    with transaction.atomic():
        row = rights.visible_accountability(by).select_for_update().filter(pk=pk).first()
        if row is None:
            return Refusal("no_such_decision_on_me", status=404)
        if not rights.may_answer(by, row):
            return Denied("personnel_answers")
        if row.appealed_at is None or row.answered_at:
            return Refusal("nothing_to_answer", status=409)
        if outcome not in Accountability.Outcome.values or not words.strip():
            return Refusal("reason_missing")
        row.outcome, row.answer = outcome, words.strip()[:LONGEST]
        row.answered_by, row.answered_at = by, clock.now()
        row.save(update_fields=["outcome", "answer", "answered_by", "answered_at"])
        _tell("appeal_answered", row, by, [row.person])
    return row


def _tell(code: str, row: Accountability, by: str, people: list[str]) -> None:
    link = reverse("monitoring:accountability", args=[row.pk])
    governing.tell(code, [one for one in people if one and one != by], {"author": by, "link": link})
