"""What a node does without people, by its policies: nobody is found, the starter would approve, the same person comes again.

A policy acts as "system" and says so in an event of its own. It never passes over what has to be there: a node with a
mandatory output is not skipped because of who would do it.
"""

from msgspec import Struct
from msgspec.structs import replace

from shuli.core.engine import events as e
from shuli.core.engine.activities import resolve
from shuli.core.engine.approvals.seats import with_substitute
from shuli.core.engine.approvals.votes import BY_LEAD
from shuli.core.engine.expressions import Problem
from shuli.core.engine.marking import Seat, Token
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run
from shuli.core.engine.world import Assignment

Seats = tuple[Seat, ...]


class Automatic(Struct, frozen=True, kw_only=True):
    """The visit is decided as soon as it opens."""

    event: e.DecidedAutomatically


def staff(
    run: Run, token: Token, place: Place, visit: int, seats: Seats | Problem
) -> Seats | Problem | Automatic:
    """Return the seats after the node's policies, or what they decide instead."""
    if isinstance(seats, Problem):
        return when_nobody(run, token, place, visit, seats)
    duty = place.node.duty
    if token.detour is not None and token.detour.seats:
        return seats
    if duty.starter_performs != "self" and any(seat.holder == run.marking.starter for seat in seats):
        return when_starter(run, token, place, visit, seats)
    if duty.same_person == "skip" and is_same_person(run, token, place, seats):
        return automatic(place, "same_person", "skip", visit, seats[0].holder)
    return seats


def automatic(place: Place, rule: str, outcome: str, visit: int, person: str | None) -> Automatic:
    event = e.DecidedAutomatically(
        node=place.id,
        rule=rule,  # type: ignore[arg-type]  # one of the rules
        outcome=outcome,  # type: ignore[arg-type]  # one of the outcomes
        visit=visit,
        person=person,
    )
    return Automatic(event=event)


# Nobody is found ----------------------------------------------------------------------------------------


def when_nobody(
    run: Run, token: Token, place: Place, visit: int, problem: Problem
) -> Seats | Problem | Automatic:
    """Follow the rule for a node for which nobody was found; a contributor who is missing is always an incident."""
    duty = place.node.duty
    by_lead = duty.vote.kind in BY_LEAD
    if problem.code != "nobody_to_assign" or duty.nobody == "admin" or (by_lead and duty.seats):
        return problem
    if duty.nobody in ("pass", "reject"):
        return automatic(place, "nobody", duty.nobody, visit, None)
    found = stand_in(run, token, place)
    if found is None:
        return problem
    run.emit(automatic(place, "nobody", duty.nobody, visit, found.holder or found.pool).event)
    seat = Seat(
        id=run.number(),
        visit=visit,
        role="lead" if by_lead else "vote",
        holder=found.holder,
        pool=found.pool,
    )
    return (with_substitute(run, place, seat, found),)


def stand_in(run: Run, token: Token, place: Place) -> Assignment | None:
    """Return who does it instead: the model's fallback, or the superior of whoever acted last."""
    duty = place.node.duty
    if duty.nobody == "person":
        found = resolve(run, duty.fallback, token.scope) if duty.fallback is not None else None
        return found if isinstance(found, Assignment) and found.people else None
    last = token.trail[-1].person if token.trail else run.marking.starter
    return superior_of(run, last)


def superior_of(run: Run, person: str | None) -> Assignment | None:
    found = run.world.assign("superior", person, run.marking, run.plan.graph)
    return found if found.people else None


# The starter would do it --------------------------------------------------------------------------------


def when_starter(
    run: Run, token: Token, place: Place, visit: int, seats: Seats
) -> Seats | Problem | Automatic:
    """Leave the starter out, or let their superior or the head of their department act instead."""
    policy, starter = place.node.duty.starter_performs, run.marking.starter
    others = tuple(seat for seat in seats if seat.holder != starter)
    if policy == "skip" and any(seat.role != "contribute" for seat in others):
        return opened(place, others)
    if policy == "skip":
        return (
            seats
            if has_mandatory_output(place)
            else automatic(place, "starter_performs", "skip", visit, starter)
        )
    found = superior_of(run, starter) if policy == "superior" else head_of(run, starter)
    if found is None or starter in found.people:
        problem = Problem(code="nobody_to_assign", params={"performer": policy, "value": starter})
        return when_nobody(run, token, place, visit, problem)
    run.emit(automatic(place, "starter_performs", policy, visit, found.holder or found.pool).event)
    sitting = {seat.holder for seat in others}
    moved = [instead(run, place, seat, found) if seat.holder == starter else seat for seat in seats]
    return tuple(seat for seat in moved if seat in others or seat.holder not in sitting)


def opened(place: Place, seats: Seats) -> Seats:
    """Return the seats that are left; in a sequence the first of them is to act."""
    if place.node.duty.vote.kind != "sequence":
        return seats
    first = min(seats, key=lambda seat: seat.order)
    return tuple(replace(seat, open=seat is first) for seat in seats)


def instead(run: Run, place: Place, seat: Seat, found: Assignment) -> Seat:
    return with_substitute(
        run, place, replace(seat, holder=found.holder, pool=found.pool, substitute=None), found
    )


def head_of(run: Run, person: str | None) -> Assignment | None:
    """Return the head of a person's department; of a head, their superior."""
    department = run.world.department_of(person) if person else None
    found = run.world.assign("head", department, run.marking, run.plan.graph) if department else None
    if found is None or not found.people or person in found.people:
        return superior_of(run, person)
    return found


def has_mandatory_output(place: Place) -> bool:
    return any(output.mandatory for output in place.node.duty.outputs)


# The same person comes again ----------------------------------------------------------------------------


def is_same_person(run: Run, token: Token, place: Place, seats: Seats) -> bool:
    """Say whether whoever has just approved the node before would approve this one, with nothing changed since."""
    last = token.trail[-1] if token.trail else None
    if last is None or last.visit == 0 or token.detour is not None or has_mandatory_output(place):
        return False
    if len(seats) != 1 or seats[0].holder is None or seats[0].holder != last.person:
        return False
    since = events_since(run, last.visit)
    return since is not None and not any(isinstance(event, e.VariablesSet) for event in since)


def events_since(run: Run, visit: int) -> list[e.Event] | None:
    """Return what has happened since a visit was approved in this step; None where that was earlier."""
    for index, event in enumerate(run.events):
        if isinstance(event, e.VisitClosed) and event.visit == visit:
            return run.events[index + 1 :] if event.outcome == "completed" else None
    return None
