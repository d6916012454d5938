"""Service tasks: work that a function, an HTTP call or a worker does, and what becomes of the answer."""

from typing import Any

from shuli.core.bpmn.graph import PLACEHOLDER, Assign, ServiceRule
from shuli.core.engine import events as e
from shuli.core.engine.activities import complete
from shuli.core.engine.catching import throw_error
from shuli.core.engine.expressions import Problem, plain
from shuli.core.engine.marking import OUTCOMES, ServiceCall, Token
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run
from shuli.core.engine.world import ServiceFailure

UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")  # RFC 3986, 2.3


def rule_of(place: Place) -> ServiceRule:
    """Return who does the work of a node; where the model says nothing, the function of the node's name."""
    return place.node.service or ServiceRule()


def enter(run: Run, token: Token, place: Place) -> None:
    """Run the function here and now, or ask for the work and wait."""
    rule = rule_of(place)
    if rule.kind == "function" and rule.when == "now":
        run_function(run, token, place, rule)
        return
    request = request_of(run, token, rule)
    if isinstance(request, Problem):
        run.incident(token, request)
        return
    note_irreversible(run, place, rule)
    run.emit(
        e.ServiceRequested(
            call=run.number(),
            token=token.id,
            node=place.id,
            kind=rule.kind,
            name=rule.name or place.id,
            request=request,
            timeout=rule.timeout,
            retries=rule.retries,
        )
    )


def run_function(run: Run, token: Token, place: Place, rule: ServiceRule) -> None:
    name = rule.name or place.id
    function = getattr(run.world, "services", {}).get(name)
    if function is None:
        run.incident(token, Problem(code="no_handler", params={"service": name}))
        return
    given = inputs_of(run, token, rule)
    if isinstance(given, Problem):
        run.incident(token, given)
        return
    result = function(given)
    if isinstance(result, ServiceFailure):
        stop(run, token, name, result.code, result.params)
        return
    note_irreversible(run, place, rule)
    take(run, token, place, dict(result or {}))


def note_irreversible(run: Run, place: Place, rule: ServiceRule) -> None:
    """Record that something outside has been set going that nobody can call back."""
    if rule.cannot_be_undone and not is_compensated(run, place):
        run.emit(e.MadeIrreversible(node=place.id))


def is_compensated(run: Run, place: Place) -> bool:
    """Say whether the model knows how to undo what the node does."""
    triggers = {run.plan.graph.nodes[name].event.trigger for name in place.node.boundaries}
    return "compensation" in triggers


# What is asked for --------------------------------------------------------------------------------------


def request_of(run: Run, token: Token, rule: ServiceRule) -> dict[str, Any] | Problem:
    return http_request(run, token, rule) if rule.kind == "http" else inputs_of(run, token, rule)


def inputs_of(run: Run, token: Token, rule: ServiceRule) -> dict[str, Any] | Problem:
    """Return the variables that whoever does the work gets."""
    if rule.inputs:
        return values_of(run, token, rule.inputs)
    return {name: value for name, value in run.context(token.scope).items() if name != OUTCOMES}


def http_request(run: Run, token: Token, rule: ServiceRule) -> dict[str, Any] | Problem:
    """Return a call over HTTP with everything worked out but its credential."""
    url = address_of(run, token, rule.url)
    headers = values_of(run, token, rule.headers)
    body = run.value(rule.body, token.scope) if rule.body else None
    for part in (url, headers, body):
        if isinstance(part, Problem):
            return part
    return {
        "method": rule.method,
        "url": url,
        "headers": headers,
        "body": body,
        "credential": rule.credential,
    }


def address_of(run: Run, token: Token, template: str) -> str | Problem:
    """Return the address with its placeholders filled; no value can add a slash, a host or a parameter."""
    pieces, last = [], 0
    for found in PLACEHOLDER.finditer(template):
        value = run.value(found[1], token.scope)
        if isinstance(value, Problem):
            return value
        pieces += [template[last : found.start()], encoded(value)]
        last = found.end()
    return "".join([*pieces, template[last:]])


def encoded(value: Any) -> str:
    """Return a value percent-encoded, as one piece of an address."""
    text = json_words(value) if value is None or isinstance(value, bool) else str(value)
    return "".join(chr(byte) if byte in UNRESERVED else f"%{byte:02X}" for byte in text.encode())


def json_words(value: bool | None) -> str:
    return "" if value is None else str(value).lower()


def values_of(run: Run, token: Token, rules: tuple[Assign, ...]) -> dict[str, Any] | Problem:
    values: dict[str, Any] = {}
    for rule in rules:
        value = run.value(rule.value, token.scope)
        if isinstance(value, Problem):
            return value
        values[rule.name] = value
    return values


# What comes back ----------------------------------------------------------------------------------------


def answer(run: Run, call: ServiceCall, variables: dict[str, Any]) -> None:
    """Take what came back and go on."""
    run.emit(e.ServiceClosed(call=call.id, status="answered"))
    token = run.marking.tokens[call.token]
    take(run, token, run.plan.places[token.node], variables)


def fail(run: Run, call: ServiceCall, code: str, params: dict[str, Any]) -> None:
    """Let an error event catch the failure, or stop until a person has mended it."""
    run.emit(e.ServiceClosed(call=call.id, status="failed", code=code))
    stop(run, run.marking.tokens[call.token], call.name, code, plain(params))


def stop(run: Run, token: Token, service: str, code: str, params: dict[str, Any]) -> None:
    if not throw_error(run, token, code):
        run.incident(
            token, Problem(code="service_failed", params={"service": service, "error": code, **params})
        )


def take(run: Run, token: Token, place: Place, variables: dict[str, Any]) -> None:
    """Set the variables that the node makes of an answer, and complete it."""
    given = {str(name): plain(value) for name, value in variables.items() if name != OUTCOMES}
    values, problem = outputs_of(run, token, place, given)
    if values:
        run.set_variables(values, token.scope)
    if problem is None:
        complete(run, token, place)
    else:
        # A retry goes on from here, with corrected variables: what was done outside is not done twice.
        run.incident(token, problem, "leave")


def outputs_of(
    run: Run, token: Token, place: Place, given: dict[str, Any]
) -> tuple[dict[str, Any], Problem | None]:
    """Return what the node makes of an answer, and the problem with the first part that cannot be worked out."""
    rule, result = rule_of(place), place.node.result
    taken: dict[str, Any] = {}
    for output in rule.outputs:
        value = run.value(output.value, token.scope, {**given, **taken})
        if isinstance(value, Problem):
            return taken, value
        taken[output.name] = value
    if rule.outputs:
        return taken, None
    if rule.kind == "http":
        return ({result: given.get("response", {}).get("body")} if result else {}), None
    return ({result: given.get(result, given)} if result else given), None
