"""What changed between two versions of a decision table."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from shuli.apps.catalogue.decisions.grid import Column, Grid, Row

State = Literal["same", "added", "removed", "changed"]


@dataclass(frozen=True, kw_only=True)
class CellChange:
    now: str
    before: str = ""
    is_changed: bool = False


@dataclass(frozen=True, kw_only=True)
class RowChange:
    """One row: its number now (0: it is gone), what became of it, and its cells."""

    number: int
    state: State
    cells: tuple[CellChange, ...]


@dataclass(frozen=True, kw_only=True)
class Difference:
    rows: tuple[RowChange, ...]
    columns: tuple[str, ...] = ()  # labels of columns that came, went or changed
    policy: tuple[str, str] | None = None

    @property
    def is_empty(self) -> bool:
        return not self.columns and not self.policy and all(row.state == "same" for row in self.rows)


def difference(before: Grid, now: Grid) -> Difference:
    """Return the rows of the present table beside those of the one before, matched by what they say."""
    rows = tuple(_rows(_cells_by_column(before, now), [_cells(row, now) for row in now.rows]))
    policy = (before.hit_policy, now.hit_policy) if before.hit_policy != now.hit_policy else None
    return Difference(rows=rows, columns=tuple(_columns(before, now)), policy=policy)


def _cells(row: Row, _grid: Grid) -> list[str]:
    return [cell.strip() for cell in (*row.tests, *row.outputs, *row.annotations)]


def _cells_by_column(before: Grid, now: Grid) -> list[list[str]]:
    """Return the rows before with their cells under the columns of now, matched by the columns' ids."""
    old = [
        *((column.id, "tests", at) for at, column in enumerate(before.inputs)),
        *((column.id, "outputs", at) for at, column in enumerate(before.outputs)),
        *((f"note-{at}", "annotations", at) for at in range(len(before.annotations))),
    ]
    places = {identity: (part, at) for identity, part, at in old}
    wanted = [
        *(column.id for column in (*now.inputs, *now.outputs)),
        *(f"note-{at}" for at in range(len(now.annotations))),
    ]
    found = [places.get(identity) for identity in wanted]
    return [
        [getattr(row, place[0])[place[1]].strip() if place else "" for place in found] for row in before.rows
    ]


def _rows(before: list[list[str]], now: list[list[str]]) -> Iterator[RowChange]:
    matcher = SequenceMatcher(a=[tuple(row) for row in before], b=[tuple(row) for row in now], autojunk=False)
    for kind, a1, a2, b1, b2 in matcher.get_opcodes():
        paired = min(a2 - a1, b2 - b1) if kind == "replace" else b2 - b1 if kind == "equal" else 0
        for at in range(paired):
            yield _pair(before[a1 + at], now[b1 + at], b1 + at + 1)
        for at in range(a1 + paired, a2):
            yield RowChange(number=0, state="removed", cells=tuple(CellChange(now=c) for c in before[at]))
        for at in range(b1 + paired, b2):
            yield RowChange(number=at + 1, state="added", cells=tuple(CellChange(now=c) for c in now[at]))


def _pair(before: list[str], now: list[str], number: int) -> RowChange:
    cells = tuple(
        CellChange(now=new, before=old, is_changed=old != new) for old, new in zip(before, now, strict=True)
    )
    state: State = "changed" if any(cell.is_changed for cell in cells) else "same"
    return RowChange(number=number, state=state, cells=cells)


def _columns(before: Grid, now: Grid) -> Iterator[str]:
    old = {column.id: column for column in (*before.inputs, *before.outputs)}
    new = {column.id: column for column in (*now.inputs, *now.outputs)}
    for identity in dict.fromkeys([*old, *new]):
        if old.get(identity) != new.get(identity):
            column: Column = new.get(identity) or old[identity]
            yield column.label or column.expression or column.name
