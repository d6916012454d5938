"""What people say and add to a case without moving it: comments, files, problems; and what they look at."""

from collections.abc import Iterable

from django.db import transaction

from shuli.apps.cases import answers as forms
from shuli.apps.cases import notices, queries, rights
from shuli.apps.cases.models import Case, Comment, FormRecord, Notification, Problem, Reveal
from shuli.apps.cases.operations.outcomes import Done
from shuli.apps.cases.world import CompanyWorld
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.directory import queries as directory
from shuli.apps.documents import operations as documents
from shuli.apps.documents.contents import Upload
from shuli.core.engine import Refused
from shuli.kit import clock
from shuli.kit.failpoints import failpoint

LONGEST_COMMENT = 5_000
LONGEST_PROBLEM = 2_000


def comment(
    case_id: int, person: str, text: str, mentions: Iterable[str] = (), node: str = ""
) -> Done | Refused:
    """Say something on a case; whoever is mentioned and may see the case is told."""
    refusal = rights.refuse_reader(person, case_id)
    if refusal is not None:
        return refusal
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
        failpoint("comment.written")
        notice = notices.Notice(code="mentioned", people=tuple(told), node=node, params={"author": person})
        notices.tell(
            case_id,
            notice,
            [name for name in told if name != person],
            CompanyWorld(now=clock.local_now()),
        )
    return Done(case_id=case_id)


def attach(
    case_id: int, person: str, document: str, upload: Upload, version_of: int | None = None
) -> Done | Refused:
    """Keep a file with the case, as one of its documents where the process names it, or as the next version of a file."""
    refusal = rights.refuse_reader(person, case_id)
    if refusal is not None:
        return refusal
    if version_of is None:
        stored = documents.store_attachment("case", case_id, document, upload, person)
    else:
        stored = documents.store_version("case", case_id, version_of, upload, person)
    if isinstance(stored, documents.NotStored):
        return Refused(code=stored.code, params=dict(stored.params))
    return Done(case_id=case_id)


def report_problem(task_id: int, person: str, text: str, kind: str = "") -> Done | Refused:
    """Say that a step does not work; the process owner is told (H2-12)."""
    task = queries.task_row(task_id)
    if task is None or not rights.may_see_task(person, task):
        return Refused(code="no_such_task")
    refusal = rights.refuse_reader(person, task.case_id)
    if refusal is not None:
        return refusal
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
            kind=_kind(kind),
            at=clock.now(),
        )
        notice = notices.Notice(
            code="problem", people=(), node=task.node, params={"author": person, "text": text.strip()[:200]}
        )
        notices.tell(case.pk, notice, queries.owners(case), CompanyWorld(now=clock.local_now()))
    return Done(case_id=case.pk)


def report_step_problem(
    process_key: str, node: str, person: str, text: str, *, named: bool, kind: str = ""
) -> Done | Refused:
    """Say that a step of the handbook does not work; the process owner is told, by whom only where that is wanted."""
    words = text.strip()[:LONGEST_PROBLEM]
    if catalogue.node_in_force(process_key, node) is None:
        return Refused(code="no_such_step")
    if not words:
        return Refused(code="reason_missing")
    author = person if named else ""
    params = {"author": author, "text": words[:200], "process": process_key}
    notice = notices.Notice(
        code="step_problem" if named else "step_problem_unnamed", people=(), node=node, params=params
    )
    owners = directory.members(f"post:{catalogue.owner_post(process_key)}")
    with transaction.atomic():
        Problem.objects.create(
            process_key=process_key, node=node, author=author, text=words, kind=_kind(kind), at=clock.now()
        )
        notices.tell(None, notice, owners, CompanyWorld(now=clock.local_now()))
    return Done(case_id=0)


def _kind(asked: str) -> str:
    """Return the kind of a problem that was named; what is no kind is something else."""
    return asked if asked in Problem.Kind.values else Problem.Kind.OTHER


def reveal(case_id: int, record_id: int, field: str, person: str) -> str | Refused:
    """Return a masked answer in full, and write down who looked at it."""
    record = FormRecord.objects.select_related("case").filter(pk=record_id, case_id=case_id).first()
    if record is None or not rights.may_see_case(person, case_id):
        return Refused(code="no_such_case")
    refusal = rights.refuse_reader(person, case_id)
    if refusal is not None:
        return refusal
    if field not in forms.sensitive_keys(record.case.version_id, record.form_key):
        return Refused(code="not_masked")
    if field not in record.answers:
        return Refused(code="no_such_case")
    Reveal.objects.create(case_id=case_id, record=record, field=field, person=person, at=clock.now())
    return str(record.answers[field])


def mark_read(person: str, notification_ids: Iterable[int] | None = None) -> int:
    """Give the receipt for one's notifications, or for all of them; return how many were new."""
    unread = Notification.objects.filter(person=person, read_at=None)
    if notification_ids is not None:
        unread = unread.filter(pk__in=list(notification_ids))
    return unread.update(read_at=clock.now())
