"""What people do in an ad-hoc sub-process: start an activity, say that all is done. Who may, the caller has asked."""

from shuli.core.engine import commands as c
from shuli.core.engine import events as e
from shuli.core.engine import instances
from shuli.core.engine.elements import ad_hoc_sub_process as ad_hoc
from shuli.core.engine.marking import Token
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run
from shuli.core.engine.world import Refused


def start_activity(run: Run, command: c.StartActivity) -> Refused | None:
    """Start an activity of an ad-hoc sub-process."""
    found = part(run, command.token)
    if isinstance(found, Refused):
        return found
    token, place = found
    possible = startable(run, token, place)
    if command.node not in possible:
        params = {"node": command.node, "possible": list(possible)}
        return Refused(code="activity_not_startable", params=params)
    run.emit(e.ActivityStarted(part=place.id, node=command.node, person=command.actor))
    ad_hoc.start_activity(run, token, place, command.node)
    return None


def finish_activities(run: Run, command: c.FinishActivities) -> Refused | None:
    """Say that an ad-hoc sub-process is complete, where the model has no condition that says it."""
    found = part(run, command.token)
    if isinstance(found, Refused):
        return found
    token, place = found
    rule = place.node.ad_hoc
    if rule is not None and rule.completion is not None:
        return Refused(code="condition_decides", params={"condition": rule.completion})
    if rule is not None and not rule.cancels_remaining and ad_hoc.running(run, token):
        return Refused(code="activities_running", params={"node": place.id})
    run.emit(e.PartFinished(part=place.id, person=command.actor))
    ad_hoc.finish(run, token, place)
    return None


def part(run: Run, number: int) -> tuple[Token, Place] | Refused:
    """Return the running ad-hoc sub-process at which a token stands."""
    token = run.marking.tokens.get(number)
    place = run.plan.places[token.node] if token is not None else None
    if token is None or place is None or place.node.ad_hoc is None:
        return Refused(code="no_such_part", params={"token": number})
    if place.repeats and not instances.is_instance(run, token):
        return Refused(code="no_such_part", params={"token": number})
    return token, place


def startable(run: Run, token: Token, place: Place) -> tuple[str, ...]:
    """Return the activities that may be started now: in a sequential one nothing while something runs."""
    rule = place.node.ad_hoc
    if rule is not None and rule.sequential and ad_hoc.running(run, token):
        return ()
    return () if ad_hoc.is_complete(run, token, place) is True else place.node.starts
