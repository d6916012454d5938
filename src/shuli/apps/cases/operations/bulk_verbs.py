"""The verbs of bulk runs: what each does with one case, by the same operation as the button on the case's page."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from django.db.models import QuerySet

from shuli.apps.cases.models import Incident, Task
from shuli.apps.cases.operations.incidents import retry_incident
from shuli.apps.cases.operations.moving import migrate
from shuli.apps.cases.operations.outcomes import Done, Unfit
from shuli.apps.cases.operations.running import resume, suspend, terminate
from shuli.apps.cases.operations.tasks import transfer
from shuli.apps.cases.operations.telling import urge_case
from shuli.core.engine import Refused

Result = Done | Refused
OneCase = Callable[[int, str, Mapping[str, Any]], Result]


def _suspend(case_id: int, person: str, params: Mapping[str, Any]) -> Result:
    return suspend(case_id, person, params["reason"])


def _resume(case_id: int, person: str, _params: Mapping[str, Any]) -> Result:
    return resume(case_id, person)


def _terminate(case_id: int, person: str, params: Mapping[str, Any]) -> Result:
    return terminate(case_id, person, params["reason"])


def _transfer(case_id: int, person: str, params: Mapping[str, Any]) -> Result:
    """Hand every open task of the case over, or those of one holder."""
    tasks = tasks_to_transfer(params).filter(case_id=case_id)
    return _each(
        case_id, [partial(transfer, pk, person, params["to"], params["reason"]) for pk in keys(tasks)]
    )


def tasks_to_transfer(params: Mapping[str, Any]) -> QuerySet[Task]:
    tasks = Task.objects.filter(state=Task.State.OPEN).exclude(holder=params["to"])
    return tasks.filter(holder=params["from"]) if params.get("from") else tasks


def _retry(case_id: int, person: str, _params: Mapping[str, Any]) -> Result:
    """Try every open incident of the case again."""
    numbers = Incident.objects.filter(case_id=case_id, resolved_at=None).values_list("number", flat=True)
    return _each(case_id, [partial(retry_incident, case_id, n, person) for n in list(numbers)])


def keys(rows: QuerySet[Any]) -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _each(case_id: int, commands: Iterable[Callable[[], Any]]) -> Result:
    """Carry out all or none; a case with nothing to do says so."""
    found: Result = Refused(code="nothing_to_do")
    for command in commands:
        answer = command()
        if isinstance(answer, Unfit):
            return Refused(code="form_has_errors", params={"n": len(answer.validation.errors)})
        if isinstance(answer, Refused):
            return answer
        found = Done(case_id=case_id)
    return found


def note_of(params: Mapping[str, Any]) -> str:
    """Return what is said to whoever is pressed."""
    return str(params.get("text") or params.get("reason") or "")


def _urge(case_id: int, person: str, params: Mapping[str, Any]) -> Result:
    return urge_case(case_id, person, note_of(params))


def _migrate(case_id: int, person: str, params: Mapping[str, Any]) -> Result:
    return migrate(case_id, person, int(params["version"]), params.get("mapping") or {}, params["reason"])


VERBS: dict[str, OneCase] = {
    "suspend": _suspend,
    "resume": _resume,
    "terminate": _terminate,
    "transfer": _transfer,
    "retry": _retry,
    "urge": _urge,
    "migrate": _migrate,
    "undo_migration": _migrate,
}
NEEDS: dict[str, tuple[str, ...]] = {
    "suspend": ("reason",),
    "terminate": ("reason",),
    "transfer": ("to", "reason"),
    "migrate": ("version", "reason"),
    "undo_migration": ("version", "reason"),
}
