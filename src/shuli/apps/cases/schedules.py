"""Starting the cases of processes that start by themselves: each moment once, whatever number of workers there is."""

import logging
from datetime import datetime

from django.db import transaction

from shuli.apps.cases import execution
from shuli.apps.catalogue import schedules
from shuli.core.engine import Refused
from shuli.core.engine import commands as c

log = logging.getLogger(__name__)


def start_due() -> int:
    """Start what is due now; return how many cases were started."""
    return sum(_start(schedule) for schedule in schedules.due_now())


def _start(schedule: int) -> int:
    """Move one schedule on and start its cases, in one transaction: both happen, or neither."""
    try:
        with transaction.atomic():
            starts = schedules.take(schedule)
            for start in starts:
                _start_case(start.process, start.node, start.at)
    except Exception:
        # One process's failure must not hold up the others; the schedule stays due and is tried again.
        log.exception("scheduled start failed", extra={"schedule": schedule})
        return 0
    return len(starts)


def _start_case(process: str, node: str, at: datetime) -> None:
    command = c.Start(start=node, variables={"scheduled_at": at.isoformat()})
    _case, answer = execution.start(process, command)
    if isinstance(answer, Refused):
        raise RuntimeError(  # noqa: TRY004 -- the type is right, the model is not
            f"Expected {process} to start at {node} but it was refused: {answer.code}."
        )
