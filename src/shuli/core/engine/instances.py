"""Multi-instance and standard loop: the activity's own token waits while instances of it run inside.

A body scope counts the instances. Beside it each instance of many has a scope of its own, with its item and counter, so
that instances do not overwrite one another's variables; a loop has only the body, and writes to the case.
"""

from typing import Any

from shuli.core.bpmn.graph import Multiple, StandardLoop
from shuli.core.engine import events as e
from shuli.core.engine.cancelling import close_scopes
from shuli.core.engine.expressions import Problem
from shuli.core.engine.marking import Region, Scope, Token
from shuli.core.engine.plan import Place
from shuli.core.engine.run import COUNTER, Run
from shuli.core.engine.tokens import MOST_TOKENS, create, leave, remember
from shuli.core.engine.undoing import hand_up

ITEMS = "_items"  # of a sequential body: what is still to be done stands in the scope, for a restart
RESULTS = "_results"


def is_instance(run: Run, token: Token) -> bool:
    """Say whether the token is one instance inside the activity, and not the activity's own token."""
    scope = run.marking.scopes.get(token.scope)
    return scope is not None and scope.node == token.node


def start(run: Run, token: Token, place: Place) -> None:
    """Open the body and its first instances, or pass where there is nothing to do."""
    if place.node.multiple is None:
        start_loop(run, token, place)
        return
    items = items_of(run, token, place.node.multiple)
    if isinstance(items, Problem):
        run.incident(token, items)
    elif not items:
        conclude(run, token, place, [])
    elif len(run.marking.tokens) + len(items) > MOST_TOKENS:
        run.incident(token, Problem(code="too_many_tokens", params={"limit": MOST_TOKENS}))
    else:
        open_body(run, token, place, items)


def done(run: Run, token: Token, place: Place) -> None:
    """Count a finished instance and see whether more follow."""
    if place.node.multiple is None:
        loop_done(run, token, place)
    else:
        instance_done(run, token, place, place.node.multiple)


def proceed(run: Run, token: Token, place: Place) -> None:
    """Go on after an instance, with the activity's own token."""
    body = body_of(run, token)
    if place.node.multiple is not None:
        proceed_instances(run, token, place, place.node.multiple, body)
    elif place.node.loop is not None:
        proceed_loop(run, token, place, place.node.loop, body)


def body_of(run: Run, token: Token) -> Scope:
    return next(
        scope
        for scope in run.marking.scopes.values()
        if scope.token == token.id and scope.node == token.node and scope.parent == token.scope
    )


# Multi-instance -----------------------------------------------------------------------------------------


def items_of(run: Run, token: Token, rule: Multiple) -> list[Any] | Problem:
    """Return one item for each instance; a cardinality gives 1, 2, 3, …"""
    source = rule.collection or rule.cardinality or "null"
    found = run.value(source, token.scope)
    if isinstance(found, Problem):
        return found
    if rule.collection and isinstance(found, list) and len(found) <= MOST_TOKENS:
        return found
    is_number = isinstance(found, int) and not isinstance(found, bool)
    if not rule.collection and is_number and 0 <= found <= MOST_TOKENS:
        return list(range(1, found + 1))
    expected = "a list" if rule.collection else "a whole number"
    params = {
        "expression": source,
        "problem": f"Expected {expected} of at most {MOST_TOKENS} but found {str(found)[:80]}",
        "error": "wrong_type",
        "position": 0,
        "values": {},
    }
    return Problem(code="expression_error", params=params)


def open_body(run: Run, token: Token, place: Place, items: list[Any]) -> None:
    rule = place.node.multiple
    sequential = rule is not None and rule.sequential
    body = run.number()
    variables: dict[str, Any] = {RESULTS: [None] * len(items)}
    if sequential:
        variables[ITEMS] = items
    run.emit(
        e.ScopeOpened(
            scope=body,
            node=place.id,
            parent=token.scope,
            token=token.id,
            variables=variables,
            planned=len(items),
        )
    )
    for index, item in enumerate(items[:1] if sequential else items):
        open_instance(run, token, place, (body, index, item))


def open_instance(run: Run, token: Token, place: Place, which: tuple[int, int, Any]) -> None:
    body, index, item = which
    scope = run.number()
    variables = {COUNTER: index + 1}
    rule = place.node.multiple
    if rule is not None and rule.item:
        variables[rule.item] = item
    run.emit(e.ScopeOpened(scope=scope, node=place.id, parent=body, token=token.id, variables=variables))
    path = (*token.path, Region(place.id, scope))
    create(run, place.id, scope=scope, trail=run.marking.tokens[token.id].trail, path=path)


def instance_done(run: Run, token: Token, place: Place, rule: Multiple) -> None:
    scope = run.marking.scopes[token.scope]
    body = run.marking.scopes[scope.parent]
    outer = run.marking.tokens[scope.token]
    if rule.output_item:
        result = run.value(rule.output_item, scope.id)
        if isinstance(result, Problem):
            run.incident(token, result, "leave")
            return
        results = list(body.variables[RESULTS])
        results[scope.variables[COUNTER] - 1] = result
        run.emit(e.VariablesSet(values={RESULTS: results}, scope=body.id))
    elif not rule.output_collection:
        keep_answers(run, scope, rule, body.parent)
    remember(run, outer, token)
    run.emit(e.TokenConsumed(token=token.id))
    if run.marking.undoable:
        hand_up(run, scope.id, body.parent)
    run.emit(e.ScopeClosed(scope=scope.id))
    run.emit(e.InstanceFinished(scope=body.id))
    proceed(run, run.marking.tokens[outer.id], place)


def keep_answers(run: Run, scope: Scope, rule: Multiple, outside: int) -> None:
    """Hand what an instance wrote to the outside, where the model does not say what to collect."""
    mine = {COUNTER, rule.item}
    answers = {name: value for name, value in scope.variables.items() if name not in mine}
    if answers:
        run.set_variables(answers, outside)


def proceed_instances(run: Run, token: Token, place: Place, rule: Multiple, body: Scope) -> None:
    active = sum(scope.parent == body.id for scope in run.marking.scopes.values())
    enough: bool | Problem = body.finished >= body.planned
    if not enough and rule.completion:
        enough = run.holds(rule.completion, token.scope, counts(body, active))
    if isinstance(enough, Problem):
        run.incident(token, enough, "proceed")
    elif enough:
        results = body.variables[RESULTS]
        close_scopes(run, token.id, "enough instances have finished")
        conclude(run, run.marking.tokens[token.id], place, results)
    elif rule.sequential and not active:
        index = body.finished
        open_instance(run, token, place, (body.id, index, body.variables[ITEMS][index]))


def counts(body: Scope, active: int) -> dict[str, int]:
    """Return BPMN's own names for how far a multi-instance activity has come."""
    return {
        "numberOfInstances": body.planned,
        "numberOfActiveInstances": active,
        "numberOfCompletedInstances": body.finished,
        "numberOfTerminatedInstances": 0,
    }


def conclude(run: Run, token: Token, place: Place, results: list[Any]) -> None:
    rule = place.node.multiple
    if rule is not None and rule.output_collection:
        run.set_variables({rule.output_collection: results}, token.scope)
    leave(run, token, place)


# Standard loop ------------------------------------------------------------------------------------------


def start_loop(run: Run, token: Token, place: Place) -> None:
    rule = place.node.loop
    if rule is not None and rule.test_before and rule.condition:
        again = run.holds(rule.condition, token.scope, {COUNTER: 0})
        if isinstance(again, Problem):
            run.incident(token, again)
            return
        if not again:
            leave(run, token, place)
            return
    body = run.number()
    run.emit(
        e.ScopeOpened(scope=body, node=place.id, parent=token.scope, token=token.id, variables={COUNTER: 1})
    )
    open_round(run, token, place, body)


def open_round(run: Run, token: Token, place: Place, body: int) -> None:
    path = (*token.path, Region(place.id, body))
    create(run, place.id, scope=body, trail=token.trail, path=path)


def loop_done(run: Run, token: Token, place: Place) -> None:
    body = run.marking.scopes[token.scope]
    outer = run.marking.tokens[body.token]
    remember(run, outer, token)
    run.emit(e.TokenConsumed(token=token.id))
    run.emit(e.InstanceFinished(scope=body.id))
    proceed(run, run.marking.tokens[outer.id], place)


def proceed_loop(run: Run, token: Token, place: Place, rule: StandardLoop, body: Scope) -> None:
    again: bool | Problem = rule.maximum is None or body.finished < rule.maximum
    if again and rule.condition:
        again = run.holds(rule.condition, body.id)
    if isinstance(again, Problem):
        run.incident(token, again, "proceed")
    elif again:
        run.emit(e.VariablesSet(values={COUNTER: body.finished + 1}, scope=body.id))
        open_round(run, token, place, body.id)
    else:
        if run.marking.undoable:
            hand_up(run, body.id, body.parent)
        run.emit(e.ScopeClosed(scope=body.id))
        leave(run, run.marking.tokens[token.id], place)
