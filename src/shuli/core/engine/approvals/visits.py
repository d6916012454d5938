"""A visit from its opening to its decision."""

from msgspec.structs import replace

from shuli.core.engine import events as e
from shuli.core.engine.activities import complete
from shuli.core.engine.approvals.groups import HANGING, tend
from shuli.core.engine.approvals.policies import Automatic, staff
from shuli.core.engine.approvals.returns import resubmit, return_automatically
from shuli.core.engine.approvals.seats import seats_for
from shuli.core.engine.approvals.taking_back import carry_votes
from shuli.core.engine.approvals.votes import BY_LEAD, COUNTING, decide_votes, is_abandoned, verdict_of_lead
from shuli.core.engine.cancelling import cancel_everything, close_visit
from shuli.core.engine.commands import SYSTEM
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
    if place.has_policies:
        staffed = staff(run, token, place, visit, seats)
        if isinstance(staffed, Automatic):
            pass_without_people(run, token, place, visit, staffed)
            return
        seats = staffed
    if isinstance(seats, Problem):
        run.incident(token, seats)
        return
    # The clock of whoever has the work: a person's own hours count, where one person has it.
    calendar = due = None
    if place.has_limits:
        calendar = run.world.calendar(department, seats[0].holder)
        due = due_of_visit(run, duty, token.scope, calendar)
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
        carry_votes(run, token, run.marking.visits[visit], duty.vote)
    if due is not None and calendar is not None:
        for event in timers_of_visit(run, duty, run.marking.visits[visit], calendar):
            run.emit(event)


def pass_without_people(run: Run, token: Token, place: Place, number: int, decided: Automatic) -> None:
    """Open a visit at which nobody sits, and close it by the policy that says so."""
    number_of_round = run.marking.rounds.get(place.id, 0) + 1
    run.emit(e.VisitOpened(visit=number, node=place.id, token=token.id, round=number_of_round, at=run.now))
    run.emit(decided.event)
    visit = run.marking.visits[number]
    if decided.event.outcome == "reject":
        fail(run, visit, place, SYSTEM, decided.event.rule)
    else:
        finish(run, visit, place, SYSTEM, decided.event.rule)


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
    elif place.has_one_seat:
        # Most tasks: one person has the work.
        (only,) = visit.seats.values()
        if only.decision is not None:
            (finish if only.decision == "approve" else fail)(run, visit, place, person)
        return
    seats = visit.seats.values()
    verdict = verdict_of_lead(seats) if rule.kind in BY_LEAD else decide_votes(rule, seats)
    if verdict == "pass":
        finish(run, visit, place, person)
    elif verdict == "fail":
        fail(run, visit, place, person)
    elif rule.kind not in BY_LEAD and is_abandoned(rule, seats):
        abandon(run, visit, place)
    elif rule.kind == "sequence":
        open_next_seat(run, visit)


def finish(run: Run, visit: Visit, place: Place, person: str, reason: str = "") -> None:
    close_visit(run, visit.id, "completed", person=person, reason=reason)
    if len(visit.seats) > 1:
        leave_opinions(run, visit, place)
    if place.node.duty.becomes_first_responder and person not in (SYSTEM, run.marking.custodian):
        run.emit(e.CustodianSet(person=person))
    go_on(run, run.marking.tokens[visit.token], place)


def leave_opinions(run: Run, visit: Visit, place: Place) -> None:
    """Let those who have not voted say what they think, where the rule wants to hear it; it counts for nothing."""
    if not place.node.duty.vote.opinions_stay:
        return
    waiting = [seat for seat in visit.seats.values() if seat.decision is None and seat.role in COUNTING]
    if waiting:
        run.emit(e.OpinionsLeft(visit=visit.id, seats=tuple(replace(seat, open=True) for seat in waiting)))


def fail(run: Run, visit: Visit, place: Place, person: str, reason: str = "") -> None:
    """Follow the node's policy for a rejection."""
    policy = place.node.duty.on_reject
    if policy in ("previous", "starter") and return_automatically(run, visit, policy, person):
        return
    close_visit(run, visit.id, "rejected", person=person, reason=reason)
    if policy == "end":
        cancel_everything(run, "rejected")
        run.ending = "rejected"
    else:
        leave_opinions(run, visit, place)
        go_on(run, run.marking.tokens[visit.token], place)


def abandon(run: Run, visit: Visit, place: Place) -> None:
    """Follow the rule for an empty node where everybody has abstained: nobody is left whose vote counts."""
    token = run.marking.tokens[visit.token]
    problem = Problem(code="nobody_to_assign", params={"performer": "vote", "value": None})
    decided = staff(run, token, place, visit.id, problem) if place.has_policies else problem
    if isinstance(decided, Automatic):
        run.emit(decided.event)
        (fail if decided.event.outcome == "reject" else finish)(run, visit, place, SYSTEM, "nobody")
        return
    if not isinstance(decided, Problem):
        first = next(iter(visit.seats))
        run.emit(e.SignersAdded(visit=visit.id, seat=first, position="beside", seats=decided, person=SYSTEM))
        return
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
