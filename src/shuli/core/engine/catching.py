"""Errors and escalations: thrown at a token, caught by the nearest event around it that names them."""

from shuli.core.engine import instances
from shuli.core.engine.activities import trip
from shuli.core.engine.events import EscalationThrown
from shuli.core.engine.marking import ROOT, Token
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run


def throw_error(run: Run, token: Token, name: str | None) -> bool:
    """Let the nearest event around the token that catches the error happen; return whether there is one."""
    found = outward(run, token, "error", name)
    if found is not None:
        trip(run, *found)
    return found is not None


def throw_escalation(run: Run, token: Token, place: Place) -> bool:
    """Report outward, which harms nothing where nobody listens; return whether the token is still there."""
    name = place.node.event.name
    found = outward(run, token, "escalation", name)
    caught = "" if found is None else found[1].id
    run.emit(EscalationThrown(name=name or "", node=place.id, caught=caught))
    if found is not None:
        trip(run, *found)
    return token.id in run.marking.tokens


def outward(run: Run, token: Token, trigger: str, name: str | None) -> tuple[Token, Place] | None:
    """Return the nearest event around a token that catches this, and the token at whose activity it waits."""
    current = token
    while True:
        place = run.plan.places[current.node]
        if not (place.repeats and instances.is_instance(run, current)):
            found = matching(place.boundaries, trigger, name)
            if found is not None:
                return current, found
        # What fails while an event is being dealt with is not for another event sub-process of the same scope.
        if place.node.kind != "event_sub_process":
            found = matching(handlers_around(run, current), trigger, name)
            if found is not None:
                return current, found
        if current.scope == ROOT:
            return None
        current = run.marking.tokens[run.marking.scopes[current.scope].token]


def handlers_around(run: Run, token: Token) -> tuple[Place, ...]:
    """Return the starts of the event sub-processes beside a token to which something can be thrown."""
    if token.scope == ROOT:
        return run.plan.handlers
    scope = run.marking.scopes[token.scope]
    place = run.plan.places[scope.node]
    # Of an activity with instances, only the scope inside an instance is the sub-process itself.
    if place.repeats and not instances.is_instance(run, run.marking.tokens[scope.token]):
        return ()
    return place.handlers


def matching(events: tuple[Place, ...], trigger: str, name: str | None) -> Place | None:
    """Return the event that catches this by its name, else the one that catches all of its kind."""
    catching = [one for one in events if one.node.event.trigger == trigger]
    named = [one for one in catching if one.node.event.name and one.node.event.name == name]
    return next(iter(named or [one for one in catching if not one.node.event.name]), None)
