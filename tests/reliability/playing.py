"""Cases brought to the step that a test is about."""

from shuli.apps.cases import operations
from shuli.apps.cases.models import Task
from shuli.apps.cases.verification import verify_state

APPROVE = operations.Verdict()


def started(key, person):
    outcome = operations.start_case(key, person, {"what": "race"})
    assert isinstance(outcome, operations.Done), outcome
    return outcome.case_id


def open_task(case_id, node):
    return Task.objects.get(case_id=case_id, node=node, state="open")


def worked_on(people, key="P-RACE", holder=None):
    """Start a case and bring it to the step that is fought for; return the task."""
    case_id = started(key, people["starter"])
    operations.complete(open_task(case_id, "prepare").pk, people["starter"], {}, APPROVE)
    task = open_task(case_id, "work")
    if holder:
        assert isinstance(operations.claim(task.pk, holder), operations.Done)
    return task


def intact(case_id):
    """Hold the case against its invariants, rows and events."""
    found = list(verify_state([case_id]))
    assert not found, found
