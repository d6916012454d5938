"""The call activity: a case of another process runs; its end brings its variables back."""

from typing import Any

from shuli.core.bpmn.graph import Call
from shuli.core.engine import events as e
from shuli.core.engine.activities import complete
from shuli.core.engine.approvals.returns import return_from_call
from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.catching import throw_error
from shuli.core.engine.commands import ChildEnded
from shuli.core.engine.expressions import Problem, evaluate, plain
from shuli.core.engine.marking import OUTCOMES, Token
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run


def enter(run: Run, token: Token, place: Place) -> None:
    call = place.node.call
    if call is None:
        run.incident(token, Problem(code="no_handler", params={"call": place.id}))
        return
    variables = inputs_of(run, token, call)
    if isinstance(variables, Problem):
        run.incident(token, variables)
        return
    run.emit(
        e.ChildRequested(
            child=run.number(), token=token.id, node=place.id, process=call.process, variables=variables
        )
    )


def inputs_of(run: Run, token: Token, call: Call) -> dict[str, Any] | Problem:
    context = run.context(token.scope)
    given = {name: value for name, value in context.items() if name != OUTCOMES} if call.all_in else {}
    for rule in call.inputs:
        value = run.value(rule.value, token.scope)
        if isinstance(value, Problem):
            return value
        given[rule.name] = value
    return given


def child_ended(run: Run, token: Token, place: Place, command: ChildEnded) -> None:
    """Go on after the called case: approved or rejected with its variables, failed by an error event or an incident."""
    if command.status not in ("approved", "rejected"):
        run.emit(e.ChildClosed(child=command.child, status=command.status))
        if command.status == "returned" and return_from_call(run, token, command.to, command.reason):
            return
        if command.status != "failed" or not throw_error(run, token, None):
            params = {"process": place.node.call and place.node.call.process, "status": command.status}
            run.incident(token, Problem(code="called_case_ended", params=params))
        return
    run.emit(e.ChildClosed(child=command.child, status=command.status))
    verdict = "approve" if command.status == "approved" else "reject"
    outcomes = {**run.marking.variables.get(OUTCOMES, {}), place.id: verdict}
    run.emit(e.VariablesSet(values={OUTCOMES: outcomes}))
    outputs, problem = outputs_of(run, place, command)
    if outputs:
        run.set_variables(outputs, token.scope)
    if problem is None:
        complete(run, token, place)
    else:
        # A retry goes on from here, with corrected variables: the called case is not run twice.
        run.incident(token, problem, "leave")


def outputs_of(run: Run, place: Place, command: ChildEnded) -> tuple[dict[str, Any], Problem | None]:
    """Return what the called case brings back, and the problem with the first output that cannot be worked out."""
    call = place.node.call
    theirs = plain({name: value for name, value in command.variables.items() if name != OUTCOMES})
    taken = dict(theirs) if call is not None and call.all_out else {}
    for rule in call.outputs if call is not None else ():
        value = evaluate(rule.value, theirs, run.now)
        if isinstance(value, Problem):
            return taken, value
        taken[rule.name] = value
    return taken, None


CALL_ACTIVITY = Behaviour(enter=enter)
