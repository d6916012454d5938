"""Sending work back: to an earlier node of the case, or out of a called case to one of the case that called it."""

from typing import Literal

from django.db import transaction

from shuli.apps.cases import execution, queries, rights, store
from shuli.apps.cases.models import Task
from shuli.apps.cases.operations.outcomes import Done, told
from shuli.core.engine import Refused
from shuli.core.engine import commands as c

Resubmit = Literal["walk", "straight"]


def return_task(
    task_id: int, person: str, to: str, reason: str, resubmit: Resubmit = "walk"
) -> Done | Refused:
    """Send the work back to an earlier node, with a reason; "straight" brings it back to whoever sent it."""
    task = _returnable(task_id, person, reason)
    if isinstance(task, Refused):
        return task
    command = c.Return(actor=person, seat=task.seat, to=to, reason=reason.strip(), resubmit=resubmit)
    return told(task, person, execution.execute(task.case_id, command))


def return_out(task_id: int, person: str, to: str, reason: str) -> Done | Refused:
    """End a called case as returned; the case that called it goes on from an earlier node of its own."""
    task = _returnable(task_id, person, reason)
    if isinstance(task, Refused):
        return task
    with transaction.atomic():
        store.lock_root(task.case_id)
        refusal = _refuse_target(task, to)
        if refusal is not None:
            return refusal
        command = c.Return(actor=person, seat=task.seat, to=to, reason=reason.strip(), out=True)
        return told(task, person, execution.execute(task.case_id, command))


def _returnable(task_id: int, person: str, reason: str) -> Task | Refused:
    task = queries.task_row(task_id)
    if task is None or not rights.may_see_task(person, task):
        return Refused(code="no_such_task")
    return task if reason.strip() else Refused(code="reason_missing")


def _refuse_target(task: Task, to: str) -> Refused | None:
    """Return why the calling case cannot go on there: it must not be left standing where it called."""
    steps = queries.steps_of_caller(task.case)
    if steps is None:
        return Refused(code="not_called")
    possible = [step.node for step in steps]
    if to in possible:
        return None
    return Refused(code="return_not_allowed", params={"to": to, "possible": possible})
