"""What a jump would do, before anybody does it: the command is decided and its effect read off, nothing is kept."""

from msgspec import Struct

from shuli.core.bpmn.graph import ProcessGraph
from shuli.core.engine import commands as c
from shuli.core.engine import events as e
from shuli.core.engine.deciding import decide
from shuli.core.engine.marking import Child, Marking, Seat, Timer, Visit
from shuli.core.engine.world import Accepted, Refused, World


class JumpPreview(Struct, frozen=True, kw_only=True):
    """What a jump cancels, what it starts, which mandatory outputs it leaves out."""

    visits: tuple[Visit, ...]  # cancelled
    tasks: tuple[Seat, ...]  # cancelled, not yet decided, with their holders
    timers: tuple[Timer, ...]
    children: tuple[Child, ...]  # called cases that are cancelled
    starts: tuple[str, ...]  # nodes at which people get work
    stands: tuple[str, ...]  # nodes at which tokens stand then that stood elsewhere
    skipped: tuple[e.Skipped, ...]  # each will be a violation
    ends_as: str | None = None  # the case would end, with this status


def preview_jump(
    graph: ProcessGraph, marking: Marking, command: c.Jump | c.Reopen, world: World
) -> JumpPreview | Refused:
    """Return what a jump, or the reopening of a closed case, would do; or why it is refused."""
    answer = decide(graph, marking, command, world)
    if isinstance(answer, Refused):
        return answer
    after = answer.marking
    gone = tuple(visit for number, visit in marking.visits.items() if number not in after.visits)
    new = [token for number, token in after.tokens.items() if number not in marking.tokens]
    return JumpPreview(
        visits=gone,
        tasks=tuple(seat for visit in gone for seat in visit.seats.values() if seat.decision is None),
        timers=tuple(timer for number, timer in marking.timers.items() if number not in after.timers),
        children=tuple(child for number, child in marking.children.items() if number not in after.children),
        starts=tuple(event.node for event in answer.events if isinstance(event, e.VisitOpened)),
        stands=tuple(sorted({token.node for token in new})),
        skipped=skipped_in(answer),
        ends_as=None if after.tokens else after.status,
    )


def skipped_in(answer: Accepted) -> tuple[e.Skipped, ...]:
    return tuple(one for event in answer.events if isinstance(event, e.Jumped) for one in event.skipped)
