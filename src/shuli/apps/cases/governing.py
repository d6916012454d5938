"""What audits ask of cases: which were closed, what their records say, who may read them, and a case to put something right."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from shuli.apps.cases import completeness, execution, items, notices, queries, rights
from shuli.apps.cases.models import Access, Case, Event, Task, Visit
from shuli.apps.cases.world import CompanyWorld
from shuli.apps.catalogue import queries as catalogue
from shuli.core.engine import Refused
from shuli.core.engine import commands as c
from shuli.kit import clock

CLOSED = """
    SELECT id, number, process_key, starter_department FROM cases_case
     WHERE ended_at >= %s AND ended_at < %s AND process_key <> %s
"""
OF_VISITS = ("case_id", "number", "node", "department", "due_at", "closed_at", "outcome")
Closed = tuple[int, str, str, str]  # key, number, process, department in which it was started


def closed_between(first: datetime, end: datetime, without: str) -> list[Closed]:
    """Return the cases that ended within a time, but for one process."""
    with connection.cursor() as cursor:
        cursor.execute(CLOSED, [first, end, without])
        found: list[Closed] = cursor.fetchall()
    return found


@dataclass(kw_only=True)
class Facts:
    """What the records of a case say of how it was run."""

    timed: int = 0  # visits with a date
    late: list[tuple[str, str]] = field(default_factory=list)  # step and department
    due_documents: int = 0
    missing_documents: int = 0
    decisions: int = 0
    unsigned: list[tuple[str, str]] = field(default_factory=list)
    own: int = 0  # decisions that somebody took on their own request
    jumps: int = 0


def facts_of(case_ids: Iterable[int]) -> dict[int, Facts]:
    """Return what the records say of each of these cases."""
    rows = Case.objects.filter(pk__in=list(case_ids)).only("pk", "version_id", "starter")
    cases = {row.pk: row for row in rows}
    found = {pk: Facts() for pk in cases}
    visits = Visit.objects.filter(case_id__in=cases).exclude(closed_at=None).exclude(outcome="cancelled")
    tasks = _done_by_visit(cases)
    # Named rows instead of models: a sample has thousands of them.
    for visit in visits.order_by("case_id", "number").values_list(*OF_VISITS, named=True):
        _note_visit(
            found[visit.case_id], cases[visit.case_id], visit, tasks.get((visit.case_id, visit.number), [])
        )
    for pk, (due, there) in completeness.counts_of(cases).items():
        found[pk].due_documents, found[pk].missing_documents = due, due - there
    for pk in Event.objects.filter(case_id__in=cases, type="Jumped").values_list("case_id", flat=True):
        found[pk].jumps += 1
    return found


def _done_by_visit(cases: Iterable[int]) -> dict[tuple[int, int], list[Any]]:
    found: dict[tuple[int, int], list[Any]] = {}
    rows = Task.objects.filter(case_id__in=list(cases), state=Task.State.DONE)
    for task in rows.values_list("case_id", "visit_number", "signed", "done_by", named=True):
        found.setdefault((task.case_id, task.visit_number), []).append(task)
    return found


def _note_visit(facts: Facts, case: Case, visit: Any, tasks: list[Any]) -> None:
    place = (visit.node, visit.department)
    facts.timed += visit.due_at is not None
    if visit.due_at and visit.closed_at and visit.closed_at > visit.due_at:
        facts.late.append(place)
    node = catalogue.graph(case.version_id).nodes.get(visit.node)
    if node is None or not node.duty.decision or visit.outcome == "returned":
        return
    facts.decisions += 1
    if not any(task.signed for task in tasks):
        facts.unsigned.append(place)
    facts.own += any(task.signed and task.done_by == case.starter for task in tasks)


def let_read(case_ids: Iterable[int], post: str) -> None:
    """Let whoever has a post read these cases whole, to audit them."""
    rows = [Access(case_id=pk, subject=f"{rights.AUDIT}post:{post}") for pk in case_ids]
    Access.objects.bulk_create(rows, ignore_conflicts=True)


# The case in which an audit is made -----------------------------------------------------------------------


def variables_of(case_id: int) -> dict[str, Any]:
    found: dict[str, Any] = Case.objects.values_list("variables", flat=True).get(pk=case_id)
    return found


def tasks_about(case_id: int, person: str, name: str) -> dict[str, int]:
    """Return the open tasks of a case that a person may do, by the number of the case that each is about."""
    case = Case.objects.get(pk=case_id)
    tasks = Task.objects.filter(case=case, state=Task.State.OPEN)
    mine = [task for task in tasks if rights.may_act(person, task)]
    about = items.items_of(case, mine, name)
    return {str(item["number"]): pk for pk, item in about.items() if isinstance(item, Mapping)}


def task_at(case_id: int, visit: int, person: str) -> int | None:
    """Return the task of a visit that the person may do now."""
    tasks = Task.objects.filter(case_id=case_id, visit_number=visit, state=Task.State.OPEN)
    return next((task.pk for task in tasks if rights.may_act(person, task)), None)


def start(process: str, node: str, person: str, variables: Mapping[str, Any]) -> int | Refused:
    """Start a case of a process at one of its start events; return its key."""
    command = c.Start(actor=person, start=node, variables=dict(variables))
    case_id, answer = execution.start(process, command)
    return answer if isinstance(answer, Refused) else case_id


def tell(code: str, people: Iterable[str], params: Mapping[str, Any]) -> None:
    """Tell people something that is of no single case of theirs; `link` leads to its page."""
    wanted = tuple(dict.fromkeys(people))
    notice = notices.Notice(code=code, people=wanted, params=dict(params))
    notices.tell(None, notice, wanted, CompanyWorld(now=clock.local_now()))


def numbers_of(case_ids: Iterable[int]) -> dict[int, str]:
    return dict(Case.objects.filter(pk__in=list(case_ids)).values_list("pk", "number"))


def processes_of(case_ids: Iterable[int]) -> dict[int, str]:
    return dict(Case.objects.filter(pk__in=list(case_ids)).values_list("pk", "process_key"))


def may_see(person: str, case_ids: Iterable[int]) -> set[int]:
    return set(rights.visible_cases(person).filter(pk__in=list(case_ids)).values_list("pk", flat=True))


def owners_of(case_id: int) -> list[str]:
    return queries.owners(Case.objects.get(pk=case_id))
