"""Firing what is due: timers of cases, in order, each in its own transaction under its case's lock."""

import logging
from datetime import datetime

from django.db import transaction

from shuli.apps.cases import execution, schedules, store, substituting
from shuli.apps.cases.models import Case, Timer
from shuli.apps.catalogue import schedules as scheduled
from shuli.apps.directory import substitution
from shuli.core.engine import Accepted
from shuli.core.engine import commands as c
from shuli.kit import clock
from shuli.kit.failpoints import failpoint

log = logging.getLogger(__name__)

BATCH = 500  # timers looked at in one question; the job asks again until nothing is due


def fire_due(limit: int = BATCH) -> int:
    """Fire what is due now, oldest first, start what starts by itself, follow substitutes; return how many did.

    Any number of workers may do so at once.
    """
    due = Timer.objects.filter(state=Timer.State.PENDING, due_at__lte=clock.now()).order_by("due_at", "pk")
    fired = schedules.start_due() + _follow_substitutes()
    for case_id, number in list(due.values_list("case_id", "number")[:limit]):
        fired += _fire(case_id, number)
    return fired


def _follow_substitutes() -> int:
    try:
        return substituting.follow()
    except Exception:
        # A case that cannot be reached must not hold up the timers of all others; the rule is followed again.
        log.exception("substitution not followed")
        return 0


def _fire(case_id: int, number: int) -> int:
    try:
        with transaction.atomic():
            # Another worker that holds the case is firing this timer, or about to end it.
            root = store.root_of(case_id) or case_id
            free = Case.objects.select_for_update(skip_locked=True).filter(pk=root).exists()
            failpoint("timer.taken")
            answer = execution.execute(case_id, c.FireTimer(timer=number)) if free else None
            failpoint("timer.fired")
    except Exception:
        # One case's failure must not hold up the timers of all others; the timer stays due and is tried again.
        log.exception("timer failed", extra={"case": case_id, "timer": number})
        return 0
    return int(isinstance(answer, Accepted))


def next_due() -> datetime | None:
    """Return when the next timer is due, the next case starts by itself, or a substitution begins or ends."""
    pending = Timer.objects.filter(state=Timer.State.PENDING).order_by("due_at")
    due = pending.values_list("due_at", flat=True).first()
    moments = (due, scheduled.next_due(), substitution.next_change())
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
