"""Handing a change in, handing it in again, publishing it once it is approved. Each is one transaction."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date

from shuli.apps.catalogue.models import Change, Draft, Process, ProcessVersion
from shuli.apps.catalogue.operations import Package
from shuli.apps.catalogue.publication import effect, reading
from shuli.apps.catalogue.studio.checking import check_draft
from shuli.apps.catalogue.studio.operations import locked, may_touch, newer_version
from shuli.apps.directory import queries as directory
from shuli.kit import clock
from shuli.kit.errors import Denied, Refusal

__all__ = [
    "Change", "Review", "Wish", "change", "change_of", "content", "give_up", "hand_in_again", "keep_paper", "number_of", "publish",
    "sent_back", "submit", "unfit_draft", "unfit_wish",
]  # fmt: skip

MOST_TRANSITION = 365
USUAL_TRANSITION = 3  # days that the old version stays beside the new one


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is said of a change when it is handed in."""

    summary: str
    reason: str
    effective_on: date | None = None  # None: as soon as it is approved
    transition_days: int = USUAL_TRANSITION
    training: str = ""
    trial: str = ""
    complies: bool = False
    compliance_note: str = ""
    front_line: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


# Starts the case in which a change is decided and returns its number; a room above gives it.
Start = Callable[[Change], "str | Refusal"]


class Review:
    """The way to whoever carries reviews out."""

    start: Start | None = None
    again: Callable[[Change], "str | Refusal"] | None = None


@transaction.atomic
def submit(person: str, draft_id: int, wish: Wish, *, knowingly: bool = False) -> Change | Refusal:
    """Hand a draft in: what is drawn is kept as it is, and the case begins in which people decide about it.

    `knowingly` hands in over a version that was published after the draft was begun.
    """
    draft = locked(draft_id)
    refusal = may_touch(draft, person)
    if draft is None or refusal is not None:
        return refusal or Refusal("draft_missing", status=404)
    newer = newer_version(draft)
    refusal = unfit_draft(draft) or unfit_wish(wish)
    if refusal is None and newer is not None and not knowingly:
        refusal = Refusal("draft_behind", status=409, number=newer.number)
    if refusal is not None:
        return refusal
    is_coming = draft.process.versions.filter(status=ProcessVersion.Status.COMING).exists()
    if is_coming or Change.objects.filter(process=draft.process, state__in=OPEN).exists():
        return Refusal("change_on_its_way", status=409)
    if Review.start is None:
        return Refusal("nobody_reviews", status=409)
    change = Change.objects.create(
        process=draft.process,
        draft=draft,
        base=_in_force(draft.process),
        person=person,
        at=clock.now(),
        **content(draft),
        **_said(wish, person),
    )
    number = Review.start(change)
    if isinstance(number, Refusal):
        transaction.set_rollback(True)
        return number
    change.case_number = number
    change.save(update_fields=["case_number"])
    draft.state = Draft.State.SUBMITTED
    draft.save(update_fields=["state"])
    return change


OPEN = (Change.State.REVIEW, Change.State.RETURNED)


def _in_force(process: Process) -> ProcessVersion | None:
    return process.versions.filter(status=ProcessVersion.Status.PUBLISHED).first()


def content(draft: Draft) -> dict[str, Any]:
    """Return the parts of a draft as they are kept with a change."""
    package = Package(facts={}, bpmn=draft.bpmn, forms=draft.forms, documents=draft.documents)
    return {
        "bpmn": draft.bpmn,
        "forms": draft.forms,
        "documents": draft.documents,
        "digest": package.digest,
    }


def _said(wish: Wish, person: str) -> dict[str, Any]:
    values = asdict(wish)
    for name in ("front_line", "departments", "told"):
        values[name] = list(values[name])
    return {**values, "compliance_by": person, "compliance_at": clock.now()}


def unfit_draft(draft: Draft) -> Refusal | None:
    """Return why a draft cannot become a version as it is."""
    if draft.state != Draft.State.OPEN:
        return Refusal("draft_closed", status=409)
    errors = [one for one in check_draft(draft) if one.severity == "error"]
    if errors:
        return Refusal("draft_has_errors", count=len(errors))
    latest = draft.process.versions.order_by("-pk").first()
    if latest is not None and latest.digest == content(draft)["digest"]:
        return Refusal("draft_unchanged")
    return None


def unfit_wish(wish: Wish) -> Refusal | None:
    """Return what is still missing of what has to be said with a change."""
    is_past = wish.effective_on is not None and wish.effective_on < directory.today()
    missing = {
        "change_not_explained": not wish.summary.strip() or not wish.reason.strip(),
        "compliance_missing": not wish.complies,
        "front_line_missing": not wish.front_line,
        "countersigners_missing": not wish.departments,
        "effective_date_past": is_past,
    }
    found = next((code for code, is_so in missing.items() if is_so), None)
    if found is not None:
        return Refusal(found)
    if not 0 <= wish.transition_days <= MOST_TRANSITION:
        return Refusal("transition_unusable", most=MOST_TRANSITION)
    return None


# After a return -----------------------------------------------------------------------------------------


@transaction.atomic
def sent_back(case_number: str) -> None:
    """Let the draft of a change be drawn on, because its review sent it back."""
    change = _locked(case_number=case_number)
    if change is None or change.state != Change.State.REVIEW:
        return
    change.state = Change.State.RETURNED
    change.save(update_fields=["state"])
    if change.draft is not None and change.draft.state == Draft.State.SUBMITTED:
        change.draft.state = Draft.State.OPEN
        change.draft.save(update_fields=["state"])


@transaction.atomic
def hand_in_again(person: str, change_id: int, wish: Wish) -> Change | Refusal:
    """Hand in what was drawn since the return; its review goes on with it."""
    change = _locked(pk=change_id)
    if change is None:
        return Refusal("no_such_change", status=404)
    if change.person != person:
        return Denied("change_not_yours")
    if change.state != Change.State.RETURNED or change.draft is None or Review.again is None:
        return Refusal("change_not_returned", status=409)
    refusal = unfit_draft(change.draft) or unfit_wish(wish)
    if refusal is not None:
        return refusal
    for name, value in {**content(change.draft), **_said(wish, person)}.items():
        setattr(change, name, value)
    change.state, change.edition = Change.State.REVIEW, change.edition + 1
    change.save()
    went_on = Review.again(change)
    if isinstance(went_on, Refusal):
        transaction.set_rollback(True)
        return went_on
    change.draft.state = Draft.State.SUBMITTED
    change.draft.save(update_fields=["state"])
    return change


def _locked(**wanted: Any) -> Change | None:
    rows = Change.objects.select_for_update(of=("self",)).select_related("process", "draft", "base")
    return rows.filter(**wanted).first()


# The end ------------------------------------------------------------------------------------------------


@transaction.atomic
def publish(change_id: int, said: Mapping[str, Any], approver: str) -> ProcessVersion | Refusal:
    """Make the version that was approved, once; it takes effect on its date. `said` is what the review settled last."""
    change = _locked(pk=change_id)
    if change is None:
        return Refusal("no_such_change", status=404)
    if change.version is not None:
        return change.version
    if change.state not in OPEN:
        return Refusal("change_closed", status=409)
    version = effect.add_version(
        change.process,
        {name: getattr(change, name) for name in ("bpmn", "forms", "documents", "digest")},
        _facts(change, said, approver),
    )
    change.version, change.state, change.ended_at = version, Change.State.PUBLISHED, clock.now()
    change.save(update_fields=["version", "state", "ended_at"])
    effect.close_draft(change.draft, version)
    reading.ask(version, _readers(change))
    return version


def _facts(change: Change, said: Mapping[str, Any], approver: str) -> dict[str, Any]:
    days = said.get("transition_days")
    return {
        "effective_at": _beginning(said.get("effective_on"), change.effective_on),
        "transition_days": int(days) if isinstance(days, int | float) else change.transition_days,
        "summary": str(said.get("change_summary") or change.summary)[:300],
        "reason": str(said.get("change_reason") or change.reason),
        "training": str(said.get("training") or change.training),
        "author": change.person,
        "approver": approver,
        "compliance_by": change.compliance_by,
        "compliance_at": change.compliance_at,
        "compliance_note": str(said.get("compliance_note") or change.compliance_note),
        "case_number": change.case_number,
    }


def _beginning(said: Any, wished: date | None) -> datetime:
    """Return the beginning of the day on which the version takes effect; now where no later day is named."""
    day = parse_date(said) if isinstance(said, str) else said if isinstance(said, date) else wished
    now = clock.now()
    if day is None or day <= timezone.localdate(now):
        return now
    return timezone.make_aware(datetime.combine(day, time.min))


def _readers(change: Change) -> list[str]:
    """Return everybody who has to read the version: the departments that are told, the front line, owner, supervisor."""
    posts = (change.process.owner_post, change.process.supervisor_post)
    pools = [*(f"department:{code}" for code in change.told), *(f"post:{post}" for post in posts if post)]
    people = [*change.front_line, *(name for pool in pools for name in directory.members(pool))]
    return [name for name in dict.fromkeys(people) if name != change.person]


@transaction.atomic
def give_up(case_number: str, status: str) -> None:
    """Close a change whose case ended before it was published; its draft can be drawn on."""
    change = _locked(case_number=case_number)
    if change is None or change.state not in OPEN:
        return
    withdrawn = status in {"withdrawn", "terminated"}
    change.state = Change.State.WITHDRAWN if withdrawn else Change.State.REJECTED
    change.ended_at = clock.now()
    change.save(update_fields=["state", "ended_at"])
    if change.draft is not None and change.draft.state == Draft.State.SUBMITTED:
        change.draft.state = Draft.State.OPEN
        change.draft.save(update_fields=["state"])


def change_of(process_key: str) -> Change | None:
    """Return the change of a process that is on its way."""
    rows = Change.objects.select_related("process", "base", "draft")
    return rows.filter(process__key=process_key, state__in=OPEN).first()


def change(pk: int) -> Change | None:
    return Change.objects.select_related("process", "base", "draft", "version").filter(pk=pk).first()


def number_of(change: Change) -> str:
    """Return the number that the version will have, or has."""
    if change.version is not None:
        return change.version.number
    return effect.next_number(change.process.versions.order_by("-pk").first())


def keep_paper(version: ProcessVersion, place: str) -> None:
    """Note where the printed copy of a version is kept."""
    version.paper_place = place.strip()[:200]
    version.save(update_fields=["paper_place"])
