"""What is asked about drafts: which there are, who may draw, which decisions a draft asks."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from shuli.apps.catalogue import queries as register
from shuli.apps.catalogue.models import Draft, Process, ProcessVersion
from shuli.apps.directory import operations as directory
from shuli.apps.directory import queries as people
from shuli.core.text import Text
from shuli.kit.errors import Denied, Refusal


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """What others read of a draft."""

    pk: int
    process: str  # key
    names: Text
    bpmn: str
    forms: dict[str, Any]


LIVE = (Draft.State.OPEN, Draft.State.SUBMITTED)


def may_draw(process: Process, person: str) -> bool:
    """Say whether the person draws a process: its owner does; until it has one, or a version, an administrator too."""
    if process.key in register.owned_keys(person):
        return True
    is_new = not process.versions.filter(status=ProcessVersion.Status.PUBLISHED).exists()
    return directory.may_administer(person) and (is_new or not _holders(process.owner_post))


def _holders(post: str) -> list[str]:
    return people.members(f"post:{post}") if post else []


def may_register(person: str) -> bool:
    """Say whether the person may register a process: process owners and administrators."""
    return directory.may_administer(person) or bool(own_posts(person))


def own_posts(person: str) -> list[str]:
    """Return the posts by which a person may own a process: those that own one already; an administrator names any."""
    if directory.may_administer(person):
        return list(people.posts())
    held = {pool.removeprefix("post:") for pool in people.pools_of(person) if pool.startswith("post:")}
    return sorted(held & set(Process.objects.values_list("owner_post", flat=True)))


def drawable(person: str) -> list[Process]:
    """Return the processes that the person draws."""
    owned, in_force = set(register.owned_keys(person)), register.numbers_in_force()
    may_administer = directory.may_administer(person)
    return [
        process
        for process in register.processes()
        if process.key in owned
        or (may_administer and (process.key not in in_force or not _holders(process.owner_post)))
    ]


def live_drafts(keys: Iterable[str]) -> list[Draft]:
    """Return the drafts of some processes that somebody may go on with, the last saved first."""
    rows = Draft.objects.select_related("process", "based_on").defer("bpmn", "forms", "documents")
    return list(rows.filter(process__key__in=list(keys), state__in=LIVE).order_by("-saved_at"))


def draft(pk: int) -> Draft | None:
    return Draft.objects.select_related("process", "based_on").filter(pk=pk).first()


def drawing(process_key: str, person: str, pk: int | None = None) -> Drawing | Refusal:
    """Return a draft of a process, or its newest one, for somebody who draws it."""
    found = draft(pk) if pk else next(iter(drafts(process_key)), None)
    row = draft(found.pk) if found is not None else None
    if row is None or row.process.key != process_key:
        return Refusal("draft_missing", status=404)
    if not may_draw(row.process, person):
        return Denied("draft_not_yours")
    return Drawing(pk=row.pk, process=process_key, names=row.process.names, bpmn=row.bpmn, forms=row.forms)


def drafts(process_key: str) -> list[Draft]:
    """Return the drafts of a process that somebody may go on with, the newest first."""
    rows = Draft.objects.select_related("process", "based_on").defer("bpmn", "forms", "documents")
    return list(rows.filter(process__key=process_key, state__in=LIVE))
