"""Recording an action with its diagnosis, doing it, and verifying it by the figures (H1-69 to H1-71)."""

from datetime import date

import msgspec
from django.db import transaction
from django.urls import reverse
from msgspec import Struct

from shuli.apps.cases import governing
from shuli.apps.directory import queries as directory
from shuli.apps.documents.numbering import issue_number
from shuli.apps.monitoring.indicators import BY_KEY
from shuli.apps.monitoring.measuring import Where
from shuli.apps.monitoring.places import is_known, oversees
from shuli.apps.monitoring.remedies import reckoning, rights
from shuli.apps.monitoring.remedies.models import Remedy
from shuli.kit import clock
from shuli.kit.errors import Denied, Refusal

NUMBERS, SERIES = "CS{yyyymm}{seq}", "remedy"
LONGEST = 2_000


class Action(Struct, frozen=True, kw_only=True):
    """What is to be done, by whom, until when, and when it is verified."""

    kind: str
    action: str
    person: str
    due: date
    verify_on: date


class Diagnosis(Struct, frozen=True, kw_only=True):
    """What is wrong, of what nature, how severe, and by which figure it shows."""

    problem: str
    nature: str
    severity: str
    diagnosis: str
    where: Where
    indicator: str
    expected: float  # in the indicator's own measure
    days: int = 30
    source: str = Remedy.Source.FIGURE
    source_key: str = ""
    entry: int | None = None


def record(by: str, found: Diagnosis, action: Action) -> Remedy | Refusal:
    """Record an action for a place that the person oversees; who is to do it is told."""
    if not is_known(found.where):
        return Refusal("remedy_of_nothing")
    if not oversees(by, found.where):
        return Denied("remedy_of_others")
    refusal = _refuse(found, action)
    if refusal is not None:
        return refusal
    with transaction.atomic():
        return _write(by, found, action, None)


def _refuse(found: Diagnosis, action: Action) -> Refusal | None:
    indicator = BY_KEY.get(found.indicator)
    if indicator is None:
        return Refusal("remedy_of_nothing")
    if found.where.node and indicator.grain == "case":
        return Refusal("indicator_not_of_steps", indicator=indicator.name)
    return _refuse_action(action)


def _refuse_action(action: Action) -> Refusal | None:
    if directory.active_username(action.person) is None:
        return Refusal("remedy_for_nobody")
    if not action.action.strip():
        return Refusal("remedy_without_action")
    if action.due < directory.today():
        return Refusal("remedy_in_the_past")
    return Refusal("verified_before_it_is_done") if action.verify_on <= action.due else None


def _write(by: str, found: Diagnosis, action: Action, follows: Remedy | None) -> Remedy:
    today = directory.today()
    where = found.where
    before = reckoning.before(found.indicator, where, today, found.days)
    said = msgspec.structs.asdict(found)
    named = {name: said[name] for name in ("problem", "nature", "severity", "diagnosis", "indicator", "expected", "days",
                                           "source", "source_key")}  # fmt: skip
    row = Remedy.objects.create(
        number=issue_number(NUMBERS, clock.now(), SERIES),
        process_key=where.process,
        node=where.node,
        department=where.department,
        entry_id=found.entry,
        before=before,
        better=_better(found, before),
        follows=follows,
        recorded_by=by,
        recorded_on=today,
        recorded_at=clock.now(),
        **named,
        **msgspec.structs.asdict(action),
    )
    tell("remedy", row, [row.person], by)
    return row


def _better(found: Diagnosis, before: float | None) -> str:
    """Return the side on which the indicator gets better: its own, else the one of the expected value."""
    side = BY_KEY[found.indicator].better
    return side or ("up" if before is None or found.expected >= before else "down")


def tell(code: str, row: Remedy, people: list[str], by: str) -> None:
    link = reverse("monitoring:remedy", args=[row.pk])
    params = {"remedy": row.pk, "number": row.number, "author": by, "text": row.problem[:200], "link": link}
    governing.tell(code, [one for one in people if one and one != by], params)


def _mine(by: str, key: int) -> Remedy | Refusal:
    row = Remedy.objects.select_for_update().filter(pk=key).first()
    if row is None or not rights.visible(by).filter(pk=key).exists():
        return Refusal("no_such_remedy", status=404)
    return row


def finish(by: str, key: int, done: str, done_on: date | None = None) -> Remedy | Refusal:
    """Say what was done and when; who recorded the action is told, and verifies it later."""
    with transaction.atomic():
        row = _mine(by, key)
        if isinstance(row, Refusal):
            return row
        if by not in {row.person, row.recorded_by}:
            return Denied("remedy_of_another")
        day = done_on or directory.today()
        if row.done_at is not None or not done.strip():
            return Refusal("remedy_done_already" if row.done_at else "remedy_without_words")
        if not row.recorded_on <= day <= directory.today():
            return Refusal("remedy_done_when")
        row.done, row.done_on, row.done_at = done.strip()[:LONGEST], day, clock.now()
        row.reminded_on = None
        row.save(update_fields=["done", "done_on", "done_at", "reminded_on"])
        tell("remedy_done", row, [row.recorded_by], by)
    return row


class Verdict(Struct, frozen=True, kw_only=True):
    """How somebody judges an action, why, and what follows where it did not help."""

    judgement: str
    why: str
    further: Action | None = None


def verify(by: str, key: int, verdict: Verdict) -> Remedy | Refusal:
    """Close an action by the figure before and after; one that did not help is closed with the next one."""
    with transaction.atomic():
        row = _mine(by, key)
        if isinstance(row, Refusal):
            return row
        if not rights.may_verify(by, row):
            return Denied("remedy_verified_by_others")
        refusal = _refuse_verdict(row, verdict)
        if refusal is not None:
            return refusal
        _close(by, row, verdict)
        if verdict.further is not None and verdict.judgement == Remedy.Judgement.INEFFECTIVE:
            _write(by, _same(row), verdict.further, row)
        tell("remedy_verified", row, [row.person, row.recorded_by], by)
    return row


def _refuse_verdict(row: Remedy, verdict: Verdict) -> Refusal | None:
    if row.verified_at is not None:
        return Refusal("remedy_verified_already")
    if row.done_at is None:
        return Refusal("remedy_not_done")
    if row.verify_on > directory.today():
        return Refusal("remedy_verified_from", day=row.verify_on.isoformat())
    if verdict.judgement not in Remedy.Judgement.values or not verdict.why.strip():
        return Refusal("verdict_without_words")
    if verdict.judgement == Remedy.Judgement.EFFECTIVE:
        return None
    return Refusal("further_action_missing") if verdict.further is None else _refuse_action(verdict.further)


def _close(by: str, row: Remedy, verdict: Verdict) -> None:
    found = reckoning.after(row, directory.today())
    if found is not None:
        row.after, row.after_first, row.after_last = found.value, found.first, found.last
    row.judgement, row.judgement_why = verdict.judgement, verdict.why.strip()[:LONGEST]
    row.verified_by, row.verified_at = by, clock.now()
    row.save()


def _same(row: Remedy) -> Diagnosis:
    """Return the diagnosis of an action, for the one that follows it."""
    names = (
        "problem",
        "nature",
        "severity",
        "diagnosis",
        "indicator",
        "expected",
        "days",
        "source",
        "source_key",
    )
    said = {name: getattr(row, name) for name in names}
    return Diagnosis(where=rights.where_of(row), entry=row.entry_id, **said)
