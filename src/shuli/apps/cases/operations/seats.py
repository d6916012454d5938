"""One command at the seat of a task that the person sees; the engine says whether it is theirs to do."""

from collections.abc import Callable

from shuli.apps.cases import execution, queries, rights
from shuli.apps.cases.operations.outcomes import Done, told
from shuli.core.engine import Refused
from shuli.core.engine import commands as c


def at_seat(task_id: int, person: str, command: Callable[[int], c.Command]) -> Done | Refused:
    """Carry out the command that is made for the task's seat."""
    task = queries.task_row(task_id)
    if task is None or not rights.may_see_task(person, task):
        return Refused(code="no_such_task")
    return told(task, person, execution.execute(task.case_id, command(task.seat)))
