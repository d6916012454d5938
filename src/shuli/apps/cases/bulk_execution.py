"""Commands on many cases with one commit a lot: lock, decide all in memory, write all together, tell.

What a case gets is what `execution` gives it, one by one: same rows, same chain, same notices. Called and calling cases
follow one by one, under the same commit. A refusal leaves the other cases alone. When something fails, the lot is undone
and its cases go one by one, so that only the one that fails is left out.
"""

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar

import msgspec
from django.db import connection, transaction

from shuli.apps.cases import execution, notices, store
from shuli.apps.cases.bulk_writing import copy, write_many
from shuli.apps.cases.changes import Change
from shuli.apps.cases.models import Notification
from shuli.apps.cases.outside import announcing
from shuli.apps.cases.outside.following import follow
from shuli.apps.cases.world import CompanyWorld
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.directory import queries as directory
from shuli.apps.documents import operations as documents
from shuli.core.bpmn.graph import ProcessGraph
from shuli.core.engine import Accepted, Refused
from shuli.core.engine import commands as c
from shuli.core.engine.marking import Marking
from shuli.kit import clock
from shuli.kit.failpoints import failpoint

log = logging.getLogger(__name__)

T = TypeVar("T")

LOT = 200  # cases of one commit: whoever wants one of them waits for so many at most

Answer = Accepted | Refused
Asked = tuple[int, c.Command]

CASE_COLUMNS = (
    "marking, variables, seq, last_hash, status, title, custodian, incidents, ended_at, id, number, process_key,"
    " version_id, starter, starter_department, started_at"
)
NEXT_IDS = "SELECT nextval(pg_get_serial_sequence('cases_case', 'id')) FROM generate_series(1, %s)"


@dataclass(kw_only=True)
class Step:
    """One case of a lot: what it was, what is asked, what the engine makes of it."""

    case: store.LockedCase
    graph: ProcessGraph
    world: CompanyWorld
    command: c.Command
    answer: Accepted


def execute_many(asked: Sequence[Asked]) -> list[Answer]:
    """Run each command on its case, many to a commit; the answers stand in the order of the commands."""
    families = store.families_of([case_id for case_id, _ in asked])
    answers: dict[int, Answer] = {}
    for wave in _waves(asked, {case_id: root for case_id, (root, _) in families.items()}):
        by_load = [
            place for place in wave if asked[place][0] in families and _by_load(families[asked[place][0]][1])
        ]
        answers.update((place, _alone(*asked[place])) for place in by_load)
        for lot in _lots([place for place in wave if place not in answers]):
            answers.update(zip(lot, _lot([asked[place] for place in lot]), strict=True))
    return [answers[place] for place in range(len(asked))]


def start_many(process_key: str, commands: Sequence[c.Start]) -> list[tuple[int, Answer]]:
    """Start so many cases of a process, many to a commit; their numbers follow one another in the order of the commands."""
    if _by_load(catalogue.version_in_force(process_key).id):
        return [_start_alone(process_key, command) for command in commands]
    return [found for lot in _lots(commands) for found in _start_lot(process_key, lot)]


def _lots(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    return (rows[start : start + LOT] for start in range(0, len(rows), LOT))


@lru_cache(maxsize=256)
def _by_load(version_id: int) -> bool:
    """Say whether the process gives work to whoever has least, which the rows of the case before must show."""
    return b'"least_loaded"' in msgspec.json.encode(catalogue.graph(version_id), enc_hook=str)


def _waves(asked: Sequence[Asked], roots: dict[int, int]) -> list[list[int]]:
    """Return the places of the commands such that in each wave a case, or a family of cases, stands once."""
    turns: Counter[int] = Counter()
    waves: list[list[int]] = []
    for place, (case_id, _) in enumerate(asked):
        root = roots.get(case_id, case_id)
        turn = turns[root]
        turns[root] += 1
        if turn == len(waves):
            waves.append([])
        waves[turn].append(place)
    return waves


# A lot of commands --------------------------------------------------------------------------------------------------


def _lot(asked: Sequence[Asked]) -> list[Answer]:
    try:
        return _together(asked)
    except Exception:
        log.exception("lot failed, its cases go one by one", extra={"cases": len(asked)})
    return [_alone(case_id, command) for case_id, command in asked]


def _alone(case_id: int, command: c.Command) -> Answer:
    try:
        return execution.execute(case_id, command)
    except Exception:
        log.exception("case failed", extra={"case": case_id})
        return Refused(code="case_failed")


def _together(asked: Sequence[Asked]) -> list[Answer]:
    with transaction.atomic():
        found = store.lock_cases([case_id for case_id, _ in asked])
        failpoint("case.locked")
        with _one_moment(found.values()) as worlds:
            answers, steps = _decided(asked, found, worlds)
            write_many([*_changes(step)] for step in steps)
            failpoint("case.written")
            _follow(steps)
            failpoint("case.followed")
    return answers


@contextmanager
def _one_moment(cases: Iterable[store.LockedCase]) -> Iterator["Worlds"]:
    """Let all questions within be about one organisation and one moment."""
    edition = next((case.edition for case in cases), None)
    with directory.one_organisation(edition or store.edition()), directory.answers_kept():
        yield Worlds(clock.local_now())


class Worlds(dict[int, CompanyWorld]):
    """The company at one moment, for the cases of each version."""

    def __init__(self, now: datetime) -> None:
        super().__init__()
        self.now = now

    def __missing__(self, version_id: int) -> CompanyWorld:
        self[version_id] = CompanyWorld(now=self.now, version=version_id)
        return self[version_id]


def _decided(
    asked: Sequence[Asked], found: dict[int, store.LockedCase], worlds: Worlds
) -> tuple[list[Answer], list[Step]]:
    answers: list[Answer] = []
    steps: list[Step] = []
    for case_id, command in asked:
        case = found.get(case_id)
        answers.append(
            Refused(code="no_such_case") if case is None else _decide(case, command, worlds, steps)
        )
    failpoint("case.decided")
    return answers, steps


def _decide(case: store.LockedCase, command: c.Command, worlds: Worlds, steps: list[Step]) -> Answer:
    """Return what the command comes to; where the case goes on, its step is one more to be written."""
    graph, world = catalogue.graph(case.version_id), worlds[case.version_id]
    answer = execution.decision(case, graph, command, world)
    if isinstance(answer, Accepted):
        steps.append(Step(case=case, graph=graph, world=world, command=command, answer=answer))
    return answer


def _changes(step: Step) -> Iterator[Change]:
    changes, chain = execution.changes_of(step.case, step.graph, step.command, step.answer, step.world)
    yield from changes
    values = execution.case_values(step.case, step.graph, step.answer, chain, step.world.now)
    yield "save_case", values


def _follow(steps: Sequence[Step]) -> None:
    """Tell people in one statement; what concerns other cases goes case by case, after all rows are written."""
    notices.write([letter for step in steps for letter in _letters(step)])
    known = announcing.addresses()
    for step in steps:
        case = step.case
        follow(case.id, step.graph, step.answer, case.marking, step.world.now, known)
        execution.follow_family(case, step.answer, step.command.actor)


def _letters(step: Step) -> list[Notification]:
    case = step.case
    return notices.letters(case.id, step.graph, step.answer, step.world, case.marking, step.command.actor)


# A lot of new cases -------------------------------------------------------------------------------------------------


def _start_lot(process_key: str, commands: Sequence[c.Start]) -> list[tuple[int, Answer]]:
    try:
        return _started_together(process_key, commands)
    except catalogue.NotInForceError:
        raise
    except Exception:
        log.exception("lot failed, its cases start one by one", extra={"cases": len(commands)})
    return [_start_alone(process_key, command) for command in commands]


def _start_alone(process_key: str, command: c.Start) -> tuple[int, Answer]:
    try:
        return execution.start(process_key, command)
    except Exception:
        log.exception("case failed to start", extra={"key": process_key})
        return 0, Refused(code="case_failed")


def _started_together(process_key: str, commands: Sequence[c.Start]) -> list[tuple[int, Answer]]:
    with transaction.atomic():
        version = catalogue.version_in_force(process_key)
        with _one_moment(()) as worlds:
            ids = _ids(len(commands))
            failpoint("case.opened")
            cases = {pk: _unborn(pk, version.id) for pk in ids}
            answers, steps = _decided(list(zip(ids, commands, strict=True)), cases, worlds)
            _number(steps)
            _write_new(steps)
            failpoint("case.written")
            _follow(steps)
            failpoint("case.followed")
    return list(zip(ids, answers, strict=True))


def _ids(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(NEXT_IDS, [count])
        return [pk for (pk,) in cursor.fetchall()]


def _unborn(pk: int, version_id: int) -> store.LockedCase:
    return store.LockedCase(
        id=pk,
        version_id=version_id,
        marking=Marking(),
        seq=0,
        last_hash=b"",
        parent_id=None,
        parent_child=None,
        number="",
        touched={},
        edition=None,
    )


def _number(steps: Sequence[Step]) -> None:
    """Give the cases that have begun their numbers; who was refused gets none, so that the series has no gaps."""
    if steps:
        pattern = execution.number_pattern(steps[0].graph)
        numbers = documents.issue_numbers(pattern, steps[0].world.now, execution.NUMBERS, len(steps))
        for step, number in zip(steps, numbers, strict=True):
            step.case = replace(step.case, number=number)


def _write_new(steps: Sequence[Step]) -> None:
    """Write the cases as they are after their first command, then what it changed beside them."""
    rows, beside = [], []
    for step in steps:
        *changes, (_, saved) = _changes(step)
        beside.append(changes)
        rows.append(_new_row(step, saved))
    copy("cases_case", CASE_COLUMNS, rows)
    write_many(beside)


def _new_row(step: Step, saved: tuple[Any, ...]) -> tuple[Any, ...]:
    *values, ended_at, _, pk = saved
    actor, now = step.command.actor, step.world.now
    department = directory.main_department(actor) or ""
    return (
        *values,
        ended_at,
        pk,
        step.case.number,
        step.graph.key,
        step.case.version_id,
        actor,
        department,
        now,
    )
