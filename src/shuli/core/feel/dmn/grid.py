"""The space that the inputs of a decision table span, cut into boxes between which no rule can tell."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from shuli.core.feel.dmn.axis import Axis, kinds_in
from shuli.core.feel.dmn.cells import Cell
from shuli.core.feel.dmn.findings import Where
from shuli.core.feel.text import literal_text
from shuli.core.feel.types import Simple

_MOST_STEPS = 50_000


class MostSearched(Exception):  # noqa: N818 — it only ends a search
    """The space is too large to be searched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A part of one column: the rules that pass in it, as bits, and where on its axis it is."""

    mask: int
    axis: Axis | None = None  # None: the column makes no difference
    index: int = 0

    @property
    def texts(self) -> tuple[str, ...]:
        return () if self.axis is None else (segments_text(self.axis, self.index, self.index),)


class Grid:
    """The columns of a table as rows of segments."""

    def __init__(self, columns: Sequence[list[Cell]], allowed: Sequence[Cell | None]) -> None:
        self._columns = columns
        self._count = len(columns[0]) if columns else 0
        self._unknown = [
            _bits_of(cell.parts is None and not cell.passes_all for cell in cells) for cells in columns
        ]
        self._segments = [_segments(cells, values) for cells, values in zip(columns, allowed, strict=True)]
        self._steps = 0

    @cached_property
    def _neighbours(self) -> list[list[int]]:
        """By column, and by rule, the rules that some value of the column passes together with it."""
        found = [[0] * self._count for _ in self._segments]
        for column, segments in zip(found, self._segments, strict=True):
            for segment in segments:
                for index in _bits(segment.mask):
                    column[index] |= segment.mask
        return found

    @cached_property
    def _own(self) -> list[list[list[int]]]:
        """By column, and by rule, the masks of the segments in which the rule passes."""
        found: list[list[list[int]]] = [[[] for _ in range(self._count)] for _ in self._segments]
        for column, segments in zip(found, self._segments, strict=True):
            for segment in segments:
                for index in _bits(segment.mask):
                    column[index].append(segment.mask)
        return found

    @property
    def is_complete(self) -> bool:
        """Return whether every cell can be understood without running it."""
        return not any(self._unknown)

    def unknown_rules(self) -> tuple[int, ...]:
        """Return the rules, counted from 1, of which a cell has to be run."""
        return tuple(
            index + 1 for index in range(self._count) if any(mask >> index & 1 for mask in self._unknown)
        )

    def overlapping_pairs(self) -> Iterator[tuple[int, int]]:
        """Yield every pair of rules that some values match both; rules with a cell to be run are left out."""
        for index in range(self._count):
            mask = ((1 << self._count) - 1) & ~((2 << index) - 1)
            if self._is_unknown(index):
                continue
            for neighbours in self._neighbours:
                mask &= neighbours[index]
            yield from ((index, other) for other in _bits(mask) if not self._is_unknown(other))

    def common_place(self, one: int, other: int) -> Where:
        """Return values that two rules both match."""
        both = (1 << one) | (1 << other)
        found = (
            next((part for part in segments if part.mask & both == both), None) for segments in self._segments
        )
        return tuple(part.texts for part in found if part is not None)

    def is_empty(self, index: int) -> bool:
        """Return whether a rule has a test that nothing can pass."""
        return not self._is_unknown(index) and any(not found[index] for found in self._neighbours)

    def is_covered(self, index: int, by: Sequence[int]) -> bool:
        """Return whether other rules match wherever a rule does; False where the search is too long."""
        others = sum(1 << other for other in by if not self._is_unknown(other))
        self._steps = 0
        try:
            return not self._is_unknown(index) and not self._has_place_without(others, index, 0)
        except MostSearched:
            return False

    def gaps(self) -> Iterator[Where]:
        """Yield the places that no rule covers; MostSearched when there is too much to look at.

        A rule with a cell to be run counts as matching there, so that no gap is reported that may be none.
        """
        self._steps = 0
        yield from self._gaps((1 << self._count) - 1, 0, ())

    def _is_unknown(self, index: int) -> bool:
        return any(mask >> index & 1 for mask in self._unknown)

    def _has_place_without(self, others: int, index: int, column: int) -> bool:
        self._step()
        if not others:
            return True
        if column == len(self._segments):
            return False
        masks = {mask & others for mask in self._own[column][index]}
        return any(self._has_place_without(mask, index, column + 1) for mask in masks)

    def _gaps(self, alive: int, column: int, where: Where) -> Iterator[Where]:
        self._step()
        if not alive:
            yield where
            return
        if column == len(self._segments) or self._is_covered_from(alive, column):
            return
        grouped: dict[int, list[Segment]] = {}
        for part in self._segments[column]:
            grouped.setdefault((part.mask | self._unknown[column]) & alive, []).append(part)
        for mask, parts in grouped.items():
            texts = () if len(parts) == len(self._segments[column]) else _texts(parts)
            yield from self._gaps(mask, column + 1, (*where, texts))

    def _is_covered_from(self, alive: int, column: int) -> bool:
        """Return whether a rule that is alive passes everything in all columns that are left."""
        for segments in self._segments[column:]:
            for part in segments:
                alive &= part.mask
        return alive != 0

    def _step(self) -> None:
        self._steps += 1
        if self._steps > _MOST_STEPS:
            raise MostSearched


def _segments(cells: list[Cell], allowed: Cell | None) -> list[Segment]:
    everything = _bits_of(cell.passes_all for cell in cells)
    kinds = kinds_in([*cells, *([allowed] if allowed is not None else [])])
    segments: list[Segment] = []
    for kind in kinds:
        axis = Axis(kind, [*cells, *([allowed] if allowed is not None else [])])
        masks = axis.masks(cells)
        wanted = _allowed_segments(axis, allowed)
        segments += [
            Segment(mask=masks[index], axis=axis, index=index)
            for index in range(axis.size)
            if index in wanted and not _is_no_value(axis, index)
        ]
    return segments or [Segment(mask=everything)]


def _allowed_segments(axis: Axis, allowed: Cell | None) -> set[int]:
    if allowed is None or allowed.parts is None:
        return set(range(axis.size))
    return {index for first, last in axis.covered(allowed) for index in range(first, last + 1)}


def _is_no_value(axis: Axis, index: int) -> bool:
    """Return whether a segment holds nothing: there is no third boolean."""
    return axis.kind is Simple.BOOLEAN and index == axis.size - 1 and len(axis.points) == 2


def _texts(parts: list[Segment]) -> tuple[str, ...]:
    """Return segments as text, those that touch as one interval."""
    rows: list[tuple[Axis | None, int, int]] = []
    for part in parts:
        if rows and part.axis is not None and not part.axis.is_named:
            axis, first, last = rows[-1]
            if axis is part.axis and last + 1 == part.index:
                rows[-1] = (axis, first, part.index)
                continue
        rows.append((part.axis, part.index, part.index))
    return tuple("-" if axis is None else segments_text(axis, first, last) for axis, first, last in rows)


def segments_text(axis: Axis, first: int, last: int) -> str:
    """Return a row of segments as people write it: a value, an interval, or the names that are left."""
    if axis.is_named:
        return literal_text(axis.values[first]) if first < len(axis.points) else _other_names(axis)
    if first == last and first % 2:
        return literal_text(axis.values[first // 2])
    low_closed, high_closed = bool(first % 2), bool(last % 2)
    low = literal_text(axis.values[first // 2 - (not low_closed)]) if first else ""
    high = literal_text(axis.values[last // 2]) if last < axis.size - 1 else ""
    if low and high:
        return f"{'[' if low_closed else '('}{low}..{high}{']' if high_closed else ')'}"
    if low:
        return f">{'=' if low_closed else ''} {low}"
    return f"<{'=' if high_closed else ''} {high}" if high else "-"


def _other_names(axis: Axis) -> str:
    if axis.kind is Simple.BOOLEAN and len(axis.points) == 1:
        return literal_text(not axis.values[0])
    return f"not({', '.join(map(literal_text, axis.values))})"


def _bits_of(flags: Iterator[bool]) -> int:
    return sum(1 << index for index, flag in enumerate(flags) if flag)


def _bits(mask: int) -> Iterator[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest
