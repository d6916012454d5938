"""Who stands in for whom (代理): what the rules say at a moment. One hop only: a substitute's substitute gets nothing."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from shuli.apps.directory.models import Substitute
from shuli.kit import clock


def in_force(at: datetime | None = None) -> QuerySet[Substitute]:
    """Return the rules that count at a moment: begun, not over, not revoked, between two people who are here."""
    moment = at or clock.now()
    rows = Substitute.objects.filter(since__lte=moment, until__gt=moment, revoked_at=None)
    return rows.filter(substitute__is_active=True).order_by("-since", "-pk")


def for_process(rows: QuerySet[Substitute], process: str) -> QuerySet[Substitute]:
    """Keep the rules that hold for a process: those that name it, and those that name none."""
    return rows.filter(Q(processes=[]) | Q(processes__contains=[process])) if process else rows


def substitutes_of(username: str, at: datetime | None = None) -> list[str]:
    """Return who acts for somebody at a moment, the latest arrangement first."""
    rows = in_force(at).filter(person__username=username)
    return list(rows.values_list("substitute__username", flat=True))


def substitute_of(username: str, process: str, at: datetime | None = None) -> str | None:
    """Return who acts for somebody in a process; a rule that names the process goes before one for all."""
    rows = for_process(in_force(at), process).filter(person__username=username)
    found = [(not row.processes, row.substitute.username) for row in rows.select_related("substitute")]
    return min(found, key=lambda one: one[0])[1] if found else None


def acts_for(substitute: str, principal: str, process: str, at: datetime | None = None) -> bool:
    """Say whether somebody may act for somebody else in a process, now."""
    rows = for_process(in_force(at), process)
    return rows.filter(person__username=principal, substitute__username=substitute).exists()


def principals_of(substitute: str, at: datetime | None = None) -> list[tuple[str, tuple[str, ...]]]:
    """Return for whom somebody acts at a moment, each with the processes; none named means all."""
    rows = in_force(at).filter(substitute__username=substitute)
    return [(name, tuple(processes)) for name, processes in rows.values_list("person__username", "processes")]


def away(usernames: Iterable[str], at: datetime) -> set[str]:
    """Return who of these has arranged a substitute for all processes at this moment."""
    rows = in_force(at).filter(processes=[], person__username__in=list(usernames))
    return set(rows.values_list("person__username", flat=True))
