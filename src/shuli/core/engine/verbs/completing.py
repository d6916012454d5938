"""Decide a seat: complete, approve, reject, abstain."""

from typing import Any

from msgspec.structs import replace

from shuli.core.bpmn.graph import Duty
from shuli.core.engine import commands as c
from shuli.core.engine import events as e
from shuli.core.engine.approvals.visits import judge
from shuli.core.engine.approvals.votes import BY_LEAD, decide_votes
from shuli.core.engine.expressions import Problem, plain
from shuli.core.engine.marking import OUTCOMES, Visit
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run
from shuli.core.engine.verbs.seats import (
    ADDED,
    is_barred,
    principal_of,
    refuse_actor,
    refuse_verb,
    refuse_while_waiting,
    take,
    visit_of_seat,
)
from shuli.core.engine.world import Refused


def complete(run: Run, command: c.Complete) -> Refused | None:
    """Decide a seat with its answers, and the visit if this seat decides it."""
    if command.seat in run.marking.opinions:
        return add_opinion(run, command)
    visit = visit_of_seat(run.marking, command.seat)
    if isinstance(visit, Refused):
        return visit
    seat = visit.seats[command.seat]
    place = run.plan.places[visit.node]
    refusal = refuse_actor(run, seat)
    if refusal is None and len(visit.seats) > 1:
        refusal = refuse_while_waiting(visit, seat)
    if refusal is None and not (place.is_undemanding and command.decision == "approve"):
        refusal = refuse_decision(run, place, visit, command)
    if refusal is not None:
        return refusal
    if run.actor == run.marking.starter and is_barred(run, place, seat):
        return Refused(code="own_request", params={"who": command.actor})
    if seat.holder is None:
        take(run, seat)
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
            on_behalf_of=seat.principal if run.actor == seat.holder else principal_of(run, seat),
        )
    )
    judge(run, run.marking.visits[visit.id], place, command.actor)
    return None


def add_opinion(run: Run, command: c.Complete) -> Refused | None:
    """Keep what somebody thinks of a visit that has been decided without them; it counts for nothing."""
    seat = run.marking.opinions[command.seat]
    refusal = refuse_actor(run, seat)
    if refusal is None:
        run.emit(
            e.SeatDecided(
                visit=seat.visit,
                seat=seat.id,
                person=command.actor,
                decision=command.decision,
                opinion=command.opinion,
                signed=command.signed,
                on_behalf_of=principal_of(run, seat),
            )
        )
    return refusal


def answers_of(command: c.Complete) -> dict[str, Any]:
    """Return the answers as JSON values; how nodes were decided is not for a form to say."""
    return {str(name): plain(value) for name, value in command.answers.items() if name != OUTCOMES}


def refuse_decision(run: Run, place: Place, visit: Visit, command: c.Complete) -> Refused | None:
    """Return what stands against this decision: a missing signature, contribution, document, or a hard gate."""
    duty, role = place.node.duty, visit.seats[command.seat].role
    if command.decision == "abstain" and duty.vote.kind in BY_LEAD and role not in ADDED:
        return Refused(code="abstain_not_allowed")
    if command.decision != "approve":
        refusal = refuse_verb(run, place, command.decision)
        if refusal is not None:
            return refusal
    if role in ("contribute", "before", "delegate"):
        return None
    if duty.decision and not command.signed:
        return Refused(code="signature_missing")
    if not would_pass(duty, visit, command):
        return None
    return (
        refuse_missing_contributions(duty, visit)
        or refuse_missing_outputs(duty, command)
        or refuse_guards(run, duty, visit, command)
    )


def would_pass(duty: Duty, visit: Visit, command: c.Complete) -> bool:
    decided = replace(visit.seats[command.seat], decision=command.decision)
    return decide_votes(duty.vote, {**visit.seats, decided.id: decided}.values()) == "pass"


def refuse_missing_contributions(duty: Duty, visit: Visit) -> Refused | None:
    """Name who has not contributed yet."""
    seats = visit.seats.values() if duty.vote.kind in BY_LEAD and duty.vote.blocks else ()
    missing = [seat for seat in seats if seat.role == "contribute" and seat.decision is None]
    if not missing:
        return None
    who = [seat.department or seat.holder or seat.key for seat in missing]
    return Refused(code="contributions_missing", params={"who": who, "seats": [seat.key for seat in missing]})


def refuse_missing_outputs(duty: Duty, command: c.Complete) -> Refused | None:
    wanted = [output.document for output in duty.outputs if output.mandatory]
    missing = [document for document in wanted if document not in command.documents]
    return Refused(code="outputs_missing", params={"documents": missing}) if missing else None


def refuse_guards(run: Run, duty: Duty, visit: Visit, command: c.Complete) -> Refused | None:
    """Return the first hard gate that is not open, with what the model says about it."""
    scope = run.marking.tokens[visit.token].scope
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
