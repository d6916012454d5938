"""Firing what is due: timers of cases, in order, many to a commit, each under its case's lock."""

import logging
from datetime import UTC, datetime

from django.db import connection, transaction

from shuli.apps.cases import schedules, store, substituting
from shuli.apps.cases.bulk_execution import execute_many
from shuli.apps.cases.models import Timer
from shuli.apps.catalogue import schedules as scheduled
from shuli.apps.catalogue.publication import effect
from shuli.apps.directory import substitution
from shuli.core.engine import Accepted
from shuli.core.engine import commands as c
from shuli.kit import clock
from shuli.kit.failpoints import failpoint

log = logging.getLogger(__name__)

BATCH = 500  # timers fired in one call; the job asks again until nothing is due
LOT = 100  # timers of one commit: a person who wants one of their cases waits for so many at most

# From the last one seen on, so that timers which cannot be fired now do not hold up the others.
NEXT_DUE = """
    SELECT timer.due_at, timer.id, timer.case_id, timer.number, coalesce(owner.root_id, owner.id)
      FROM cases_timer AS timer JOIN cases_case AS owner ON owner.id = timer.case_id
     WHERE timer.state = 'pending' AND timer.due_at <= %s AND (timer.due_at, timer.id) > (%s, %s)
     ORDER BY timer.due_at, timer.id LIMIT %s
"""
Due = tuple[datetime, int, int, int, int]  # when due, key, case, number, the case's root
Place = tuple[datetime, int]
BEGINNING: Place = (datetime(1, 1, 2, tzinfo=UTC), 0)


def fire_due(limit: int = BATCH) -> int:
    """Fire what is due now, oldest first, start what starts by itself, follow substitutes; return how many did.

    Any number of workers may do so at once.
    """
    now, place, fired = clock.now(), BEGINNING, 0
    others = _follow_versions() + schedules.start_due() + _follow_substitutes()
    # What another worker holds is passed over, so that two of them share the work instead of one giving up.
    while fired < limit and (due := _next(now, place, min(LOT, limit - fired))):
        place, fired = due[-1][:2], fired + _fire_lot(due)
    return others + fired


def _follow_versions() -> int:
    """Put versions in force whose day has come, before anything starts under them."""
    try:
        return effect.follow_clock()
    except Exception:
        # A version that cannot take effect must not hold up the timers of all others; it stays due.
        log.exception("version not put in force")
        return 0


def _follow_substitutes() -> int:
    try:
        return substituting.follow()
    except Exception:
        # A case that cannot be reached must not hold up the timers of all others; the rule is followed again.
        log.exception("substitution not followed")
        return 0


def _fire_lot(due: list[Due]) -> int:
    """Fire these timers in one commit; return how many fired."""
    try:
        with transaction.atomic():
            # Another worker or person that holds a case is firing this timer, or about to end it.
            free = store.lock_free_roots({root for *_, root in due})
            failpoint("timer.taken")
            pending = _pending([pk for _, pk, _, _, root in due if root in free])
            asked = [(case, c.FireTimer(timer=number)) for _, pk, case, number, _ in due if pk in pending]
            answers = execute_many(asked) if asked else []
            failpoint("timer.fired")
    except Exception:
        # A lot's failure must not hold up the timers of all others; they stay due and are tried again.
        log.exception("timers failed", extra={"timers": [pk for _, pk, *_ in due]})
        return 0
    return sum(isinstance(answer, Accepted) for answer in answers)


def _next(now: datetime, place: Place, size: int) -> list[Due]:
    with connection.cursor() as cursor:
        cursor.execute(NEXT_DUE, [now, *place, size])
        return list(cursor.fetchall())


def _pending(keys: list[int]) -> set[int]:
    """Return which of these are still to be fired, asked under the locks of their cases."""
    rows = Timer.objects.filter(pk__in=keys, state=Timer.State.PENDING)
    return set(rows.values_list("pk", flat=True))


def next_due() -> datetime | None:
    """Return when the next timer is due, the next case starts by itself, or a substitution begins or ends."""
    pending = Timer.objects.filter(state=Timer.State.PENDING).order_by("due_at")
    due = pending.values_list("due_at", flat=True).first()
    moments = (due, scheduled.next_due(), substitution.next_change(), effect.next_due())
    return min((at for at in moments if at is not None), default=None)


def advance_clock(to: datetime) -> int:
    """Move the movable clock to a later moment, stopping at every timer on the way; return how many fired.

    So that a weekend that is skipped in the example company leaves the same reminders as one that was waited for.
    """
    fired = 0
    while (due := next_due()) is not None and due <= to:
        if due > clock.now():
            clock.move_to(due)
        here = fire_due()
        if not here:
            break
        fired += here
    clock.move_to(to)
    return fired
