"""Telling people: copies to read, pressing whoever has a task; and correcting what is wrong in a case."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from shuli.apps.cases import execution, queries, rights
from shuli.apps.cases.models import Case, Task
from shuli.apps.cases.operations.incidents import checked
from shuli.apps.cases.operations.outcomes import Done, Outcome, outcome, told
from shuli.core.engine import Refused
from shuli.core.engine import commands as c

LONGEST_NOTE = 500


def send_copies(
    case_id: int, person: str, people: Iterable[str], text: str, node: str = ""
) -> Done | Refused:
    """Send people a copy to read (抄送): once a person and case; they may then see the case."""
    case = Case.objects.filter(pk=case_id).first()
    if case is None or not rights.may_see_case(person, case_id):
        return Refused(code="no_such_case")
    if not rights.may_copy(person, case):
        return Refused(code="may_not_copy")
    told_ones = tuple(name for name in people if name)
    command = c.Copy(actor=person, people=told_ones, node=node, text=text.strip()[:LONGEST_NOTE])
    return outcome(case_id, execution.execute(case_id, command))


def urge(task_id: int, person: str, text: str) -> Done | Refused:
    """Press whoever has a task (催办): by the starter, the process owner or the supervisor."""
    task = queries.task_row(task_id)
    if task is None or not rights.may_see_task(person, task):
        return Refused(code="no_such_task")
    if not rights.may_urge(person, Case.objects.get(pk=task.case_id)):
        return Refused(code="may_not_urge")
    command = c.Urge(actor=person, seat=task.seat, text=text.strip()[:LONGEST_NOTE])
    return told(task, person, execution.execute(task.case_id, command))


def urge_case(case_id: int, person: str, text: str) -> Done | Refused:
    """Press everybody who has a task of the case; refused where all were pressed a short while ago."""
    if not rights.may_see_case(person, case_id):
        return Refused(code="no_such_case")
    tasks = Task.objects.filter(case_id=case_id, state=Task.State.OPEN).order_by("pk")
    answers = [urge(task.pk, person, text) for task in tasks]
    pressed = [answer for answer in answers if isinstance(answer, Done)]
    return pressed[0] if pressed else answers[0] if answers else Refused(code="nothing_to_do")


def correct(case_id: int, person: str, raw: Mapping[str, Any], reason: str) -> Outcome:
    """Set values of a case that were wrong, by its process owner, with a reason."""
    refusal = rights.refuse_unless_owner(person, case_id)
    if refusal is not None:
        return refusal
    with transaction.atomic():
        values = checked(case_id, raw, person)
        if not isinstance(values, dict):
            return values
        command = c.Correct(actor=person, variables=values, reason=reason.strip())
        return outcome(case_id, execution.execute(case_id, command))
