"""What a token or a visit waits for: timers, messages, conditions. All of it dies with its owner."""

from datetime import datetime
from typing import Literal

from shuli.core.engine import events as e
from shuli.core.engine.expressions import Problem
from shuli.core.engine.marking import Subscription, Timer, Token
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run


def disarm(run: Run, token_id: int) -> None:
    """Cancel the timers and subscriptions that a token owns."""
    m = run.marking
    if m.timers:
        for timer in [timer for timer in m.timers.values() if timer.token == token_id]:
            run.emit(e.TimerCancelled(timer=timer.id))
    if m.subscriptions:
        for subscription in [one for one in m.subscriptions.values() if one.token == token_id]:
            run.emit(e.Unsubscribed(subscription=subscription.id))


def disarm_visit(run: Run, visit_id: int) -> None:
    """Cancel the timers that a visit owns."""
    for timer in [timer for timer in run.marking.timers.values() if timer.visit == visit_id]:
        run.emit(e.TimerCancelled(timer=timer.id))


def arm_all(run: Run, token: Token, places: tuple[Place, ...]) -> Problem | None:
    """Let the token wait for every one of these events, or for none when one of them cannot be set up."""
    found = []
    for place in places:
        event = place.arm(run, token, place) if place.arm else None
        if isinstance(event, Problem):
            return event
        if event is not None:
            found.append(event)
    for event in found:
        run.emit(event)
    return None


def timer_for(run: Run, token: Token, place: Place, at: datetime) -> e.TimerSet:
    """Return the event that lets the token wait at `place` until a moment."""
    kind: Literal["boundary", "event"] = "boundary" if place.is_side else "event"
    return e.TimerSet(timer=Timer(id=run.number(), kind=kind, due_at=at, node=place.id, token=token.id))


def message_for(run: Run, token: Token, place: Place) -> e.Subscribed | Problem:
    """Return the event that lets the token wait for the message that `place` names."""
    rule = place.node.event
    correlation = None
    if rule.correlation:
        key = run.value(rule.correlation, token.scope)
        if isinstance(key, Problem):
            return key
        correlation = None if key is None else str(key)
    return e.Subscribed(
        subscription=Subscription(
            id=run.number(),
            kind="message",
            name=rule.name or place.id,
            node=place.id,
            token=token.id,
            correlation=correlation,
        )
    )


def signal_for(run: Run, token: Token, place: Place) -> e.Subscribed:
    """Return the event that lets the token wait for the signal that `place` names, whoever throws it."""
    subscription = Subscription(
        id=run.number(), kind="signal", name=place.node.event.name or place.id, node=place.id, token=token.id
    )
    return e.Subscribed(subscription=subscription)


def condition_for(run: Run, token: Token, place: Place) -> e.Subscribed:
    """Return the event that lets the token wait until the condition of `place` is true."""
    run.variables_changed = True  # it may be true already, and then nothing else would have it looked at
    subscription = Subscription(
        id=run.number(),
        kind="conditional",
        name=place.node.event.condition or "",
        node=place.id,
        token=token.id,
    )
    return e.Subscribed(subscription=subscription)
