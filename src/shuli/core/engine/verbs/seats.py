"""Finding the seat that a command names, and whether its actor may act on it."""

from shuli.core.engine.commands import SYSTEM
from shuli.core.engine.events import TaskClaimed
from shuli.core.engine.marking import Marking, Seat, Visit
from shuli.core.engine.run import Run
from shuli.core.engine.world import Refused


def visit_of_seat(marking: Marking, number: int) -> Visit | Refused:
    """Return the visit of a seat that can still decide, else why it cannot."""
    for visit in marking.visits.values():
        seat = visit.seats.get(number)
        if seat is None:
            continue
        if seat.decision is not None:
            return Refused(code="already_done", params={"who": seat.holder})
        return visit if seat.open else Refused(code="not_your_turn", params={"node": visit.node})
    return Refused(code="task_closed", params={"seat": number})


def refuse_actor(run: Run, seat: Seat) -> Refused | None:
    """Return why the command's actor cannot act on the seat; None if they hold it or may claim it."""
    actor = run.actor
    if actor in (SYSTEM, seat.holder):
        return None
    if seat.holder is not None:
        return Refused(code="not_holder", params={"holder": seat.holder})
    if seat.pool is not None and run.world.may_act(actor, seat.pool):
        return None
    return Refused(code="not_candidate", params={"pool": seat.pool})


def take(run: Run, seat: Seat) -> None:
    """Make the actor the holder of a seat that nobody has claimed."""
    if seat.holder is None and run.actor != SYSTEM:
        run.emit(TaskClaimed(visit=seat.visit, seat=seat.id, person=run.actor))
