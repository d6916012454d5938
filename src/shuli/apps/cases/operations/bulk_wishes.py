"""What a verb asks of the engine for each case of a lot, the rights asked for all of them at once.

The rights and refusals are those of the verb on one case (`bulk_verbs`). What is more than one command on a case, or needs
a look at the case under its lock, is None: that case is done by itself.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from shuli.apps.cases import rights
from shuli.apps.cases.lots import Move, Wish
from shuli.apps.cases.models import Case, Task
from shuli.apps.cases.operations.bulk_verbs import note_of, tasks_to_transfer
from shuli.apps.cases.operations.telling import LONGEST_NOTE
from shuli.apps.catalogue import queries as catalogue
from shuli.core.engine import Refused
from shuli.core.engine import commands as c

Wishes = dict[int, Wish | Refused | None]
Params = Mapping[str, Any]


def _suspend(person: str, case_ids: Sequence[int], params: Params) -> Wishes:
    return _by_owner(person, case_ids, c.Suspend(actor=person, reason=params["reason"].strip()))


def _resume(person: str, case_ids: Sequence[int], _params: Params) -> Wishes:
    return _by_owner(person, case_ids, c.Resume(actor=person))


def _terminate(person: str, case_ids: Sequence[int], params: Params) -> Wishes:
    return _by_owner(person, case_ids, c.Terminate(actor=person, reason=params["reason"].strip()))


def _by_owner(person: str, case_ids: Sequence[int], command: c.Command) -> Wishes:
    refusals = rights.refusals_unless_owner(person, case_ids)
    return {pk: refusals.get(pk, command) for pk in case_ids}


def _migrate(person: str, case_ids: Sequence[int], params: Params) -> Wishes:
    version, refusals = int(params["version"]), rights.refusals_unless_owner(person, case_ids)
    rows = Case.objects.filter(pk__in=[pk for pk in case_ids if pk not in refusals])
    known = {
        key: dict(catalogue.version_numbers(key)) for key in set(rows.values_list("process_key", flat=True))
    }
    move = Move(
        actor=person,
        version=version,
        mapping=dict(params.get("mapping") or {}),
        reason=params["reason"].strip(),
    )
    found: Wishes = dict(refusals)
    for pk, key, present in rows.values_list("pk", "process_key", "version_id"):
        if present == version:
            found[pk] = Refused(code="same_version")
        else:
            found[pk] = move if version in known[key] else Refused(code="no_such_version")
    return found


def _transfer(person: str, case_ids: Sequence[int], params: Params) -> Wishes:
    refusals = rights.refusals_unless_owner(person, case_ids)
    to, reason = params["to"], params["reason"].strip()
    found: Wishes = {}
    for pk, tasks in _tasks(case_ids, tasks_to_transfer(params)).items():
        if not tasks:
            found[pk] = Refused(code="nothing_to_do")
        elif len(tasks) == 1 and pk not in refusals:
            found[pk] = c.Transfer(actor=person, seat=tasks[0].seat, to=to, reason=reason)
        else:
            found[pk] = None
    return found


def _urge(person: str, case_ids: Sequence[int], params: Params) -> Wishes:
    visible = set(rights.visible_cases(person).filter(pk__in=case_ids).values_list("pk", flat=True))
    overseen, note = catalogue.overseen_keys(person), note_of(params).strip()[:LONGEST_NOTE]
    pressed = Case.objects.filter(pk__in=visible, ended_at=None)
    may = {pk for pk, key, starter in pressed.values_list("pk", "process_key", "starter") if starter == person or key in overseen}  # fmt: skip
    found: Wishes = {}
    for pk, tasks in _tasks(case_ids, Task.objects.filter(state=Task.State.OPEN)).items():
        if pk not in visible:
            found[pk] = Refused(code="no_such_case")
        elif not tasks:
            found[pk] = Refused(code="nothing_to_do")
        elif pk not in may:
            found[pk] = Refused(code="may_not_urge")
        else:
            found[pk] = c.Urge(actor=person, seat=tasks[0].seat, text=note) if len(tasks) == 1 else None
    return found


def _tasks(case_ids: Iterable[int], among: Any) -> dict[int, list[Task]]:
    tasks: dict[int, list[Task]] = defaultdict(list)
    for task in among.filter(case_id__in=case_ids).order_by("pk"):
        tasks[task.case_id].append(task)
    return {pk: tasks[pk] for pk in case_ids}


WISHES: dict[str, Callable[[str, Sequence[int], Params], Wishes]] = {
    "suspend": _suspend,
    "resume": _resume,
    "terminate": _terminate,
    "transfer": _transfer,
    "urge": _urge,
    "migrate": _migrate,
    "undo_migration": _migrate,
}


def wishes(verb: str, person: str, case_ids: Sequence[int], params: Params) -> Wishes:
    """Return what the verb asks for each of these cases: a command, a refusal, or None where it is done by itself."""
    asks = WISHES.get(verb)
    return asks(person, case_ids, params) if asks else dict.fromkeys(case_ids)
