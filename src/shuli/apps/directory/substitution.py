"""Arranging who stands in for whom (代理), and ending it; what follows for open work, the cases app does."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import connection
from django.db.models import Q

from shuli.apps.directory.administration import may_administer, note, whole
from shuli.apps.directory.models import Person, Substitute
from shuli.kit import clock
from shuli.kit.errors import Denied, Refusal

# Two people who name each other at once would both find no circle; the second one waits here.
LOCK = "SELECT pg_advisory_xact_lock(hashtext('directory: substitution'))"

_listeners: list[Callable[[], None]] = []


def when_substitution_changes(listener: Callable[[], None]) -> None:
    """Call a function, in the same transaction, whenever a rule is made or ended; cases follow it that way."""
    _listeners.append(listener)


def _changed() -> None:
    for listener in _listeners:
        listener()


@whole
def arrange_substitute(
    by: str,
    username: str,
    substitute: str,
    since: datetime,
    until: datetime,
    words: str = "",
    *,
    processes: Iterable[str] = (),
    sweep: bool = False,
) -> Substitute | Refusal:
    """Record who stands in for a person, in which processes (all, if none is named): the person's own business, or an
    administrator's. With `sweep` the substitute also gets what is open already when it begins.
    """
    if by != username and not may_administer(by):
        return Denied("administrators_only")
    wanted = Q(username=username) | Q(username=substitute)
    people = {p.username: p for p in Person.objects.filter(wanted, is_active=True)}
    if username not in people or substitute not in people:
        return Refusal("no_such_person", status=404)
    if until <= clock.now() and until > since:
        return Refusal("substitution_is_over")
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
    named = sorted(set(processes))
    if username != substitute and _leads_back(username, substitute, since, until, named):
        return Refusal("substitution_circle")
    found = Substitute.objects.create(
        person=people[username],
        substitute=people[substitute],
        since=since,
        until=until,
        processes=named,
        sweep=sweep,
        note=words.strip(),
        recorded_by=by,
    )
    note(by, "substitute_arranged", username, substitute=substitute, processes=named, sweep=sweep,
         since=since.isoformat(), until=until.isoformat())  # fmt: skip
    _changed()
    return found


def _leads_back(person: str, substitute: str, since: datetime, until: datetime, processes: list[str]) -> bool:
    """Say whether, at some moment of this rule and in one of its processes, the line of substitutes returns."""
    rows = Substitute.objects.filter(since__lt=until, until__gt=since, revoked_at=None)
    looked: set[str] = set()
    waiting = [substitute]
    while waiting:
        one = waiting.pop()
        if one == person:
            return True
        if one not in looked:
            looked.add(one)
            mine = rows.filter(person__username=one)
            if processes:
                mine = mine.filter(Q(processes=[]) | Q(processes__overlap=processes))
            waiting += mine.values_list("substitute__username", flat=True)
    return False


@whole
def revoke_substitute(by: str, pk: int) -> Substitute | Refusal:
    """End a substitution before its time, from now on: the next request on its strength is refused."""
    found = Substitute.objects.select_for_update().filter(pk=pk, revoked_at=None).first()
    # To others it is not there: who stands in for whom is not learnt by counting through the numbers.
    if found is None or (by != found.person.username and not may_administer(by)):
        return Refusal("no_such_substitution", status=404)
    found.revoked_at = clock.now()
    found.save(update_fields=["revoked_at"])
    note(by, "substitute_revoked", found.person.username, substitute=found.substitute.username)
    _changed()
    return found


# What the cases app follows -----------------------------------------------------------------------------


def beginning() -> list[Substitute]:
    """Return the rules in force whose beginning has not been followed yet."""
    now = clock.now()
    rows = Substitute.objects.filter(since__lte=now, until__gt=now, revoked_at=None, begun_at=None)
    return list(rows.select_related("person", "substitute").order_by("since", "pk"))


def ending() -> list[Substitute]:
    """Return the rules that are over and whose end has not been followed yet."""
    over = Q(until__lte=clock.now()) | Q(revoked_at__isnull=False)
    rows = Substitute.objects.filter(over, ended_at=None)
    return list(rows.select_related("person", "substitute").order_by("until", "pk"))


def begun(rule: Substitute) -> None:
    Substitute.objects.filter(pk=rule.pk, begun_at=None).update(begun_at=clock.now())


def ended(rule: Substitute) -> None:
    Substitute.objects.filter(pk=rule.pk, ended_at=None).update(ended_at=clock.now())


def next_change() -> datetime | None:
    """Return when the next rule begins or is over."""
    alive = Substitute.objects.filter(revoked_at=None)
    coming = alive.filter(begun_at=None, until__gt=clock.now()).order_by("since")
    going = alive.filter(ended_at=None).order_by("until")
    moments = (coming.values_list("since", flat=True).first(), going.values_list("until", flat=True).first())
    return min((at for at in moments if at is not None), default=None)
