"""What people do in an ad-hoc sub-process: start an activity, say that all is done."""

from shuli.apps.cases import execution, parts
from shuli.apps.cases.operations.outcomes import Done, outcome
from shuli.core.engine import Refused
from shuli.core.engine import commands as c


def start_activity(case_id: int, person: str, token: int, node: str) -> Done | Refused:
    """Start an activity of an ad-hoc sub-process, by whoever leads it."""
    return _led(case_id, person, token, c.StartActivity(actor=person, token=token, node=node))


def finish_activities(case_id: int, person: str, token: int) -> Done | Refused:
    """Say that an ad-hoc sub-process is complete, by whoever leads it."""
    return _led(case_id, person, token, c.FinishActivities(actor=person, token=token))


def _led(case_id: int, person: str, token: int, command: c.Command) -> Done | Refused:
    refusal = parts.refuse_unless_leading(person, case_id, token)
    return refusal or outcome(case_id, execution.execute(case_id, command))
