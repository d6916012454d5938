"""What is asked of a case about its plan."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django.utils import timezone

from shuli.apps.cases import answers, store
from shuli.apps.cases.models import Case, Task, Visit
from shuli.apps.cases.plan.facts import HandedIn, PlanTable, PlanTask, Progress, plan_table, row_key, tasks_of
from shuli.apps.catalogue import queries as catalogue
from shuli.core.bpmn.graph import Node
from shuli.core.engine.marking import Marking
from shuli.kit import clock


@lru_cache(maxsize=256)
def _plan_of_version(version_id: int) -> tuple[PlanTable, Node] | None:
    """Return the plan of a process and the part that is done once for each of its rows."""
    table = plan_table(catalogue.forms(version_id).values())
    if table is None:
        return None
    for node in catalogue.graph(version_id).nodes.values():
        if node.multiple is not None and node.multiple.item and table.key in (node.multiple.collection or ""):
            return table, node
    return None


def plan(case: Case, person: str) -> list[PlanTask]:
    """Return the tasks of a case's plan as far as the person may read it; none where its process has no plan."""
    found = _plan_of_version(case.version_id)
    if found is None:
        return []
    table, part = found
    rows = answers.readable(case, person).get(table.key)
    if not isinstance(rows, list) or not rows:
        return []
    today = timezone.localdate(clock.now())
    return tasks_of(table, rows, _progress(case, part), today)


def _progress(case: Case, part: Node) -> Progress:
    inner = [
        node.id for node in catalogue.graph(case.version_id).nodes.values() if node.scope == part.id
    ] or [part.id]
    is_running = case.status == Case.Status.RUNNING
    marking = store.decode_marking(case.marking, case.variables) if is_running else None
    open_rows = dict(_open_rows(marking, part)) if marking is not None else {}
    visits = Visit.objects.filter(case=case, number__in=open_rows, first_touched_at__isnull=False)
    drafts = Task.objects.filter(case=case, visit_number__in=open_rows, draft_saved_at__isnull=False)
    begun = {*visits.values_list("number", flat=True), *drafts.values_list("visit_number", flat=True)}
    return Progress(
        is_over=not is_running,
        is_begun=Visit.objects.filter(case=case, node__in=inner).exists(),
        waiting=frozenset(open_rows.values()),
        touched=frozenset(key for number, key in open_rows.items() if number in begun),
        handed_in=tuple(_handed_in(case, inner)),
    )


def _open_rows(marking: Marking, part: Node) -> Iterator[tuple[int, Any]]:
    """Yield for every open visit in the part its number and the key of its row."""
    item = part.multiple.item if part.multiple else None
    for visit in marking.visits.values():
        token = marking.tokens.get(visit.token)
        scope = marking.scopes.get(token.scope) if token is not None else None
        while scope is not None:
            row = scope.variables.get(item or "")
            if isinstance(row, dict):
                yield visit.id, row_key(row, scope.id)
                break
            scope = marking.scopes.get(scope.parent)


def _handed_in(case: Case, inner: list[str]) -> Iterator[HandedIn]:
    """Yield what was completed in the part."""
    done = Visit.objects.filter(case=case, node__in=inner, closed_at__isnull=False).exclude(person="")
    for visit in done:
        due = timezone.localdate(visit.due_at) if visit.due_at else None
        yield HandedIn(person=visit.person, due=due, on=timezone.localdate(visit.closed_at))
