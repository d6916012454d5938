"""A visit from its opening to its decision."""

from shuli.core.engine import events as e
from shuli.core.engine.activities import complete
from shuli.core.engine.approvals.groups import HANGING, tend
from shuli.core.engine.approvals.returns import resubmit, return_automatically
from shuli.core.engine.approvals.seats import seats_for
from shuli.core.engine.approvals.taking_back import carry_votes
from shuli.core.engine.approvals.votes import BY_LEAD, decide_votes, is_abandoned, verdict_of_lead
from shuli.core.engine.cancelling import cancel_everything, close_visit
from shuli.core.engine.expressions import Problem
from shuli.core.engine.marking import Seat, Token, Visit
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run
from shuli.core.engine.timing import due_of_visit, timers_of_visit
from shuli.core.engine.tokens import leave


def open_visit(run: Run, token: Token, place: Place) -> None:
    """Open a new round of a human node, for the people whom its rules name; its clock starts now."""
    duty = place.node.duty
    department = None if duty.lead is None else department_of(run, duty.lead, token)
    if isinstance(department, Problem):
        run.incident(token, department)
        return
    visit = run.number()
    seats = seats_for(run, token, place, department, visit)
    if isinstance(seats, Problem):
        run.incident(token, seats)
        return
    # The clock of whoever has the work: a person's own hours count, where one person has it.
    calendar = run.world.calendar(department, seats[0].holder) if duty.limits else None
    due = None if calendar is None else due_of_visit(run, duty, token.scope, calendar)
    if isinstance(due, Problem):
        run.incident(token, due)
        return
    run.emit(
        e.VisitOpened(
            visit=visit,
            node=place.id,
            token=token.id,
            round=run.marking.rounds.get(place.id, 0) + 1,
            at=run.now,
            due_at=due,
            department=department,
            seats=seats,
            returned_from=None if token.detour is None else token.detour.visit,
        )
    )
    if token.detour is not None:
        carry_votes(run, token, run.marking.visits[visit])
    if due is not None and calendar is not None:
        for event in timers_of_visit(run, duty, run.marking.visits[visit], calendar):
            run.emit(event)


def department_of(run: Run, lead: str, token: Token) -> str | Problem:
    """Return the code of the lead department."""
    value = run.value(lead, token.scope)
    if isinstance(value, str | Problem):
        return value
    return Problem(code="nobody_to_assign", params={"performer": "department", "value": value})


def judge(run: Run, visit: Visit, place: Place, person: str) -> None:
    """See, after a seat has decided, whether the visit is decided, and go on if it is."""
    rule = place.node.duty.vote
    if len(visit.seats) > 1:
        visit = tend(run, visit)
    seats = visit.seats.values()
    verdict = verdict_of_lead(seats) if rule.kind in BY_LEAD else decide_votes(rule, seats)
    if verdict == "pass":
        finish(run, visit, place, person)
    elif verdict == "fail":
        fail(run, visit, place, person)
    elif rule.kind not in BY_LEAD and is_abandoned(rule, seats):
        abandon(run, visit)
    elif rule.kind == "sequence":
        open_next_seat(run, visit)


def finish(run: Run, visit: Visit, place: Place, person: str) -> None:
    close_visit(run, visit.id, "completed", person=person)
    if place.node.duty.becomes_first_responder and run.marking.custodian != person:
        run.emit(e.CustodianSet(person=person))
    go_on(run, run.marking.tokens[visit.token], place)


def fail(run: Run, visit: Visit, place: Place, person: str) -> None:
    """Follow the node's policy for a rejection."""
    policy = place.node.duty.on_reject
    if policy in ("previous", "starter") and return_automatically(run, visit, policy, person):
        return
    close_visit(run, visit.id, "rejected", person=person)
    if policy == "end":
        cancel_everything(run, "rejected")
        run.ending = "rejected"
    else:
        go_on(run, run.marking.tokens[visit.token], place)


def abandon(run: Run, visit: Visit) -> None:
    """Stop where everybody has abstained: nobody is left whose vote counts."""
    token = run.marking.tokens[visit.token]
    close_visit(run, visit.id, "cancelled", reason="everybody abstained")
    run.incident(token, Problem(code="nobody_voted", params={"visit": visit.id}))


def go_on(run: Run, token: Token, place: Place) -> None:
    if token.detour is not None and token.detour.back:
        resubmit(run, token, place, token.detour)
    elif place.repeats:
        complete(run, token, place)
    else:
        leave(run, token, place)


def open_next_seat(run: Run, visit: Visit) -> None:
    waiting = [seat for seat in visit.seats.values() if not seat.open and seat.role not in HANGING]
    speaking = [seat for seat in visit.seats.values() if seat.open and seat.decision is None]
    if waiting and not speaking:
        following: Seat = min(waiting, key=lambda seat: seat.order)
        run.emit(e.SeatOpened(visit=visit.id, seat=following.id))
