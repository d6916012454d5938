"""What people do with cases. Each function is one transaction and returns what came of it, or a refusal as a value."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.db import transaction

from shuli.apps.cases import answers as forms
from shuli.apps.cases import execution, notices, queries, rights, store
from shuli.apps.cases.models import (
    Case,
    Comment,
    FormRecord,
    Notification,
    Problem,
    Reveal,
    StartDraft,
    Task,
    Visit,
)
from shuli.apps.cases.world import CompanyWorld
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.documents import operations as documents
from shuli.apps.documents import queries as document_queries
from shuli.apps.documents.contents import Upload
from shuli.core.engine import Accepted, Refused
from shuli.core.engine import commands as c
from shuli.core.forms import Validation
from shuli.kit import clock

LONGEST_COMMENT = 5_000


@dataclass(frozen=True, kw_only=True)
class Done:
    """The command was carried out."""

    case_id: int


@dataclass(frozen=True, kw_only=True)
class Unfit:
    """The form has errors; nothing was changed."""

    validation: Validation


Outcome = Done | Unfit | Refused


def _outcome(case_id: int, answer: Accepted | Refused) -> Done | Refused:
    return answer if isinstance(answer, Refused) else Done(case_id=case_id)


def _told(task: Task, person: str, answer: Accepted | Refused) -> Done | Refused:
    """Tell whoever came too late by whom and when the task was done, which the engine no longer knows."""
    if isinstance(answer, Refused) and answer.code == "task_closed":
        task.refresh_from_db()
        return rights.refuse_unless_actor(person, task) or answer
    return _outcome(task.case_id, answer)


# Starting -----------------------------------------------------------------------------------------------


def start_case(process_key: str, person: str, raw: Mapping[str, Any]) -> Outcome:
    """Start a process by its form: validate the answers, issue the number, run to the first tasks."""
    if not catalogue.may_start(process_key, person):
        return Refused(code="may_not_start")
    version = catalogue.version_in_force(process_key)
    node = catalogue.start_node(version.id)
    validation = forms.check_start(version.id, node, raw, person)
    if validation.errors:
        return Unfit(validation=validation)
    with transaction.atomic():
        command = c.Start(actor=person, variables=validation.values, start=node.id)
        case_id, answer = execution.start(process_key, command)
        if isinstance(answer, Refused):
            return answer
        form = catalogue.start_form(process_key)
        if documents.adopt(forms.files_in(form, validation.values), person, "case", case_id):
            transaction.set_rollback(True)
            return Refused(code="file_not_yours")
        forms.record(case_id, node.id, None, node.duty.form, "", validation.values, person)
        StartDraft.objects.filter(person=person, process_key=process_key).delete()
    return Done(case_id=case_id)


def save_start_draft(process_key: str, person: str, raw: Mapping[str, Any]) -> Done | Refused:
    """Keep a start form that is not finished; it is not yet a case and has no number."""
    if not catalogue.may_start(process_key, person):
        return Refused(code="may_not_start")
    StartDraft.objects.update_or_create(
        person=person, process_key=process_key, defaults={"answers": dict(raw), "saved_at": clock.now()}
    )
    return Done(case_id=0)


# A task and its verbs -----------------------------------------------------------------------------------


def claim(task_id: int, person: str) -> Done | Refused:
    """Take a task of one's pool; of two who claim, one wins and the other is told who."""
    task = queries.task_row(task_id)
    if task is None or not rights.may_see_task(person, task):
        return Refused(code="no_such_task")
    return _told(task, person, execution.execute(task.case_id, c.Claim(actor=person, seat=task.seat)))


def release(task_id: int, person: str) -> Done | Refused:
    """Give a claimed task back to its pool."""
    task = queries.task_row(task_id)
    if task is None or not rights.may_see_task(person, task):
        return Refused(code="no_such_task")
    return _told(task, person, execution.execute(task.case_id, c.Release(actor=person, seat=task.seat)))


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

    decision: Literal["approve", "reject"] = "approve"
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
        signed=verdict.signed,
        documents=frozenset(present),
    )
    answer = execution.execute(case.pk, command)
    if isinstance(answer, Accepted) and form is not None:
        forms.record(case.pk, node.id, task.visit_number, form.key, task.seat_key, validation.values, person)
    if isinstance(answer, Refused) and answer.code == "outputs_missing":
        return forms.with_document_names(case, answer)
    return _outcome(case.pk, answer)


def return_task(task_id: int, person: str, to: str, reason: str) -> Done | Refused:
    """Send the work back to an earlier node, with a reason."""
    task = queries.task_row(task_id)
    if task is None or not rights.may_see_task(person, task):
        return Refused(code="no_such_task")
    if not reason.strip():
        return Refused(code="reason_missing")
    command = c.Return(actor=person, seat=task.seat, to=to, reason=reason.strip())
    return _told(task, person, execution.execute(task.case_id, command))


def transfer(task_id: int, person: str, to: str, reason: str) -> Done | Refused:
    """Hand the task to somebody else; its clock goes on."""
    task = queries.task_row(task_id)
    if task is None or not rights.may_see_task(person, task):
        return Refused(code="no_such_task")
    if not rights.may_transfer(person, task):
        return rights.refuse_unless_actor(person, task) or Refused(
            code="not_holder", params={"holder": task.holder}
        )
    command = c.Transfer(actor=person, seat=task.seat, to=to, reason=reason.strip())
    return _told(task, person, execution.execute(task.case_id, command))


# The case -----------------------------------------------------------------------------------------------


def comment(
    case_id: int, person: str, text: str, mentions: Iterable[str] = (), node: str = ""
) -> Done | Refused:
    """Say something on a case; whoever is mentioned and may see the case is told."""
    if not rights.may_see_case(person, case_id):
        return Refused(code="no_such_case")
    words = text.strip()
    if not words or len(words) > LONGEST_COMMENT:
        return Refused(
            code="comment_empty" if not words else "comment_long", params={"limit": LONGEST_COMMENT}
        )
    with transaction.atomic():
        told = [name for name in dict.fromkeys(mentions) if rights.may_see_case(name, case_id)]
        Comment.objects.create(
            case_id=case_id, node=node, author=person, text=words, mentions=told, at=clock.now()
        )
        notice = notices.Notice(code="mentioned", people=tuple(told), node=node, params={"author": person})
        notices.tell(
            case_id,
            notice,
            [name for name in told if name != person],
            CompanyWorld(now=clock.local_now()),
        )
    return Done(case_id=case_id)


def attach(case_id: int, person: str, document: str, upload: Upload) -> Done | Refused:
    """Keep a file with the case, as one of its documents where the process names it."""
    if not rights.may_contribute(person, case_id):
        return Refused(code="no_such_case")
    stored = documents.store_attachment("case", case_id, document, upload, person)
    if isinstance(stored, documents.NotStored):
        return Refused(code=stored.code, params=dict(stored.params))
    return Done(case_id=case_id)


def report_problem(task_id: int, person: str, text: str) -> Done | Refused:
    """Say that a step does not work; the process owner is told (H2-12)."""
    task = queries.task_row(task_id)
    if task is None or not rights.may_see_task(person, task):
        return Refused(code="no_such_task")
    if not text.strip():
        return Refused(code="reason_missing")
    case = Case.objects.get(pk=task.case_id)
    with transaction.atomic():
        Problem.objects.create(
            case=case,
            process_key=case.process_key,
            node=task.node,
            author=person,
            text=text.strip(),
            at=clock.now(),
        )
        notice = notices.Notice(
            code="problem", people=(), node=task.node, params={"author": person, "text": text.strip()[:200]}
        )
        notices.tell(case.pk, notice, queries.owners(case), CompanyWorld(now=clock.local_now()))
    return Done(case_id=case.pk)


def withdraw(case_id: int, person: str, reason: str) -> Done | Refused:
    """Take one's own case back, as far as the process lets its starter."""
    if not rights.may_see_case(person, case_id):
        return Refused(code="no_such_case")
    return _outcome(case_id, execution.execute(case_id, c.Withdraw(actor=person, reason=reason.strip())))


def terminate(case_id: int, person: str, reason: str) -> Done | Refused:
    """End a case for good, by its process owner, with a reason."""
    if not rights.may_see_case(person, case_id):
        return Refused(code="no_such_case")
    if not rights.owns_case(person, case_id):
        return Refused(code="owner_only")
    if not reason.strip():
        return Refused(code="reason_missing")
    return _outcome(case_id, execution.execute(case_id, c.Terminate(actor=person, reason=reason.strip())))


def retry_incident(case_id: int, number: int, person: str) -> Done | Refused:
    """Run an incident's node again, by the process owner, once its cause is mended."""
    if not rights.may_see_case(person, case_id):
        return Refused(code="no_such_case")
    if not rights.owns_case(person, case_id):
        return Refused(code="owner_only")
    return _outcome(case_id, execution.execute(case_id, c.Retry(actor=person, incident=number)))


def reveal(case_id: int, record_id: int, field: str, person: str) -> str | Refused:
    """Return a masked answer in full, and write down who looked at it."""
    record = FormRecord.objects.filter(pk=record_id, case_id=case_id).first()
    if record is None or not rights.may_see_case(person, case_id) or field not in record.answers:
        return Refused(code="no_such_case")
    Reveal.objects.create(case_id=case_id, record=record, field=field, person=person, at=clock.now())
    return str(record.answers[field])


def mark_read(person: str, notification_ids: Iterable[int] | None = None) -> int:
    """Give the receipt for one's notifications, or for all of them; return how many were new."""
    unread = Notification.objects.filter(person=person, read_at=None)
    if notification_ids is not None:
        unread = unread.filter(pk__in=list(notification_ids))
    return unread.update(read_at=clock.now())


__all__ = [
    "Done", "FormRecord", "Outcome", "Unfit", "Verdict", "attach", "claim", "comment", "complete", "mark_read",
    "release", "report_problem", "retry_incident", "return_task", "save_draft", "save_start_draft", "start_case",
    "terminate", "touch", "transfer", "withdraw",
]  # fmt: skip
