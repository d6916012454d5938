"""One verb on many cases: begun at once, carried out by a job, many cases to a commit.

What became of a case is written in the transaction that did it, so that a run whose worker died is taken up where it
stood: nothing is done twice, nothing is left out. The rights are those of whoever began it, asked at each lot anew. A case
that is refused or fails leaves the others of its lot alone.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from shuli.apps.cases import rights
from shuli.apps.cases.bulk_execution import LOT, execute_many
from shuli.apps.cases.models import BulkItem, BulkRun, Case
from shuli.apps.cases.operations.bulk_verbs import NEEDS, VERBS, Result, keys
from shuli.apps.cases.operations.bulk_wishes import wishes
from shuli.apps.cases.operations.outcomes import LATE, Begun, Done, outcome
from shuli.core.engine import Refused
from shuli.kit import clock, jobs
from shuli.kit.failpoints import failpoint

log = logging.getLogger(__name__)

MOST_CASES = 10_000  # of one run
ALONE = 25  # cases of a lot that are done by themselves at most, while the others of it are held
NOTED = ["state", "code", "params", "at"]
CARRY_OUT = "shuli.apps.cases.jobs.carry_out_bulk"


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
    """Do the next lot of a run; return whether more are waiting."""
    return _next(run_id)


def _next(run_id: int, size: int = LOT) -> bool:
    """Do the next cases in one transaction; False where the run has ended. Two workers take different cases."""
    with transaction.atomic():
        run = BulkRun.objects.filter(pk=run_id, state=BulkRun.State.RUNNING).first()
        if run is None:
            return False
        waiting = BulkItem.objects.filter(run=run, state=BulkItem.State.WAITING)
        items = list(waiting.select_for_update(skip_locked=True).order_by("pk")[:size])
        if not items:
            _close(run)
            return False
        failpoint("bulk.taken")
        _do_lot(run, items)
        failpoint("bulk.done")
        return True


def _close(run: BulkRun) -> None:
    if not run.items.filter(state=BulkItem.State.WAITING).exists():
        run.state, run.ended_at = BulkRun.State.DONE, clock.now()
        run.save(update_fields=["state", "ended_at"])


def _do_lot(run: BulkRun, items: Sequence[BulkItem]) -> None:
    """Carry the verb out on these cases together, and by themselves on those that need it; the rest waits on."""
    alike = [item.case_id for item in items if not item.params]
    asked = wishes(run.verb, run.person, alike, run.params)
    commands = [
        (pk, wish) for pk, wish in asked.items() if wish is not None and not isinstance(wish, Refused)
    ]
    found: dict[int, Result] = {pk: wish for pk, wish in asked.items() if isinstance(wish, Refused)}
    answers = execute_many(commands)
    found |= {pk: outcome(pk, answer) for (pk, _), answer in zip(commands, answers, strict=True)}
    for item in items:
        answer = found.get(item.case_id)
        if answer is not None and not _came_late(answer):
            _note(item, answer)
    written = [item for item in items if item.at is not None]
    BulkItem.objects.bulk_update(written, NOTED)
    for item in [item for item in items if item.at is None][:ALONE]:
        _do(run, item)


def _came_late(answer: Result) -> bool:
    """Say whether the verb by itself can tell more: who was faster, and when."""
    return isinstance(answer, Refused) and answer.code in LATE


def _do(run: BulkRun, item: BulkItem) -> None:
    """Carry the verb out on the item's case and write what came of it; a refusal or failure undoes that case alone."""
    answer: Result
    try:
        with transaction.atomic():
            answer = VERBS[run.verb](item.case_id, run.person, {**run.params, **item.params})
            if isinstance(answer, Refused):
                transaction.set_rollback(True)
    except Exception:
        log.exception("bulk case failed", extra={"run": run.pk, "case": item.case_id})
        answer = Refused(code="case_failed")
    _note(item, answer)
    item.save(update_fields=NOTED)


def _note(item: BulkItem, answer: Result) -> None:
    item.at, item.state = clock.now(), BulkItem.State.DONE
    if not isinstance(answer, Refused):
        return
    item.state = BulkItem.State.FAILED
    if answer.code != "case_failed":
        item.state, item.code = BulkItem.State.REFUSED, answer.code
        item.params = {**item.params, "refusal": _plain(answer.params)}


def _plain(params: Mapping[str, Any]) -> dict[str, Any]:
    """Return a refusal's parameters as JSON; moments as ISO text."""
    return {key: value.isoformat() if isinstance(value, datetime) else value for key, value in params.items()}


def chosen(person: str, numbers: Iterable[str]) -> list[int]:
    """Return the visible cases of these numbers."""
    return keys(rights.visible_cases(person).filter(number__in=list(numbers)[: MOST_CASES + 1]))


def fitting(cases: QuerySet[Case]) -> list[int]:
    """Return the cases of a filtered list, one more than a run may have at most."""
    return list(cases.order_by("pk").values_list("pk", flat=True)[: MOST_CASES + 1])
