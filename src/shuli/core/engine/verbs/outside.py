"""What comes from outside of a case: messages, answers of services, the ends of called cases."""

from collections.abc import Callable, Mapping
from typing import Any

from shuli.core.engine import commands as c
from shuli.core.engine.elements.call_activity import child_ended
from shuli.core.engine.happenings import happen
from shuli.core.engine.marking import ServiceCall
from shuli.core.engine.run import Run
from shuli.core.engine.services import answer, fail
from shuli.core.engine.world import Refused


def deliver(run: Run, command: c.Deliver) -> Refused | None:
    """Bring a message to the token that waits for it."""
    subscription = run.marking.subscriptions.get(command.subscription)
    if subscription is None or subscription.kind == "conditional":
        return Refused(code="no_such_subscription", params={"subscription": command.subscription})
    place = run.plan.places[subscription.node]
    happen(run, run.marking.tokens[subscription.token], place, command.data)
    return None


def answer_service(run: Run, command: c.ServiceAnswered) -> Refused | None:
    """Go on where the work of a service task was waited for."""
    call = run.marking.service_calls.get(command.call)
    if call is None:
        return no_such_call(command.call)
    answer(run, call, command.variables)
    return None


def fail_service(run: Run, command: c.ServiceFailed) -> Refused | None:
    """Let an error event catch what failed outside, or stop there until a person has mended it."""
    call: ServiceCall | None = run.marking.service_calls.get(command.call)
    if call is None:
        return no_such_call(command.call)
    fail(run, call, command.code, command.params)
    return None


def no_such_call(number: int) -> Refused:
    return Refused(code="no_such_service_call", params={"call": number})


def end_child(run: Run, command: c.ChildEnded) -> Refused | None:
    """Go on where a called case was waited for."""
    child = run.marking.children.get(command.child)
    if child is None:
        return Refused(code="no_such_child", params={"child": command.child})
    token = run.marking.tokens[child.token]
    child_ended(run, token, run.plan.places[token.node], command)
    return None


# In the order in which nothing depends on it: a suspended case keeps these until it is resumed.
FROM_OUTSIDE: Mapping[type[c.Command], Callable[[Run, Any], Refused | None]] = {
    c.Deliver: deliver,
    c.ServiceAnswered: answer_service,
    c.ServiceFailed: fail_service,
    c.ChildEnded: end_child,
}
