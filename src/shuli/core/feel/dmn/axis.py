"""Cut the values of a column into segments between which no cell can tell a difference."""

from bisect import bisect_left
from collections.abc import Iterable
from typing import Any

from shuli.core.feel.dmn.cells import NAMED_KINDS, Cell, Part
from shuli.core.feel.kinds import KIND_OF
from shuli.core.feel.temporal.days import day_number
from shuli.core.feel.types import Simple
from shuli.core.feel.values import UNBOUNDED

Segments = tuple[int, int]
"""The first and the last segment of a row of segments."""


class Axis:
    """The values of one kind in one column.

    An ordered axis with points p₁ < … < pₙ has the segments before p₁, p₁, between p₁ and p₂, … after pₙ.
    An axis of names has one segment for every name and a last one for all other names.
    """

    __slots__ = ("is_named", "kind", "points", "position", "size", "values")

    def __init__(self, kind: Simple, cells: Iterable[Cell]) -> None:
        self.kind = kind
        self.is_named = kind in NAMED_KINDS
        ends = [
            end for cell in cells for part in cell.parts or () if part.kind is kind for end in _ends(part)
        ]
        known = {key_of(end): end for end in ends}
        keys = list(known) if self.is_named else sorted(known)
        self.points: list[Any] = keys
        # the values behind the points, for texts
        self.values = [known[key] for key in keys]
        self.position = {key: index for index, key in enumerate(keys)}
        self.size = len(keys) + 1 if self.is_named else 2 * len(keys) + 1

    def segment_of(self, value: Any) -> int:
        """Return the segment that a value of the axis's kind lies in."""
        key = key_of(value)
        if self.is_named:
            return self.position.get(key, len(self.points))
        place = bisect_left(self.points, key)
        return 2 * place + (place < len(self.points) and self.points[place] == key)

    def segments_of(self, part: Part) -> Segments | None:
        """Return the segments that an interval covers; None when it is empty."""
        if self.is_named:
            index = self.position[key_of(part.low)]
            return index, index
        first = 0 if part.low is UNBOUNDED else 2 * self.position[key_of(part.low)] + 2 - part.low_closed
        last = (
            self.size - 1 if part.high is UNBOUNDED
            else 2 * self.position[key_of(part.high)] + part.high_closed
        )  # fmt: skip
        return (first, last) if first <= last else None

    def covered(self, cell: Cell) -> list[Segments]:
        """Return the segments in which a cell passes, as rows that do not touch."""
        if cell.passes_all:
            return [(0, self.size - 1)]
        parts = cell.parts or ()
        if any(part.kind is not self.kind for part in parts) and cell.negated:
            return []
        rows = sorted(
            row for part in parts if part.kind is self.kind and (row := self.segments_of(part)) is not None
        )
        merged = _merged(rows)
        return self._complement(merged) if cell.negated else merged

    def _complement(self, rows: list[Segments]) -> list[Segments]:
        gaps: list[Segments] = []
        start = 0
        for first, last in rows:
            if start < first:
                gaps.append((start, first - 1))
            start = last + 1
        return gaps + ([(start, self.size - 1)] if start < self.size else [])

    def masks(self, cells: list[Cell]) -> list[int]:
        """Return for every segment the cells that pass in it, as bits."""
        changes = [0] * (self.size + 1)
        for index, cell in enumerate(cells):
            for first, last in self.covered(cell):
                changes[first] ^= 1 << index
                changes[last + 1] ^= 1 << index
        masks: list[int] = []
        mask = 0
        for change in changes[:-1]:
            mask ^= change
            masks.append(mask)
        return masks


def kinds_in(cells: Iterable[Cell]) -> list[Simple]:
    """Return the kinds of the constants in a column, in the order in which they come."""
    return list(dict.fromkeys(part.kind for cell in cells for part in cell.parts or ()))


def key_of(value: Any) -> Any:
    """Return what an axis sorts or looks up a value by."""
    kind = KIND_OF.get(type(value))
    if kind is Simple.DATE:
        return day_number(value)
    if kind is Simple.DAYS_AND_TIME_DURATION:
        return value.nanoseconds
    return value.months if kind is Simple.YEARS_AND_MONTHS_DURATION else value


def _ends(part: Part) -> list[Any]:
    return [end for end in (part.low, part.high) if end is not UNBOUNDED]


def _merged(rows: list[Segments]) -> list[Segments]:
    merged: list[Segments] = []
    for first, last in rows:
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged
