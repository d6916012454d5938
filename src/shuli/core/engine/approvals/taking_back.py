"""Void a decision (拿回) while nobody has acted on what followed from it.

What followed is known from the tokens: whoever has the decision in its trail came from it. So nothing needs to be kept for
this but how several had decided, which stands in the step.
"""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from shuli.core.bpmn.graph import VoteRule
from shuli.core.engine import events as e
from shuli.core.engine.approvals.returns import are_siblings, may_go_back, rebuild, shared_depth, tokens_after
from shuli.core.engine.approvals.votes import decide_votes
from shuli.core.engine.cancelling import cancel
from shuli.core.engine.marking import Detour, Marking, Seat, Step, Token, Visit
from shuli.core.engine.plan import Plan
from shuli.core.engine.run import Run
from shuli.core.engine.world import Refused

Decision = Literal["approve", "reject", "abstain"]


class TakeBackTarget(Struct, frozen=True, kw_only=True):
    """A decision that can be taken back: its step, and what that would cancel."""

    step: Step
    token: Token  # one of those that came from it
    tokens: tuple[int, ...]
    visits: tuple[int, ...]


def target_of(plan: Plan, marking: Marking, number: int) -> TakeBackTarget | Refused:
    """Return what taking a visit's decision back would cancel, or why it cannot be."""
    heirs = [one for one in marking.tokens.values() if any(step.visit == number for step in one.trail)]
    step = next((step for one in heirs[:1] for step in one.trail if step.visit == number), None)
    if step is None or not is_decision(plan, step) or not may_go_back(plan, heirs[0].path, step.path):
        return Refused(code="no_such_decision", params={"visit": number})
    done = [node for node, last in marking.irreversible.items() if last > number]
    if done:
        return Refused(code="irreversible", params={"nodes": done})
    doomed = doomed_by(plan, marking, heirs, step)
    touched = [found for token in doomed if (found := touched_at(marking, token, step))]
    if touched:
        who = list(dict.fromkeys(person for _, person in touched if person))
        params = {"nodes": list(dict.fromkeys(node for node, _ in touched)), "who": who}
        return Refused(code="successor_touched", params=params)
    tokens = tuple(token.id for token in doomed)
    visits = tuple(visit.id for visit in marking.visits.values() if visit.token in tokens)
    return TakeBackTarget(step=step, token=heirs[0], tokens=tokens, visits=visits)


def is_decision(plan: Plan, step: Step) -> bool:
    """Say whether the step is one visit of people: an activity of several instances is redone as a whole or not at all."""
    place = plan.places.get(step.node)
    return place is not None and step.visit > 0 and place.is_human and not place.repeats


def doomed_by(plan: Plan, marking: Marking, heirs: list[Token], step: Step) -> list[Token]:
    """Return the tokens that came from the decision or live inside what did, outermost first."""
    depth = shared_depth(heirs[0].path, step.path)
    found = {one.id: one for one in (*heirs, *tokens_after(plan, marking, heirs[0], step, depth))}
    return sorted(found.values(), key=lambda one: len(one.path))


def touched_at(marking: Marking, token: Token, step: Step) -> tuple[str, str | None] | None:
    """Return where somebody has acted on what followed, and who: on a task, or in a case that was called."""
    later = [one for one in token.trail if one.visit > step.visit and not are_siblings(one.path, step.path)]
    if later:
        return later[-1].node, later[-1].person
    for visit in marking.visits.values():
        if visit.token == token.id:
            seat = next((seat for seat in visit.seats.values() if is_touched(seat)), None)
            if seat is not None:
                return visit.node, seat.holder
    outside = {one.token for one in marking.children.values()}
    outside |= {one.token for one in marking.service_calls.values()}
    return (token.node, None) if token.id in outside else None


def is_touched(seat: Seat) -> bool:
    return seat.touched or seat.decision is not None or seat.added_by is not None


def take_back(run: Run, target: TakeBackTarget, person: str, reason: str) -> None:
    """Cancel what followed from the decision and open its node again, with the others' votes."""
    step, token = target.step, target.token
    depth = shared_depth(token.path, step.path)
    run.emit(e.TookBack(visit=step.visit, node=step.node, person=person, reason=reason))
    for number in target.tokens:
        cancel(run, number, "taken back")
    detour = Detour(holder=step.person, forced=True, seats=step.seats)
    rebuild(run, token, step, depth, detour)


# The new round ------------------------------------------------------------------------------------------


def seats_again(run: Run, token: Token, visit: int) -> tuple[Seat, ...]:
    """Return the seats of the voided round as new ones, nobody having decided."""
    numbers = {seat.id: run.number() for seat in token.detour.seats} if token.detour is not None else {}
    return tuple(
        replace(
            seat,
            id=numbers[seat.id],
            visit=visit,
            parent=None if seat.parent is None else numbers.get(seat.parent),
            decision=None,
            touched=False,
            urged_at=None,
            urges=0,
        )
        for seat in (token.detour.seats if token.detour is not None else ())
    )


def carry_votes(run: Run, token: Token, visit: Visit, rule: VoteRule) -> None:
    """Let what the others had decided count again, as long as that does not decide the new round at once."""
    if token.detour is None or not token.detour.seats:
        return
    old = token.detour.seats
    voided = voided_seat(old, token.detour.holder)
    decisions = {
        new.id: seat.decision
        for seat, new in zip(old, visit.seats.values(), strict=True)
        if seat.decision is not None and seat is not voided
    }
    while decisions and decide_votes(rule, with_decisions(visit, decisions)) != "open":
        decisions.pop(max(decisions))
    if decisions:
        run.emit(e.VotesCarried(visit=visit.id, former=old[0].visit, decisions=decisions))


def with_decisions(visit: Visit, decisions: Mapping[int, Decision]) -> list[Seat]:
    return [replace(seat, decision=decisions.get(seat.id)) for seat in visit.seats.values()]


def voided_seat(seats: tuple[Seat, ...], person: str | None) -> Seat | None:
    """Return the seat whose decision closed the round: the last one of who takes it back."""
    theirs = [seat for seat in seats if seat.decision is not None and seat.holder == person]
    return max(theirs, key=lambda seat: seat.order, default=None)
