"""Asking others at one's own task: signers before, after or beside, taking them off again, somebody to do the work."""

from collections.abc import Iterable
from typing import Literal

from shuli.apps.cases import execution, queries, rights
from shuli.apps.cases.operations.outcomes import Done, told
from shuli.apps.cases.operations.seats import at_seat
from shuli.apps.documents import queries as documents
from shuli.core.engine import Refused
from shuli.core.engine import commands as c

Position = Literal["before", "after", "beside"]
Rule = Literal["all", "any", "sequence"]


def add_signers(
    task_id: int, person: str, people: Iterable[str], position: Position, rule: Rule, reason: str
) -> Done | Refused:
    """Ask others to sign (加签): before one decides, after it, or as voters beside one."""
    asked = tuple(name for name in people if name)
    return at_seat(
        task_id,
        person,
        lambda seat: c.AddSigner(
            actor=person, seat=seat, people=asked, position=position, rule=rule, reason=reason.strip()
        ),
    )


def remove_signer(task_id: int, person: str, reason: str) -> Done | Refused:
    """Take an added signer off (减签) who has not decided: by whoever added them, or the process owner."""
    task = queries.task_row(task_id)
    if task is None or not rights.may_see_task(person, task):
        return Refused(code="no_such_task")
    if task.added_by != person and not rights.owns_case(person, task.case_id):
        return Refused(code="not_who_added")
    present = frozenset(documents.present("case", task.case_id))
    command = c.RemoveSigner(actor=person, seat=task.seat, reason=reason.strip(), documents=present)
    return told(task, person, execution.execute(task.case_id, command))


def delegate(task_id: int, person: str, to: str, reason: str) -> Done | Refused:
    """Let somebody do the work (委派); it comes back with an opinion, and the holder decides."""
    return at_seat(
        task_id, person, lambda seat: c.Delegate(actor=person, seat=seat, to=to, reason=reason.strip())
    )


def accept(task_id: int, person: str) -> Done | Refused:
    """Accept a task that was handed to one."""
    return at_seat(task_id, person, lambda seat: c.Accept(actor=person, seat=seat))


def decline(task_id: int, person: str, reason: str) -> Done | Refused:
    """Give a task back that was handed to one, with a reason."""
    return at_seat(task_id, person, lambda seat: c.Decline(actor=person, seat=seat, reason=reason.strip()))
