"""What the pages and the REST interface read of cases. Every function that takes a person shows only what they may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from shuli.apps.cases import rights, searching, store
from shuli.apps.cases.models import (
    Case,
    Comment,
    FormRecord,
    Incident,
    Notification,
    Problem,
    Reveal,
    StartDraft,
    Task,
    Visit,
)
from shuli.apps.cases.todo import MOST
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.catalogue.publication import reading
from shuli.apps.directory import queries as directory
from shuli.core.engine import Refused, returnable_from_call
from shuli.core.engine.marking import Step, Token
from shuli.kit import clock

TO_READ = ("informed", "copied")  # read items: notices of nodes and copies that people sent
OPEN = (Case.Status.RUNNING, Case.Status.SUSPENDED)


def task_row(task_id: int) -> Task | None:
    return Task.objects.filter(pk=task_id).first()


def task_for(person: str, task_id: int) -> Task | None:
    """Return the task with its case, or None where there is none that the person may see."""
    task = Task.objects.select_related("case").filter(pk=task_id).first()
    return task if task is not None and rights.may_see_task(person, task) else None


def has_any() -> bool:
    """Say whether any case was ever started here."""
    return Case.objects.exists()


def case_for(person: str, number: str) -> Case | None:
    return rights.visible_cases(person).filter(number=number).first()


def case_by_id(person: str, case_id: int) -> Case | None:
    return rights.visible_cases(person).filter(pk=case_id).first()


# My work ------------------------------------------------------------------------------------------------


def inbox(person: str) -> QuerySet[Task]:
    """Return what the person has to do or may claim, by due time, what has none last."""
    mine = Q(holder=person) | Q(substitute=person) | Q(holder="", pool__in=directory.pools_of(person))
    return (
        Task.objects.filter(mine, state__in=rights.ACTIVE)
        .exclude(case_id__in=Case.objects.filter(status=Case.Status.SUSPENDED).values("pk"))
        .prefetch_related("case")  # only for the rows that are shown; a join would read every task's case
        .order_by(F("due_at").asc(nulls_last=True), "pk")
    )


def waiting_for(tasks: Iterable[Task]) -> dict[tuple[int, int], list[str]]:
    """Return, by case and seat, for whom a task waits: signers who were asked first, or who does its work."""
    found: dict[tuple[int, int], list[str]] = {}
    open_states = [Task.State.OPEN, Task.State.WAITING]
    asked = Task.objects.filter(
        case_id__in={task.case_id for task in tasks}, role__in=["before", "delegate"], state__in=open_states
    )
    for row in asked.order_by("pk"):
        if row.parent_seat is not None:
            found.setdefault((row.case_id, row.parent_seat), []).append(row.holder)
    return found


def added_signers(case_id: int, visit_number: int) -> list[Task]:
    """Return the signers of a visit who were asked by somebody and have not said anything yet."""
    rows = Task.objects.filter(case_id=case_id, visit_number=visit_number).exclude(added_by="")
    return list(rows.filter(state__in=[Task.State.OPEN, Task.State.WAITING]).order_by("pk"))


@dataclass(frozen=True, kw_only=True)
class Own:
    """What somebody did this week and has started; todo.MOST + 1 stands for more than that."""

    done_this_week: int
    started_open: int


def own(person: str) -> Own:
    local = timezone.localtime(clock.now())
    monday = (local - timedelta(days=local.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    done = Task.objects.filter(done_by=person, state=Task.State.DONE, done_at__gte=monday)
    started = Case.objects.filter(starter=person, status__in=OPEN)
    return Own(done_this_week=upto(done), started_open=upto(started))


def upto(rows: QuerySet[Any], most: int = MOST) -> int:
    """Return how many rows there are; `most` + 1 where they are more, which nobody counts one by one."""
    return rows.order_by()[: most + 1].count()


def held_count(person: str) -> int:
    """Return how many open tasks somebody holds, whoever asks."""
    return Task.objects.filter(holder=person, state__in=[Task.State.OPEN, Task.State.WAITING]).count()


def started_by(person: str) -> QuerySet[Case]:
    return Case.objects.filter(starter=person).order_by("-started_at")


def last_done(case_id: int, people: Iterable[str]) -> datetime | None:
    """Return when one of them last did a task of the case."""
    done = Task.objects.filter(case_id=case_id, done_by__in=list(people), state=Task.State.DONE)
    return done.order_by("-done_at").values_list("done_at", flat=True).first()


def done_by(person: str) -> QuerySet[Task]:
    done = Task.objects.filter(done_by=person, state=Task.State.DONE)
    return done.select_related("case").order_by("-done_at")


def drafts(person: str) -> list[StartDraft]:
    return list(StartDraft.objects.filter(person=person).order_by("-saved_at"))


def start_draft(person: str, process_key: str) -> StartDraft | None:
    return StartDraft.objects.filter(person=person, process_key=process_key).first()


def notifications(person: str, *, unread: bool = False) -> QuerySet[Notification]:
    rows = Notification.objects.filter(person=person).select_related("case")
    return rows.filter(read_at=None) if unread else rows


def unread_count(person: str) -> int:
    """Return how much somebody has to read: notices, and new versions of processes."""
    return Notification.objects.filter(person=person, read_at=None).count() + reading.count_for(person)


# Cases --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class CaseFilter:
    """What a list of cases is narrowed to."""

    text: str = ""
    process: str = ""
    status: str = ""
    department: str = ""
    holder: str = ""  # of an open task
    mine: bool = False
    overdue: bool = False
    sort: str = "-started_at"


SORTS = {"-started_at", "started_at", "number", "-number", "title", "-title", "status", "-status"}


def cases(person: str, wanted: CaseFilter) -> QuerySet[Case]:
    """Return the visible cases that fit the filter."""
    rows = searching.saying(person, wanted.text) if wanted.text else rights.visible_cases(person)
    if wanted.process:
        rows = rows.filter(process_key=wanted.process)
    if wanted.status:
        rows = rows.filter(status__in=OPEN if wanted.status == "open" else [wanted.status])
    if wanted.mine:
        rows = rows.filter(starter=person)
    if wanted.holder:
        held = Task.objects.filter(case_id=OuterRef("pk"), holder=wanted.holder, state=Task.State.OPEN)
        rows = rows.filter(Exists(held))
    if wanted.department or wanted.overdue:
        rows = rows.filter(Exists(_open_visits(wanted)))
    return rows.order_by(wanted.sort if wanted.sort in SORTS else "-started_at", "-pk")


def _open_visits(wanted: CaseFilter) -> QuerySet[Visit]:
    visits = Visit.objects.filter(case_id=OuterRef("pk"), closed_at=None)
    if wanted.department:
        visits = visits.filter(department=wanted.department)
    return visits.filter(due_at__lt=clock.now()) if wanted.overdue else visits


def open_counts(process_keys: Iterable[str]) -> dict[str, int]:
    """Return how many cases of each process are open."""
    rows = Case.objects.filter(process_key__in=list(process_keys), status__in=OPEN)
    return dict(rows.values_list("process_key").annotate(n=Count("pk")))


def visits(case_id: int) -> list[Visit]:
    return list(Visit.objects.filter(case_id=case_id).order_by("opened_at", "number"))


def tasks(case_id: int) -> list[Task]:
    return list(Task.objects.filter(case_id=case_id).order_by("opened_at", "seat"))


def open_tasks(case_ids: Iterable[int]) -> dict[int, list[Task]]:
    """Return the open tasks of several cases, for lists that show where each stands."""
    found: dict[int, list[Task]] = {}
    for task in Task.objects.filter(case_id__in=list(case_ids), state=Task.State.OPEN).order_by("due_at"):
        found.setdefault(task.case_id, []).append(task)
    return found


def comments(case_id: int) -> list[Comment]:
    return list(Comment.objects.filter(case_id=case_id))


def number_of(case_id: int) -> str:
    return Case.objects.values_list("number", flat=True).get(pk=case_id)


def form_records(case_id: int) -> list[FormRecord]:
    return list(FormRecord.objects.filter(case_id=case_id))


def incidents(case_id: int) -> list[Incident]:
    return list(Incident.objects.filter(case_id=case_id, resolved_at=None).order_by("number"))


def owners(case: Case) -> list[str]:
    """Return who owns the case's process."""
    post = catalogue.owner_post(case.process_key)
    return list(directory.members(f"post:{post}")) if post else []


def informed(case_id: int) -> list[Notification]:
    """Return the notices (获知) and copies (抄送) of a case with their receipts."""
    return list(Notification.objects.filter(case_id=case_id, code__in=TO_READ).order_by("at"))


def first_open_task(case_id: int, person: str) -> Task | None:
    """Return the task of this case that the person can do next."""
    return inbox(person).filter(case_id=case_id).first()


def search(person: str, text: str, limit: int = 8) -> list[dict[str, Any]]:
    """Return the cases that the search line shows while somebody types."""
    found = cases(person, CaseFilter(text=text))[:limit]
    return [{"number": case.number, "title": case.title, "process": case.process_key} for case in found]


def steps_of_caller(case: Case) -> tuple[Step, ...] | None:
    """Return the steps of the calling case to which work can be sent back, oldest first; None where none called it."""
    parent = case.parent
    if parent is None or case.parent_child is None:
        return None
    marking = store.decode_marking(parent.marking, parent.variables)
    return returnable_from_call(catalogue.graph(parent.version_id), marking, case.parent_child)


def overdue_since(case_id: int) -> datetime | None:
    """Return the earliest missed due moment among the case's open visits."""
    late = Visit.objects.filter(case_id=case_id, closed_at=None, due_at__lt=clock.now()).order_by("due_at")
    return late.values_list("due_at", flat=True).first()


def case_to_move(person: str, number: str) -> Case | Refused:
    """Return a case that an administrator may move; what people wrote in it is not for their pages."""
    if not rights.administers(person):
        return Refused(code="administrator_only")
    return Case.objects.filter(number=number).first() or Refused(code="no_such_case")


def tokens_to_move(case: Case) -> list[Token]:
    """Return the tokens that can be moved, in the order of their making: what waits at a join cannot."""
    marking = store.decode_marking(case.marking, case.variables)
    return sorted((one for one in marking.tokens.values() if not one.joining), key=lambda one: one.id)


def owned_incidents(person: str) -> QuerySet[Incident]:
    """Return what has stopped cases of the processes that the person owns, oldest first."""
    owned = catalogue.owned_keys(person)
    rows = Incident.objects.filter(case__process_key__in=owned, resolved_at=None)
    return rows.select_related("case").order_by("raised_at", "pk")


def problems(process_key: str, kind: str = "", node: str = "") -> QuerySet[Problem]:
    """Return what people say does not work in a process, the newest first; of one kind or step where that is asked."""
    rows = Problem.objects.filter(process_key=process_key).select_related("case")
    rows = rows.filter(kind=kind) if kind else rows
    return rows.filter(node=node) if node else rows


def problems_counted(process_key: str) -> dict[tuple[str, str], int]:
    """Return how many problems of each kind were reported with each step; by step and kind."""
    rows = Problem.objects.filter(process_key=process_key).order_by()
    counted = rows.values_list("node", "kind").annotate(n=Count("pk"))
    return {(node, kind): n for node, kind, n in counted}


def reveals(process_key: str) -> QuerySet[Reveal]:
    """Return who looked at masked answers of a process's cases, the latest first; the caller has asked who may know."""
    rows = Reveal.objects.filter(case__process_key=process_key)
    return rows.select_related("case", "record").order_by("-at", "-pk")


def open_cases_under(version_id: int) -> list[Case]:
    """Return the open cases that run under a version, oldest first."""
    return list(Case.objects.filter(version_id=version_id, status__in=OPEN).order_by("pk"))


def versions_with_cases(process_key: str) -> list[tuple[int, str, int]]:
    """Return the versions of a process, newest first, with how many open cases run under each."""
    rows = Case.objects.filter(process_key=process_key, status__in=OPEN)
    counts = dict(rows.values_list("version_id").annotate(n=Count("pk")))
    return [(pk, number, counts.get(pk, 0)) for pk, number in catalogue.version_numbers(process_key)]


def version_of(case_id: int) -> int | None:
    """Return the version under which a case runs."""
    return Case.objects.filter(pk=case_id).values_list("version_id", flat=True).first()
