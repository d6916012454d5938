"""What the rungs of an escalation ladder do beside telling somebody: transfer, pass, reject, jump."""

from typing import Literal

from shuli.core.bpmn.graph import EscalationStep
from shuli.core.engine import events as e
from shuli.core.engine.approvals.groups import HANGING
from shuli.core.engine.approvals.jumps import jump
from shuli.core.engine.approvals.own_request import refuse_own_request
from shuli.core.engine.approvals.visits import fail, finish
from shuli.core.engine.commands import SYSTEM
from shuli.core.engine.expressions import Problem
from shuli.core.engine.marking import Visit
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run
from shuli.core.engine.world import Assignment, Refused

OVERDUE: Literal["overdue"] = "overdue"


def act(run: Run, visit: Visit, place: Place, rung: EscalationStep, found: Assignment) -> Problem | None:
    """Do what the rung says; return why it could not be done."""
    if rung.action == "remind":
        return None
    person = found.holder or (found.people[0] if found.people and found.pool is None else None)
    if rung.action == "transfer":
        return hand_over(run, visit, place, person)
    run.emit(
        e.DecidedAutomatically(
            node=place.id, rule=OVERDUE, outcome=rung.action, visit=visit.id, person=person
        )
    )
    if rung.action == "pass":
        finish(run, visit, place, SYSTEM, OVERDUE)
    elif rung.action == "reject":
        fail(run, visit, place, SYSTEM, OVERDUE)
    else:
        refusal = jump(run, run.marking.tokens[visit.token], rung.target or "", OVERDUE)
        return None if refusal is None else failed(refusal)
    return None


def failed(refusal: Refused) -> Problem:
    return Problem(code="policy_failed", params={"rule": OVERDUE, "reason": refusal.code})


def hand_over(run: Run, visit: Visit, place: Place, person: str | None) -> Problem | None:
    """Give every task that is open to the person whom the rung names; one on their own request stays where it is."""
    if person is None:
        return Problem(code="policy_failed", params={"rule": OVERDUE, "reason": "no_people"})
    run.emit(
        e.DecidedAutomatically(node=place.id, rule=OVERDUE, outcome="transfer", visit=visit.id, person=person)
    )
    for seat in visit.seats.values():
        is_due = seat.open and seat.decision is None and seat.role not in HANGING and seat.holder != person
        if is_due and refuse_own_request(run, place, seat, person) is None:
            run.emit(
                e.TaskTransferred(
                    visit=visit.id, seat=seat.id, person=person, former=seat.holder, reason=OVERDUE
                )
            )
    return None
