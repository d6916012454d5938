"""One verb on many cases: begun at once, carried out by a job, each case in its own transaction.

What became of a case is written in the transaction that did it, so that a run whose worker died is taken up where it
stood: nothing is done twice, nothing is left out. The rights are those of whoever began it, asked at each case anew.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from shuli.apps.cases import rights
from shuli.apps.cases.models import BulkItem, BulkRun, Case, Incident, Task
from shuli.apps.cases.operations.incidents import retry_incident
from shuli.apps.cases.operations.moving import migrate
from shuli.apps.cases.operations.outcomes import Begun, Done, Unfit
from shuli.apps.cases.operations.running import resume, suspend, terminate
from shuli.apps.cases.operations.tasks import transfer
from shuli.apps.cases.operations.telling import urge_case
from shuli.core.engine import Refused
from shuli.kit import clock, jobs
from shuli.kit.failpoints import failpoint

log = logging.getLogger(__name__)

MOST_CASES = 10_000  # of one run
CHUNK = 25  # cases that one job does before it asks for the next, so that others get their turn
CARRY_OUT = "shuli.apps.cases.jobs.carry_out_bulk"

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
    tasks = Task.objects.filter(case_id=case_id, state=Task.State.OPEN).exclude(holder=params["to"])
    if params.get("from"):
        tasks = tasks.filter(holder=params["from"])
    return _each(
        case_id, [partial(transfer, pk, person, params["to"], params["reason"]) for pk in _keys(tasks)]
    )


def _retry(case_id: int, person: str, _params: Mapping[str, Any]) -> Result:
    """Try every open incident of the case again."""
    numbers = Incident.objects.filter(case_id=case_id, resolved_at=None).values_list("number", flat=True)
    return _each(case_id, [partial(retry_incident, case_id, n, person) for n in list(numbers)])


def _keys(rows: QuerySet[Any]) -> list[int]:
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


def _urge(case_id: int, person: str, params: Mapping[str, Any]) -> Result:
    return urge_case(case_id, person, params.get("text") or params.get("reason") or "")


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


# Beginning and stopping ---------------------------------------------------------------------------------


def begin(person: str, verb: str, case_ids: Iterable[int], params: Mapping[str, Any]) -> Begun | Refused:
    """Ask for a verb on cases that the person sees; a job does it, and a page shows how far it is."""
    kept = {key: value.strip() if isinstance(value, str) else value for key, value in params.items()}
    refusal = _refuse(verb, kept)
    if refusal is not None:
        return refusal
    wanted = list(dict.fromkeys(case_ids))
    visible = rights.visible_cases(person).filter(pk__in=wanted[: MOST_CASES + 1])
    seen = list(visible.order_by("pk").values_list("pk", flat=True))
    if not seen:
        return Refused(code="no_cases_chosen")
    if len(seen) > MOST_CASES:
        return Refused(code="too_many_cases", params={"limit": MOST_CASES})
    return start_run(person, verb, [(pk, {}) for pk in seen], kept)


def start_run(
    person: str,
    verb: str,
    items: Iterable[tuple[int, dict[str, Any]]],
    params: Mapping[str, Any],
    undoes: BulkRun | None = None,
) -> Begun:
    """Write the run with its cases and ask for the job, in one transaction."""
    with transaction.atomic():
        run = BulkRun.objects.create(
            person=person, verb=verb, params=dict(params), undoes=undoes, at=clock.now()
        )
        BulkItem.objects.bulk_create(
            (BulkItem(run=run, case_id=pk, params=given) for pk, given in items), batch_size=1000
        )
        jobs.later(CARRY_OUT, run=run.pk)
    return Begun(run_id=run.pk)


def _refuse(verb: str, params: Mapping[str, Any]) -> Refused | None:
    if verb not in VERBS:
        return Refused(code="no_such_verb", params={"verb": verb})
    missing = [name for name in NEEDS.get(verb, ()) if not params.get(name)]
    if not missing:
        return None
    return Refused(code="reason_missing" if missing == ["reason"] else "choice_missing")


def undo(run_id: int, person: str) -> Begun | Refused:
    """Move the cases of a migration back that it moved, as a run of its own."""
    run = BulkRun.objects.filter(pk=run_id, person=person, verb="migrate").first()
    if run is None:
        return Refused(code="no_such_run")
    if run.state == BulkRun.State.RUNNING or run.undone_by.exists():
        return Refused(code="run_has_ended" if run.undone_by.exists() else "run_goes_on")
    mapping = {to: node for node, to in (run.params.get("mapping") or {}).items()}
    params = {"version": run.params["from_version"], "mapping": mapping, "reason": run.params["reason"]}
    moved: list[tuple[int, dict[str, Any]]] = [
        (item.case_id, {}) for item in run.items.filter(state=BulkItem.State.DONE)
    ]
    return start_run(person, "undo_migration", moved, params, run) if moved else Refused(code="nothing_to_do")


def stop(run_id: int, person: str) -> Done | Refused:
    """End a run of one's own: what is done stays done, the rest is left as it is."""
    stopped = BulkRun.objects.filter(pk=run_id, person=person, state=BulkRun.State.RUNNING).update(
        state=BulkRun.State.STOPPED, ended_at=clock.now()
    )
    return Done(case_id=0) if stopped else Refused(code="run_has_ended")


# Carrying out -------------------------------------------------------------------------------------------


def carry_on(run_id: int) -> bool:
    """Do the next cases of a run; return whether more are waiting."""
    return all(_next(run_id) for _turn in range(CHUNK))


def _next(run_id: int) -> bool:
    """Do one case; False where the run has ended. Two workers take different cases."""
    with transaction.atomic():
        run = BulkRun.objects.filter(pk=run_id, state=BulkRun.State.RUNNING).first()
        if run is None:
            return False
        waiting = BulkItem.objects.filter(run=run, state=BulkItem.State.WAITING)
        item = waiting.select_for_update(skip_locked=True).order_by("pk").first()
        if item is None:
            _close(run)
            return False
        failpoint("bulk.taken")
        _do(run, item)
        failpoint("bulk.done")
        return True


def _close(run: BulkRun) -> None:
    if not run.items.filter(state=BulkItem.State.WAITING).exists():
        run.state, run.ended_at = BulkRun.State.DONE, clock.now()
        run.save(update_fields=["state", "ended_at"])


def _do(run: BulkRun, item: BulkItem) -> None:
    """Carry the verb out on the item's case and write what came of it; a refusal or failure undoes that case alone."""
    try:
        with transaction.atomic():
            answer = VERBS[run.verb](item.case_id, run.person, {**run.params, **item.params})
            if isinstance(answer, Refused):
                transaction.set_rollback(True)
    except Exception:
        log.exception("bulk case failed", extra={"run": run.pk, "case": item.case_id})
        item.state = BulkItem.State.FAILED
    else:
        is_refused = isinstance(answer, Refused)
        item.state = BulkItem.State.REFUSED if is_refused else BulkItem.State.DONE
        if isinstance(answer, Refused):
            item.code = answer.code
            item.params = {**item.params, "refusal": _plain(answer.params)}
    item.at = clock.now()
    item.save(update_fields=["state", "code", "params", "at"])


def _plain(params: Mapping[str, Any]) -> dict[str, Any]:
    """Return a refusal's parameters as JSON; moments as ISO text."""
    return {key: value.isoformat() if isinstance(value, datetime) else value for key, value in params.items()}


def chosen(person: str, numbers: Iterable[str]) -> list[int]:
    """Return the visible cases of these numbers."""
    return _keys(rights.visible_cases(person).filter(number__in=list(numbers)[: MOST_CASES + 1]))


def fitting(cases: QuerySet[Case]) -> list[int]:
    """Return the cases of a filtered list, one more than a run may have at most."""
    return list(cases.order_by("pk").values_list("pk", flat=True)[: MOST_CASES + 1])
