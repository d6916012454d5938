"""A task and what its holder does with it; each function is one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.db import transaction
from msgspec.structs import replace

from shuli.apps.cases import answers as forms
from shuli.apps.cases import choosing, execution, filled_forms, queries, rights, store
from shuli.apps.cases.models import Case, Task, Visit
from shuli.apps.cases.operations.outcomes import Done, Outcome, Unfit, outcome, told
from shuli.apps.cases.operations.seats import at_seat
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.documents import operations as documents
from shuli.apps.documents import queries as document_queries
from shuli.core.engine import Accepted, Refused
from shuli.core.engine import commands as c
from shuli.kit import clock
from shuli.kit.failpoints import failpoint


def claim(task_id: int, person: str) -> Done | Refused:
    """Take a task of one's pool, or for whom one stands in; of two who claim, one wins and the other is told who."""
    return at_seat(task_id, person, lambda seat: c.Claim(actor=person, seat=seat))


def release(task_id: int, person: str) -> Done | Refused:
    """Give a claimed task back to its pool, or to whom one stands in for."""
    return at_seat(task_id, person, lambda seat: c.Release(actor=person, seat=seat))


def touch(task: Task, person: str) -> None:
    """Note that the holder has opened the task: from here on the time is handling, not waiting."""
    if task.state == Task.State.OPEN and task.holder == person:
        Visit.objects.filter(case_id=task.case_id, number=task.visit_number, first_touched_at=None).update(
            first_touched_at=clock.now()
        )


def save_draft(task_id: int, person: str, raw: Mapping[str, Any]) -> Done | Refused:
    """Keep the holder's answers; they need not be complete."""
    with transaction.atomic():
        task = Task.objects.select_for_update().filter(pk=task_id).first()
        if task is None or not rights.may_see_task(person, task):
            return Refused(code="no_such_task")
        refusal = rights.refuse_unless_actor(person, task)
        if refusal is not None:
            return refusal
        task.draft, task.draft_saved_at = dict(raw), clock.now()
        task.save(update_fields=["draft", "draft_saved_at"])
    touch(task, person)
    return Done(case_id=task.case_id)


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What somebody says of a task beside its form."""

    decision: Literal["approve", "reject", "abstain"] = "approve"
    opinion: str = ""
    signed: bool = False


def complete(task_id: int, person: str, raw: Mapping[str, Any], verdict: Verdict) -> Outcome:
    """Complete a task with its answers; mandatory outputs, guards and signature are asked for by the engine."""
    with transaction.atomic():
        task = queries.task_row(task_id)
        if task is None or not rights.may_see_task(person, task):
            return Refused(code="no_such_task")
        store.lock_root(task.case_id)
        case = Case.objects.select_for_update().get(pk=task.case_id)
        task.refresh_from_db()
        refusal = rights.refuse_unless_actor(person, task)
        if refusal is not None:
            return refusal
        return _complete(case, task, person, raw, verdict)


def _complete(case: Case, task: Task, person: str, raw: Mapping[str, Any], verdict: Verdict) -> Outcome:
    form = forms.form_of(case, task)
    validation = forms.check(case, task, raw, person, complete=True)
    if validation.errors:
        return Unfit(validation=validation)
    failpoint("form.checked")
    node = catalogue.graph(case.version_id).nodes[task.node]
    foreign = documents.adopt(forms.files_in(form, validation.values), person, "case", case.pk)
    if foreign:
        transaction.set_rollback(True)  # the files that were taken over go back to their sender
        return Refused(code="file_not_yours")
    present = set(document_queries.present("case", case.pk))
    if form is not None and form.document:
        present.add(form.document)
    command = c.Complete(
        actor=person,
        seat=task.seat,
        answers=validation.values,
        decision=verdict.decision,
        opinion=verdict.opinion,
        # who signs the form has signed the decision
        signed=verdict.signed or any(validation.values.get(key) for key in forms.signatures(case, task)),
        documents=frozenset(present),
    )
    answer = execution.execute(case.pk, command)
    if isinstance(answer, Accepted) and form is not None:
        unsaid = choosing.missing(catalogue.graph(case.version_id), node.id, answer, validation.values)
        if unsaid:
            transaction.set_rollback(True)
            return Unfit(validation=replace(validation, errors=unsaid))
        filled_forms.record(
            case.pk, node.id, task.visit_number, form.key, task.seat_key, validation.values, person
        )
    if isinstance(answer, Refused) and answer.code == "outputs_missing":
        return forms.with_document_names(case, answer)
    return outcome(case.pk, answer)


def transfer(task_id: int, person: str, to: str, reason: str) -> Done | Refused:
    """Hand the task to somebody else; its clock goes on."""
    task = queries.task_row(task_id)
    if task is None or not rights.may_see_task(person, task):
        return Refused(code="no_such_task")
    refusal = rights.refuse_transfer(person, task, to)
    if refusal is not None:
        return refusal
    command = c.Transfer(actor=person, seat=task.seat, to=to, reason=reason.strip())
    return told(task, person, execution.execute(task.case_id, command))
