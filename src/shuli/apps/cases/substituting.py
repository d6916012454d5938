"""Substitutes (代理) at work: what a rule's beginning and end mean for open tasks, and who may act on its strength."""

from django.db.models import QuerySet

from shuli.apps.cases import execution
from shuli.apps.cases.models import Task
from shuli.apps.directory import queries as directory
from shuli.apps.directory import substitution
from shuli.core.engine import commands as c

LIVE = (Task.State.OPEN, Task.State.WAITING)


def follow() -> int:
    """Follow every rule that has begun or is over; return how many. Doing it twice does it once.

    A rule is marked only after all of its tasks, each in a transaction of its own, so that a restart takes it up again.
    """
    followed = 0
    for rule in substitution.beginning():
        followed += _follow(rule.person.username, rule.processes if rule.sweep else None)
        substitution.begun(rule)
    for rule in substitution.ending():
        followed += _follow(rule.person.username, rule.processes)
        substitution.ended(rule)
    return followed


def _follow(principal: str, processes: list[str] | None) -> int:
    """Settle what somebody holds in these processes, in all if none is named; nothing where None says so."""
    for task in _tasks(principal, processes) if processes is not None else ():
        _settle(task)
    return 1


def _tasks(holder: str, processes: list[str]) -> QuerySet[Task]:
    """Return what somebody holds and has not done, in these processes or in all."""
    rows = (
        Task.objects.filter(holder=holder, state__in=LIVE).select_related("case").order_by("case_id", "seat")
    )
    return rows.filter(case__process_key__in=processes) if processes else rows


def _settle(task: Task) -> None:
    """Let whoever the rules name now act at the task's seat; nobody, where no rule holds any more.

    What has been done meanwhile, or would be the starter's own request, stays as it is.
    """
    person = directory.substitute_of(task.holder, task.case.process_key)
    execution.execute(task.case_id, c.Substitute(seat=task.seat, person=person))
