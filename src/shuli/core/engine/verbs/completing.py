"""Decide a seat: complete, approve, reject, abstain."""

from typing import Any

from msgspec.structs import replace

from shuli.core.bpmn.graph import Duty
from shuli.core.engine import commands as c
from shuli.core.engine import events as e
from shuli.core.engine.applying import OUTCOMES
from shuli.core.engine.approvals.seats import BY_LEAD
from shuli.core.engine.approvals.visits import judge
from shuli.core.engine.approvals.votes import decide_votes
from shuli.core.engine.expressions import Problem, plain
from shuli.core.engine.run import Run
from shuli.core.engine.verbs.seats import Found, open_seat, refuse_actor, take
from shuli.core.engine.world import Refused


def complete(run: Run, command: c.Complete) -> Refused | None:
    """Decide a seat with its answers, and the visit if this seat decides it."""
    found = open_seat(run.marking, command.seat)
    if isinstance(found, Refused):
        return found
    refusal = refuse_actor(run, found.seat) or refuse_decision(run, found, command)
    if refusal is not None:
        return refusal
    visit, seat = found.visit, found.seat
    take(run, found)
    if command.answers:
        run.set_variables(answers_of(command), run.marking.tokens[visit.token].scope)
    run.emit(
        e.SeatDecided(
            visit=visit.id,
            seat=seat.id,
            person=command.actor,
            decision=command.decision,
            opinion=command.opinion,
            signed=command.signed,
        )
    )
    judge(run, visit.id, command.actor)
    return None


def answers_of(command: c.Complete) -> dict[str, Any]:
    """Return the answers as JSON values; how nodes were decided is not for a form to say."""
    return {str(name): plain(value) for name, value in command.answers.items() if name != OUTCOMES}


def refuse_decision(run: Run, found: Found, command: c.Complete) -> Refused | None:
    """Return what stands against this decision: a missing signature, contribution, document, or a hard gate."""
    duty = found.duty(run)
    if command.decision == "abstain" and (duty.vote.kind in BY_LEAD):
        return Refused(code="abstain_not_allowed")
    if found.seat.role == "contribute":
        return None
    if duty.decision and not command.signed:
        return Refused(code="signature_missing")
    if duty.seats and duty.vote.blocks and duty.vote.kind in BY_LEAD:
        refusal = refuse_missing_contributions(found, command)
        if refusal is not None:
            return refusal
    if (duty.outputs or duty.guards) and would_pass(duty, found, command):
        return refuse_missing_outputs(duty, command) or refuse_guards(run, duty, found, command)
    return None


def would_pass(duty: Duty, found: Found, command: c.Complete) -> bool:
    decided = replace(found.seat, decision=command.decision)
    seats = [decided if seat.id == decided.id else seat for seat in found.visit.seats.values()]
    return decide_votes(duty.vote, seats) == "pass"


def refuse_missing_contributions(found: Found, command: c.Complete) -> Refused | None:
    """Name who has not contributed yet; a rejection does not wait for them."""
    if command.decision == "reject":
        return None
    missing = [
        seat for seat in found.visit.seats.values() if seat.role == "contribute" and seat.decision is None
    ]
    if not missing:
        return None
    who = [seat.department or seat.holder or seat.key for seat in missing]
    return Refused(code="contributions_missing", params={"who": who, "seats": [seat.key for seat in missing]})


def refuse_missing_outputs(duty: Duty, command: c.Complete) -> Refused | None:
    wanted = [output.document for output in duty.outputs if output.mandatory]
    missing = [document for document in wanted if document not in command.documents]
    return Refused(code="outputs_missing", params={"documents": missing}) if missing else None


def refuse_guards(run: Run, duty: Duty, found: Found, command: c.Complete) -> Refused | None:
    """Return the first hard gate that is not open, with what the model says about it."""
    scope = run.marking.tokens[found.visit.token].scope
    for index, guard in enumerate(duty.guards):
        holds = run.holds(guard.condition, scope, answers_of(command))
        if holds is not True:
            params = {
                "index": index,
                "message": {"zh": guard.message.zh, "en": guard.message.en},
                "field": guard.field,
                "expression": guard.condition,
            }
            if isinstance(holds, Problem):
                params["problem"] = holds.params.get("problem")
            return Refused(code="guard_failed", params=params)
    return None
