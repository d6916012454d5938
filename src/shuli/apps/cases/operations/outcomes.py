"""What comes of an operation: done, a form with errors, or a refusal; each a value."""

from dataclasses import dataclass

from shuli.apps.cases import rights
from shuli.apps.cases.models import Task
from shuli.core.engine import Accepted, Refused
from shuli.core.forms import Validation


@dataclass(frozen=True, kw_only=True)
class Done:
    """The command was carried out."""

    case_id: int


@dataclass(frozen=True, kw_only=True)
class Begun:
    """A verb on many cases was begun; a job carries it out."""

    run_id: int


@dataclass(frozen=True, kw_only=True)
class Unfit:
    """The form has errors; nothing was changed."""

    validation: Validation


Outcome = Done | Unfit | Refused


LATE = frozenset({"task_closed", "already_done", "already_claimed", "not_holder"})


def outcome(case_id: int, answer: Accepted | Refused) -> Done | Refused:
    return answer if isinstance(answer, Refused) else Done(case_id=case_id)


def told(task: Task, person: str, answer: Accepted | Refused) -> Done | Refused:
    """Tell whoever came too late by whom and when, which the engine no longer knows."""
    if not isinstance(answer, Refused) or answer.code not in LATE:
        return outcome(task.case_id, answer)
    task.refresh_from_db()
    if answer.code == "already_claimed":
        return Refused(code=answer.code, params={"who": task.holder, "at": task.claimed_at})
    return rights.refuse_unless_actor(person, task) or answer
