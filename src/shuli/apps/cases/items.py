"""What is a step's own where it is done once for each item: which case of a sample a task is about."""

from collections.abc import Iterable
from typing import Any

from shuli.apps.cases import store
from shuli.apps.cases.models import Case, Task
from shuli.core.engine.marking import Marking


def variables_at(case: Case, visit: int) -> dict[str, Any]:
    """Return the variables that only the place of an open visit knows; the innermost counts."""
    if not case.marking.get("scopes"):
        return {}
    return _own(store.decode_marking(case.marking, {}), visit)


def items_of(case: Case, tasks: Iterable[Task], name: str) -> dict[int, Any]:
    """Return the item that each open task of a case is about, by the task's key."""
    if not case.marking.get("scopes"):
        return {}
    marking = store.decode_marking(case.marking, {})
    return {task.pk: _own(marking, task.visit_number).get(name) for task in tasks}


def _own(marking: Marking, number: int) -> dict[str, Any]:
    visit = marking.visits.get(number)
    token = marking.tokens.get(visit.token) if visit else None
    found: dict[str, Any] = {}
    scope = marking.scopes.get(token.scope) if token else None
    while scope is not None:
        found = {**scope.variables, **found}
        scope = marking.scopes.get(scope.parent)
    return found
