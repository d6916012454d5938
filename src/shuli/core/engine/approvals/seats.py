"""Who gets a place at a visit: the lead, the cooperating departments, the voters."""

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from shuli.core.bpmn.graph import Duty, Performer, SeatRule
from shuli.core.engine.activities import resolve
from shuli.core.engine.approvals.own_request import refuse_own_request
from shuli.core.engine.approvals.taking_back import seats_again
from shuli.core.engine.approvals.votes import BY_LEAD
from shuli.core.engine.expressions import Problem
from shuli.core.engine.marking import Detour, Seat, Token
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run
from shuli.core.engine.world import Assignment


def seats_for(
    run: Run, token: Token, place: Place, department: str | None, visit: int
) -> tuple[Seat, ...] | Problem:
    """Return the seats of a visit that opens now, or why it cannot: nobody was found for one of them."""
    detour = token.detour
    if detour is not None and detour.seats:
        return seats_again(run, token, visit)
    if place.has_one_seat:
        only = lead_seat(run, token, place, department, visit)
        return only if isinstance(only, Problem) else (only,)
    duty = place.node.duty
    if duty.vote.kind in BY_LEAD:
        lead = lead_seat(run, token, place, department, visit)
        if isinstance(lead, Problem):
            return lead
        others = rule_seats(run, token, place, visit, "contribute")
        return others if isinstance(others, Problem) else (lead, *others)
    voters = voter_seats(run, token, place, department, visit)
    if isinstance(voters, Problem) or duty.vote.kind != "sequence":
        return voters
    return tuple(replace(seat, order=order, open=order == 0) for order, seat in enumerate(voters))


def lead_seat(run: Run, token: Token, place: Place, department: str | None, visit: int) -> Seat | Problem:
    if place.performer is not None:
        kind, value = place.performer
        found = run.world.assign(kind, value, run.marking, run.plan.graph)
        if not found.people:
            return nobody(kind, value)
    else:
        resolved = assignment_of_lead(run, token, place.node.duty, department)
        if isinstance(resolved, Problem):
            return resolved
        found = resolved
    holder = found.holder if token.detour is None else holder_before(run, token.detour, found)
    seat = Seat(id=run.number(), visit=visit, department=department, holder=holder, pool=found.pool)
    return with_substitute(run, place, seat, found) if found.substitutes else seat


def with_substitute(run: Run, place: Place, seat: Seat, found: Assignment) -> Seat:
    """Return the seat with whoever stands in for its holder, but nobody on their own request."""
    acting = found.substitutes.get(seat.holder or "")
    if acting is None or refuse_own_request(run, place, seat, acting):
        return seat
    return replace(seat, substitute=acting)


def assignment_of_lead(run: Run, token: Token, duty: Duty, department: str | None) -> Assignment | Problem:
    """Return who leads: by the performer rule, else whoever of the lead department claims it."""
    if duty.performer is not None:
        return found_or_problem(run, duty.performer, token.scope)
    if department is None:
        return Problem(code="nobody_to_assign", params={"performer": None, "value": None})
    found = run.world.assign("department", department, run.marking, run.plan.graph)
    return found if found.people else nobody("department", department)


def holder_before(run: Run, detour: Detour, found: Assignment) -> str | None:
    """Return the holder; work that was sent back goes to whoever did it before, if they still may."""
    before = detour.holder
    if before is not None and detour.forced:
        return before
    if before is None or found.holder is not None or found.pool is None:
        return found.holder
    return before if run.world.may_act(before, found.pool) else None


def voter_seats(
    run: Run, token: Token, place: Place, department: str | None, visit: int
) -> tuple[Seat, ...] | Problem:
    """Return one seat a voter: the model's seats and the performer's, or everybody whom the performer rule means."""
    duty = place.node.duty
    if not duty.seats:
        found = assignment_of_lead(run, token, duty, department)
        if isinstance(found, Problem):
            return found
        seats = (
            Seat(id=run.number(), visit=visit, role="vote", department=department, holder=person, order=order)
            for order, person in enumerate(dict.fromkeys(found.people))
        )
        return tuple(with_substitute(run, place, seat, found) for seat in seats)
    lead: tuple[Seat, ...] = ()
    if duty.performer is not None:
        seat = lead_seat(run, token, place, department, visit)
        if isinstance(seat, Problem):
            return seat
        lead = (seat,)
    others = rule_seats(run, token, place, visit, "vote")
    return others if isinstance(others, Problem) else (*lead, *others)


def rule_seats(run: Run, token: Token, place: Place, visit: int, role: Any) -> tuple[Seat, ...] | Problem:
    found = []
    for order, rule in enumerate(place.node.duty.seats, start=1):
        assignment = found_or_problem(run, rule.performer, token.scope)
        department = department_of(run, token, rule)
        for problem in (assignment, department):
            if isinstance(problem, Problem):
                return problem
        found.append((order, rule, assignment, department))
    return tuple(_rule_seats(run, place, visit, role, found))


def _rule_seats(
    run: Run, place: Place, visit: int, role: Any, found: list[tuple[int, SeatRule, Any, Any]]
) -> Iterator[Seat]:
    for order, rule, assignment, department in found:
        seat = Seat(
            id=run.number(),
            visit=visit,
            role=role,
            key=rule.key,
            department=department,
            holder=assignment.holder,
            pool=assignment.pool,
            order=order,
            weight=rule.weight,
        )
        yield with_substitute(run, place, seat, assignment)


def department_of(run: Run, token: Token, rule: SeatRule) -> str | Problem | None:
    if rule.department is None:
        return None
    value = run.value(rule.department, token.scope)
    return value if isinstance(value, Problem) or value is None else str(value)


def found_or_problem(run: Run, performer: Performer, scope: int) -> Assignment | Problem:
    found = resolve(run, performer, scope)
    if isinstance(found, Problem) or found.people:
        return found
    value = run.value(performer.value, scope) if performer.value is not None else None
    return nobody(performer.kind, value)


def nobody(kind: str, value: Any) -> Problem:
    return Problem(code="nobody_to_assign", params={"performer": kind, "value": value})
