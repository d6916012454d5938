"""Moving a case where people do not go by themselves: take back, jump, reopen, migrate."""

from collections.abc import Mapping

from shuli.apps.cases import execution, queries, rights, store
from shuli.apps.cases.models import Case
from shuli.apps.cases.operations.outcomes import Done, outcome
from shuli.apps.cases.world import world_of
from shuli.apps.catalogue import queries as catalogue
from shuli.core.engine import (
    JumpPreview,
    MigrationPreview,
    Refused,
    preview_jump,
    preview_migration,
    take_back_target,
)
from shuli.core.engine import commands as c


def take_back(task_id: int, person: str, reason: str) -> Done | Refused:
    """Void one's own decision (拿回) while nobody has worked on what followed."""
    task = queries.task_row(task_id)
    if task is None or not rights.may_see_task(person, task):
        return Refused(code="no_such_task")
    command = c.TakeBack(actor=person, visit=task.visit_number, reason=reason.strip())
    return outcome(task.case_id, execution.execute(task.case_id, command))


def may_take_back(task_id: int, person: str) -> bool:
    """Say whether the person's decision can still be taken back."""
    task = queries.task_row(task_id)
    if task is None or task.done_by != person:
        return False
    case = Case.objects.get(pk=task.case_id)
    if case.status != Case.Status.RUNNING:
        return False
    marking = store.decode_marking(case.marking, case.variables)
    target = take_back_target(catalogue.graph(case.version_id), marking, task.visit_number)
    return not isinstance(target, Refused) and target.step.person == person


def jump(case_id: int, person: str, token: int, to: str, reason: str) -> Done | Refused:
    """Move a token to another node (跳转), by an administrator, with a reason."""
    if not rights.administers(person):
        return Refused(code="administrator_only")
    command = c.Jump(actor=person, token=token, to=to, reason=reason.strip())
    return outcome(case_id, execution.execute(case_id, command))


def foresee_jump(case_id: int, person: str, token: int, to: str) -> JumpPreview | Refused:
    """Return what a jump would cancel, start and leave out; nothing is changed."""
    if not rights.administers(person):
        return Refused(code="administrator_only")
    return _foreseen(case_id, c.Jump(actor=person, token=token, to=to, reason="?"))


def reopen(case_id: int, person: str, to: str, reason: str) -> Done | Refused:
    """Bring a closed case back to a node (唤醒), by its process owner, with a reason."""
    refusal = rights.refuse_unless_owner(person, case_id)
    if refusal is not None:
        return refusal
    command = c.Reopen(actor=person, to=to, reason=reason.strip())
    return outcome(case_id, execution.execute(case_id, command))


def _foreseen(case_id: int, command: c.Jump | c.Reopen) -> JumpPreview | Refused:
    case = Case.objects.get(pk=case_id)
    world = world_of(case.version_id)
    marking = store.decode_marking(case.marking, case.variables)
    return preview_jump(catalogue.graph(case.version_id), marking, command, world)


def migrate(
    case_id: int, person: str, version_id: int, mapping: Mapping[str, str], reason: str
) -> Done | Refused:
    """Let an open case go on under another version of its process, by its process owner."""
    refusal = rights.refuse_unless_owner(person, case_id)
    if refusal is not None:
        return refusal
    case = Case.objects.get(pk=case_id)
    if case.version_id == version_id:
        return Refused(code="same_version")
    if version_id not in dict(catalogue.version_numbers(case.process_key)):
        return Refused(code="no_such_version")
    answer = execution.migrate_case(case_id, version_id, mapping, person, reason.strip())
    return outcome(case_id, answer)


def foresee_migration(case: Case, version_id: int, mapping: Mapping[str, str]) -> MigrationPreview:
    """Return where a case waits and where each place goes in the other version; nothing is changed."""
    marking = store.decode_marking(case.marking, case.variables)
    return preview_migration(catalogue.graph(case.version_id), catalogue.graph(version_id), marking, mapping)
