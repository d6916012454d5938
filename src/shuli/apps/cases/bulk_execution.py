"""Commands on many cases with one commit a lot: lock, decide all in memory, write all together, tell.

What a case gets is what `execution` gives it, one by one: same rows, same chain, same notices. Called and calling cases
follow one by one, under the same commit. A refusal leaves the other cases alone. When something fails, the lot is undone
and its cases go one by one, so that only the one that fails is left out.
"""

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import TypeVar

import msgspec
from django.db import connection, transaction

from shuli.apps.cases import execution, lot_rows, store
from shuli.apps.cases.lots import Answer, Asked, Lot, Move, Step, Wish
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.directory import queries as directory
from shuli.apps.documents import operations as documents
from shuli.core.engine import Refused
from shuli.core.engine import commands as c
from shuli.core.engine.marking import Marking
from shuli.kit import clock
from shuli.kit.failpoints import failpoint

log = logging.getLogger(__name__)

T = TypeVar("T")

LOT = 200  # cases of one commit: whoever wants one of them waits for so many at most

NEXT_IDS = "SELECT nextval(pg_get_serial_sequence('cases_case', 'id')) FROM generate_series(1, %s)"


def execute_many(asked: Sequence[Asked]) -> list[Answer]:
    """Run each command on its case, many to a commit; the answers stand in the order of the commands."""
    families = store.families_of([case_id for case_id, _ in asked])
    answers: dict[int, Answer] = {}
    for wave in _waves(asked, {case_id: root for case_id, (root, _) in families.items()}):
        by_load = [place for place in wave if _goes_by_load(asked[place], families)]
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


def _goes_by_load(asked: Asked, families: dict[int, tuple[int, int]]) -> bool:
    case_id, wish = asked
    versions = [families[case_id][1]] if case_id in families else []
    if isinstance(wish, Move):
        versions.append(wish.version)
    return any(_by_load(version) for version in versions)


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


def _alone(case_id: int, wish: Wish) -> Answer:
    try:
        if isinstance(wish, Move):
            return execution.migrate_case(case_id, wish.version, wish.mapping, wish.actor, wish.reason)
        return execution.execute(case_id, wish)
    except Exception:
        log.exception("case failed", extra={"case": case_id})
        return Refused(code="case_failed")


def _together(asked: Sequence[Asked]) -> list[Answer]:
    with transaction.atomic():
        found = store.lock_cases([case_id for case_id, _ in asked])
        failpoint("case.locked")
        edition = next((case.edition for case in found.values()), None)
        with _one_moment(edition or store.edition()) as lot:
            answers = [_decided(lot, found.get(case_id), wish) for case_id, wish in asked]
            failpoint("case.decided")
            lot_rows.write(lot)
            failpoint("case.written")
            lot_rows.follow_lot(lot)
            failpoint("case.followed")
    return answers


def _decided(lot: Lot, case: store.LockedCase | None, wish: Wish) -> Answer:
    return Refused(code="no_such_case") if case is None else lot.decide(case, wish)


@contextmanager
def _one_moment(edition: directory.Edition) -> Iterator[Lot]:
    """Let all questions within be about one organisation and one moment."""
    with directory.one_organisation(edition), directory.answers_kept():
        yield Lot(clock.local_now())


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
        with _one_moment(store.edition()) as lot:
            ids = _ids(len(commands))
            failpoint("case.opened")
            blank = Marking()
            answers = [
                lot.decide(_unborn(pk, version.id, blank), command)
                for pk, command in zip(ids, commands, strict=True)
            ]
            failpoint("case.decided")
            _number(lot.steps)
            lot_rows.write_new(lot)
            failpoint("case.written")
            lot_rows.follow_lot(lot)
            failpoint("case.followed")
    return list(zip(ids, answers, strict=True))


def _ids(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(NEXT_IDS, [count])
        return [pk for (pk,) in cursor.fetchall()]


def _unborn(pk: int, version_id: int, blank: Marking) -> store.LockedCase:
    return store.LockedCase(
        id=pk,
        version_id=version_id,
        marking=blank,
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
        decided = steps[0].decided
        pattern = execution.number_pattern(decided.graph)
        numbers = documents.issue_numbers(pattern, decided.world.now, execution.NUMBERS, len(steps))
        for step, number in zip(steps, numbers, strict=True):
            step.number = number
