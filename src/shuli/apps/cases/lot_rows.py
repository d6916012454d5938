"""The rows of a lot: what was decided once becomes a block of rows, one for each of its cases."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from shuli.apps.cases import execution, notices, store
from shuli.apps.cases.bulk_writing import Written, block_of, write_many
from shuli.apps.cases.copying import Block, Differing, copy
from shuli.apps.cases.lots import PLACE, Decided, Lot, Move, Step
from shuli.apps.cases.models import Case, Notification
from shuli.apps.cases.outside import announcing
from shuli.apps.cases.outside.following import FOLLOWERS, follow
from shuli.apps.cases.titles import case_title
from shuli.apps.directory import queries as directory
from shuli.core.engine import events as e
from shuli.kit.failpoints import failpoint

CASE_COLUMNS = (
    "marking, variables, seq, last_hash, status, title, custodian, incidents, ended_at, id, number, process_key,"
    " version_id, starter, starter_department, started_at"
)
AMONG_THE_FAMILY = (e.ChildRequested, e.ChildClosed)


def write(lot: Lot) -> None:
    """Write what the commands changed."""
    _chain(lot.steps)
    write_many([*_changes(decided), ("save_case", _case(decided))] for decided in lot.decided)
    moved: dict[int, list[int]] = {}
    for decided in lot.decided:
        if isinstance(decided.wish, Move):
            moved.setdefault(decided.wish.version, []).extend(_keys(decided))
    for version, keys in moved.items():
        Case.objects.filter(pk__in=keys).update(version_id=version)


def write_new(lot: Lot) -> None:
    """Write cases that begin as they are after their first command, and what it changed beside them."""
    _chain(lot.steps)
    copy("cases_case", CASE_COLUMNS, [_new_case(decided) for decided in lot.decided])
    write_many(([*_changes(decided)] for decided in lot.decided), are_new=True)


def _chain(steps: Iterable[Step]) -> None:
    for step in steps:
        step.chain()
    failpoint("events.chained")


def _keys(decided: Decided) -> list[int]:
    return [step.case.id for step in decided.steps]


def _changes(decided: Decided) -> Iterator[Written]:
    """Yield the changes beside the cases' own rows; what one command gives twice is written once."""
    keys = Differing(_keys(decided))
    answer, world = decided.accepted, decided.world
    changes = execution.projected(decided.any_case, decided.graph, decided.command, answer, world)
    seen: list[Any] = []
    for change in changes:
        if change[0] != "give_access" or change not in seen:
            seen.append(change)
            yield block_of(change, keys, PLACE)
    if decided.payloads:
        yield from (("append_event", block) for block in _events(decided, keys))


def _events(decided: Decided, keys: Differing) -> Iterator[Block]:
    """Yield the new events: of one case all together, of many each place in their chains for itself."""
    now, actor, steps = decided.world.now, decided.wish.actor, decided.steps
    if len(steps) == 1:
        yield _chain_of(steps[0], decided)
        return
    for place, (kind, payload) in enumerate(decided.payloads):
        seqs = _column([step.case.seq + place + 1 for step in steps])
        hashes = Differing(step.hashes[place] for step in steps)
        columns = [keys, seqs, now, kind, actor, payload.decode(), hashes]
        yield Block(columns=columns, size=len(steps))


def _chain_of(step: Step, decided: Decided) -> Block:
    size, first = len(step.hashes), step.case.seq + 1
    kinds, payloads = zip(*decided.payloads, strict=True)
    columns = [
        Differing([step.case.id] * size),
        Differing(range(first, first + size)),
        decided.world.now,
        Differing(kinds),
        decided.wish.actor,
        Differing(payload.decode() for payload in payloads),
        Differing(step.hashes),
    ]
    return Block(columns=columns, size=size)


def _column(values: Sequence[Any]) -> Any:
    """Return the value that all rows have, or one for each."""
    return values[0] if values.count(values[0]) == len(values) else Differing(values)


def _case(decided: Decided) -> Block:
    """Return what `save_case` writes of each of these cases."""
    after, steps, events = decided.accepted.marking, decided.steps, len(decided.payloads)
    marking, variables = store.encode_marking(after)
    ended_at = decided.world.now if after.status in execution.ENDED else None
    columns = [
        marking,
        variables,
        _column([step.case.seq + events for step in steps]),
        Differing(step.hashes[-1] if step.hashes else step.case.last_hash for step in steps),
        after.status,
        _column([case_title(decided.graph, after.variables, step.number) for step in steps]),
        after.custodian or "",
        len(after.incidents),
        ended_at,
        ended_at,
        Differing(_keys(decided)),
    ]
    return Block(columns=columns, size=len(steps))


def _new_case(decided: Decided) -> Block:
    saved = _case(decided)
    *values, ended_at, _, keys = saved.columns
    actor = decided.wish.actor
    columns = [
        *values,
        ended_at,
        keys,
        Differing(step.number for step in decided.steps),
        decided.graph.key,
        decided.case.version_id,
        actor,
        directory.main_department(actor) or "",
        decided.world.now,
    ]
    return Block(columns=columns, size=saved.size)


# What follows -------------------------------------------------------------------------------------------------------


def follow_lot(lot: Lot) -> None:
    """Tell people in one statement; what concerns others goes case by case, after all rows are written."""
    notices.write([letter for decided in lot.decided for letter in _letters(decided)])
    known = announcing.addresses()
    callers = _callers(lot)
    for step in lot.steps:
        decided = step.decided
        answer, before, now = decided.accepted, step.case.marking, decided.world.now
        if known or _asks_outside(decided):
            follow(step.case.id, decided.graph, answer, before, now, known)
        if step.case.id in callers or step.case.parent_id is not None or _asks_family(decided):
            execution.follow_family(step.case, answer, decided.wish.actor)


def _letters(decided: Decided) -> Iterator[Notification]:
    """Yield what is told of each of these cases."""
    said = notices.letters(
        PLACE, decided.graph, decided.accepted, decided.world, decided.case.marking, decided.wish.actor
    )
    for key in _keys(decided):
        for one in said:
            facts = {
                name: getattr(one, name)
                for name in ("person", "node", "visit_number", "code", "params", "at")
            }
            yield Notification(case_id=key, **facts)


def _callers(lot: Lot) -> set[int]:
    """Return the cases that end before their time while cases that they called run on."""
    cut = [key for decided in lot.decided if execution.was_cut(decided.accepted) for key in _keys(decided)]
    called = (
        Case.objects.filter(parent_id__in=cut, status=Case.Status.RUNNING) if cut else Case.objects.none()
    )
    return set(called.values_list("parent_id", flat=True))


def _asks_outside(decided: Decided) -> bool:
    return any(type(event) in FOLLOWERS for event in decided.accepted.events)


def _asks_family(decided: Decided) -> bool:
    return any(isinstance(event, AMONG_THE_FAMILY) for event in decided.accepted.events)
