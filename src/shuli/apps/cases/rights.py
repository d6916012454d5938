"""Who may see and do what with a case; asked by queries and operations, so that pages, REST and jobs obey alike.

Rights come from having to do with the case (rows of Access), from heading or being in charge of a department
involved, and from owning or supervising the process. An administrator sees no case by office.
"""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet

from shuli.apps.cases.models import Access, Case, Task
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.directory import queries as directory
from shuli.core.engine import Refused

AUDIT = "audit:"  # before a post that audits the case: it reads all of it, and adds nothing
FEW = 20_000  # cases that are named one by one in a question


def subjects(person: str) -> list[str]:
    """Return every name under which the person may have access to a case."""
    led, pools = directory.departments_led(person), directory.pools_of(person)
    audits = (f"{AUDIT}{pool}" for pool in pools if pool.startswith("post:"))
    return [f"person:{person}", *pools, *(f"involved:{code}" for code in led), *audits]


def visible_cases(person: str) -> QuerySet[Case]:
    """Return the cases that the person may see."""
    mine = Access.objects.filter(case_id=OuterRef("pk"), subject__in=subjects(person))
    # Asked first: whoever oversees a process needs no look at who has to do with its cases.
    overseen = Q(process_key__in=catalogue.overseen_keys(person))
    return Case.objects.filter(overseen | Q(Exists(mine)))


def few_cases(person: str) -> list[int] | None:
    """Return the cases that the person may see where they are few; None where they are many or all of a process."""
    if catalogue.overseen_keys(person):
        return None
    mine = Access.objects.filter(subject__in=subjects(person)).values_list("case_id", flat=True).distinct()
    found = list(mine[: FEW + 1])
    return found if len(found) <= FEW else None


def may_see_case(person: str, case_id: int) -> bool:
    return visible_cases(person).filter(pk=case_id).exists()


def may_see_task(person: str, task: Task) -> bool:
    return may_see_case(person, task.case_id)


def owns_case(person: str, case_id: int) -> bool:
    """Say whether the person owns the case's process."""
    key = Case.objects.filter(pk=case_id).values_list("process_key", flat=True).first()
    return key is not None and key in catalogue.owned_keys(person)


def may_contribute(person: str, case_id: int) -> bool:
    """Say whether the person may add to the case: whoever sees it but supervisors, who only read."""
    return refuse_reader(person, case_id) is None


def refuse_reader(person: str, case_id: int) -> Refused | None:
    """Return why the person may add nothing to the case, or None: supervisors of its process only read."""
    if not may_see_case(person, case_id):
        return Refused(code="no_such_case")
    parts = [one for one in subjects(person) if not one.startswith(AUDIT)]
    has_part = Access.objects.filter(case_id=case_id, subject__in=parts).exists()
    return None if has_part or owns_case(person, case_id) else Refused(code="reads_only")


def refuse_unless_owner(person: str, case_id: int) -> Refused | None:
    """Return why the person may not do what only the process owner does, or None."""
    if not may_see_case(person, case_id):
        return Refused(code="no_such_case")
    return None if owns_case(person, case_id) else Refused(code="owner_only")


def refusals_unless_owner(person: str, case_ids: Sequence[int]) -> dict[int, Refused]:
    """Return, of these cases, those of which the person is not the process owner, each with the reason."""
    keys = dict(visible_cases(person).filter(pk__in=case_ids).values_list("pk", "process_key"))
    owned = set(catalogue.owned_keys(person))
    unseen, foreign = Refused(code="no_such_case"), Refused(code="owner_only")
    return {pk: foreign if pk in keys else unseen for pk in case_ids if keys.get(pk) not in owned}


def audits(person: str, case_id: int) -> bool:
    """Say whether the case was drawn for an audit by a post of the person's."""
    mine = [one for one in subjects(person) if one.startswith(AUDIT)]
    return Access.objects.filter(case_id=case_id, subject__in=mine).exists()


def administers(person: str) -> bool:
    """Say whether the person is an administrator: who may move a case but reads none by office."""
    card = directory.person(person)
    return card is not None and card.is_active and card.is_administrator


def may_urge(person: str, case: Case) -> bool:
    """Say whether the person may press for the case: its starter, its process owner, its supervisor."""
    if case.ended_at is not None:
        return False
    return case.starter == person or case.process_key in catalogue.overseen_keys(person)


def is_candidate(person: str, task: Task) -> bool:
    """Say whether the task waits for somebody of a pool to which the person belongs."""
    return not task.holder and bool(task.pool) and task.pool in directory.pools_of(person)


ACTIVE = frozenset({Task.State.OPEN, Task.State.OPINION})


def holds(person: str, task: Task) -> bool:
    """Say whether the task is the person's: as its holder, as who acts for them, or as somebody who may claim it."""
    return person in (task.holder, task.substitute) or is_candidate(person, task)


def may_act(person: str, task: Task) -> bool:
    """Say whether the task is the person's to do, now; what was handed over is accepted first."""
    return task.state in ACTIVE and not task.is_offered and holds(person, task)


def may_transfer(person: str, task: Task) -> bool:
    """Say whether the person may hand the task over: its holder, the department's head, the process owner."""
    if task.state != Task.State.OPEN:
        return False
    return may_act(person, task) or _leads(person, task) or owns_case(person, task.case_id)


def _leads(person: str, task: Task) -> bool:
    return bool(task.department) and task.department in directory.departments_led(person)


def may_remove(person: str, task: Task) -> bool:
    """Say whether the person may take an added signer off: whoever added them, or the process owner."""
    if not task.added_by or task.state not in (Task.State.OPEN, Task.State.WAITING):
        return False
    return task.added_by == person or owns_case(person, task.case_id)


def may_copy(person: str, case: Case) -> bool:
    """Say whether the person may send copies: whoever holds a task of the case, its starter, its process owner."""
    if person == case.starter or owns_case(person, case.pk):
        return True
    return Task.objects.filter(case=case, state=Task.State.OPEN, holder=person).exists()


def refuse_transfer(person: str, task: Task, to: str) -> Refused | None:
    """Return why the person may not hand the task to somebody: heads give work within their departments only."""
    if not may_transfer(person, task):
        return refuse_unless_actor(person, task) or Refused(code="not_holder", params={"holder": task.holder})
    if may_act(person, task) or owns_case(person, task.case_id):
        return None
    led = set(directory.departments_led(person))
    return None if led & set(directory.departments_of(to)) else Refused(code="not_your_people")


def refuse_unless_actor(person: str, task: Task) -> Refused | None:
    """Return why the person cannot act on the task, or None; whoever comes too late is told by whom and when."""
    if task.state == Task.State.DONE:
        return Refused(code="already_done", params={"who": task.done_by, "at": task.done_at})
    if task.state == Task.State.WAITING:
        return Refused(code="not_your_turn", params={"node": task.node})
    if task.state not in ACTIVE:
        return Refused(code="task_closed", params={"reason": task.reason, "at": task.done_at})
    if task.holder and person not in (task.holder, task.substitute):
        return _refuse_who_is_late(person, task)
    if not task.holder and not is_candidate(person, task):
        return Refused(code="not_candidate")
    return None


def _refuse_who_is_late(person: str, task: Task) -> Refused:
    """Tell a candidate who has taken the task and when; anybody else only whose it is."""
    if task.claimed_at is not None and task.pool and task.pool in directory.pools_of(person):
        return Refused(code="already_claimed", params={"who": task.holder, "at": task.claimed_at})
    return Refused(code="not_holder", params={"holder": task.holder})
