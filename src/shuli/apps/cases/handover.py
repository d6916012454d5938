"""Handing over on leaving (离职转交): everything that names a person, given to successors in one batch, as often as it takes."""

from dataclasses import dataclass, fields

from django.db import transaction

from shuli.apps.cases import execution
from shuli.apps.cases.models import Case, StartDraft, Task
from shuli.apps.cases.queries import OPEN
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.directory import leaving
from shuli.apps.directory import operations as directory_operations
from shuli.apps.directory import queries as directory
from shuli.apps.directory.leaving import Handing, Named
from shuli.core.engine import Refused
from shuli.core.engine import commands as c
from shuli.kit.errors import Denied, Refusal

# One task's refusal must not hold up the others; so many are named, the rest counted.
MOST_NAMED = 20


@dataclass(frozen=True, kw_only=True)
class Held:
    """Everything that names a person."""

    tasks: tuple[Task, ...]
    custody: tuple[Case, ...]  # open cases of which they are the first responder
    drafts: tuple[StartDraft, ...]
    processes: tuple[tuple[str, str], ...]  # steps of processes in force: key and node
    named: Named

    def counts(self) -> dict[str, int]:
        """Return how much there is of each, by the field of the plan that hands it on."""
        named = self.named
        return {
            "tasks": len(self.tasks),
            "custody": len(self.custody),
            "posts": len(named.posts),
            "roles": len(named.roles),
            "groups": len(named.groups),
            "substitutions": len(named.stands_in_for) + len(named.substitutes),
            "processes": len(self.processes),
            "drafts": len(self.drafts),
        }

    @property
    def is_empty(self) -> bool:
        """Say whether the account can close: drafts are the person's own and stand in nobody's way."""
        return not any(count for name, count in self.counts().items() if name != "drafts")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Who gets what, by username; nobody means that it stays for now."""

    tasks: str = ""
    custody: str = ""
    posts: str = ""
    roles: str = ""
    groups: str = ""
    substitutions: str = ""
    processes: str = ""
    drafts: str = ""

    def successors(self) -> set[str]:
        return {name for field in fields(self) if (name := getattr(self, field.name))}


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a batch came to."""

    moved: int
    refused: tuple[tuple[str, str], ...] = ()  # case number and the code of the refusal
    left: int = 0  # things that still name the person


def held_by(username: str) -> Held:
    """Return everything that names a person, in the order in which it is handed on."""
    tasks = Task.objects.filter(holder=username, state__in=(Task.State.OPEN, Task.State.WAITING))
    steps = [] if _has_successor(username) else catalogue.naming(username)
    return Held(
        tasks=tuple(tasks.select_related("case").order_by("due_at", "pk")),
        custody=tuple(Case.objects.filter(custodian=username, status__in=OPEN).order_by("number")),
        drafts=tuple(StartDraft.objects.filter(person=username).order_by("process_key")),
        processes=tuple(steps),
        named=leaving.named(username),
    )


def count_held(username: str) -> int:
    """Return how many open tasks somebody holds."""
    return Task.objects.filter(holder=username, state__in=(Task.State.OPEN, Task.State.WAITING)).count()


def _has_successor(username: str) -> bool:
    return leaving.successor_of(username) is not None


def hand_over(by: str, username: str, plan: Plan, reason: str) -> Report | Refusal:
    """Give everything to its successors; what cannot be given is told, and can be tried again."""
    if not directory_operations.may_administer(by):
        return Denied("administrators_only")
    if username in plan.successors():
        return Refusal("successor_is_same")
    if any(directory.person(name) is None for name in plan.successors()):
        return Refusal("no_such_person", status=404)
    before = sum(held_by(username).counts().values())
    handing = Handing(
        posts=plan.posts,
        roles=plan.roles,
        groups=plan.groups,
        substitutions=plan.substitutions,
        processes=plan.processes,
    )
    answer = directory_operations.hand_on(by, username, handing)
    if isinstance(answer, Refusal):
        return answer
    refused = [
        *_hand_tasks(by, username, plan.tasks, reason),
        *_hand_custody(by, username, plan.custody, reason),
    ]
    _hand_drafts(username, plan.drafts)
    left = sum(held_by(username).counts().values())
    return Report(moved=max(before - left, 0), refused=tuple(refused), left=left)


def _hand_tasks(by: str, username: str, to: str, reason: str) -> list[tuple[str, str]]:
    refused = []
    for task in held_by(username).tasks if to else ():
        command = c.Transfer(actor=by, seat=task.seat, to=to, reason=reason)
        refused += _refusal(task.case, command)
    return refused


def _hand_custody(by: str, username: str, to: str, reason: str) -> list[tuple[str, str]]:
    refused = []
    for case in held_by(username).custody if to else ():
        refused += _refusal(case, c.Entrust(actor=by, person=to, reason=reason))
    return refused


def _refusal(case: Case, command: c.Command) -> list[tuple[str, str]]:
    answer = execution.execute(case.pk, command)
    return [(case.number, answer.code)] if isinstance(answer, Refused) else []


@transaction.atomic
def _hand_drafts(username: str, to: str) -> None:
    """Give start forms that were begun to somebody who has begun none of that process."""
    if to:
        own = StartDraft.objects.filter(person=to).values("process_key")
        StartDraft.objects.filter(person=username).exclude(process_key__in=own).update(person=to)


def close_account(by: str, username: str) -> Refusal | None:
    """Close the account of somebody who has handed over everything."""
    held = held_by(username)
    if not held.is_empty:
        count = sum(n for name, n in held.counts().items() if name != "drafts")
        return Refusal("still_named", n=count)
    answer = directory_operations.disable_person(by, username)
    return answer if isinstance(answer, Refusal) else None


# What a head looks after --------------------------------------------------------------------------------


def unattended(person: str) -> list[Task]:
    """Return the open tasks of the departments that somebody heads whose holder has left them, or the company."""
    led = directory.departments_led(person)
    rows = Task.objects.filter(department__in=led, state=Task.State.OPEN).exclude(holder="")
    tasks = list(rows.select_related("case").order_by("due_at", "pk"))
    members = {
        code: set(directory.members(f"department:{code}")) for code in {one.department for one in tasks}
    }
    return [one for one in tasks if _is_left_behind(one, members[one.department])]


def _is_left_behind(task: Task, members: set[str]) -> bool:
    """Say whether a task's holder no longer belongs where the work does; one who was chosen from elsewhere does not count."""
    if directory.active_username(task.holder) != task.holder:
        return True
    pool = task.pool or ""
    if pool:
        return pool not in directory.pools_of(task.holder)
    return task.holder not in members and directory.sat_in(task.holder, task.department)
