"""From figures to findings: where it is going, what may become a problem, where something could be gained.

A finding holds its numbers and its place; whoever shows it knows the words and the link.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal

from msgspec import Struct

from shuli.core.figures.outliers import outliers
from shuli.core.figures.trends import run_of, slope, trend

Section = Literal["trend", "problem", "opportunity"]
RUN = 3  # periods in a row that get worse
NEAR = 0.02  # of the target: so little is left that it is worth saying
APART = 0.05  # of the mean: so much better is worth learning from


class Line(Struct, frozen=True, kw_only=True):
    """One indicator at one place, period by period, the last one being reported on."""

    figure: str
    place: str = ""  # "": of the whole
    values: tuple[float | None, ...]
    target: float | None = None
    better: Literal["up", "down", ""] = ""
    weight: float = 0.0  # what stands behind the last value: visits, cases, seconds


class Finding(Struct, frozen=True, kw_only=True):
    section: Section
    code: str
    figure: str
    place: str
    value: float
    other: float | None = None  # what it is held against: the target, the median, the change a period
    count: int = 0  # periods in a row, or places
    weight: float = 0.0


def findings(lines: Sequence[Line]) -> list[Finding]:
    """Return what the lines say, the weightiest of each section first; nothing where there is nothing to say."""
    found = [one for line in lines for finder in OF_ONE for one in finder(line)]
    found += [one for finder in OF_MANY for one in finder(lines)]
    order = {"trend": 0, "problem": 1, "opportunity": 2}
    return sorted(found, key=lambda one: (order[one.section], -one.weight, one.figure, one.place, one.code))


# Of one line -----------------------------------------------------------------------------------------------


def _going(line: Line) -> Iterator[Finding]:
    direction, last = trend(line.values), _last(line)
    if not direction or last is None:
        return
    code = "change" if not line.better else "better" if direction == line.better else "worse"
    yield _finding(line, "trend", code, last, other=slope(line.values), count=_known(line))


def _off_target(line: Line) -> Iterator[Finding]:
    last = _last(line)
    if last is None or line.target is None:
        return
    short = line.target - last if line.better == "up" else last - line.target
    if short > 0:
        yield _finding(line, "problem", "off_target", last, other=line.target)
    elif -short <= NEAR * abs(line.target) and _run_against(line) >= 1:
        yield _finding(line, "problem", "near_target", last, other=line.target)


def _getting_worse(line: Line) -> Iterator[Finding]:
    last, run = _last(line), _run_against(line)
    if last is not None and run >= RUN:
        yield _finding(line, "problem", "worse_in_a_row", last, count=run)


def _stands_apart(line: Line) -> Iterator[Finding]:
    at = len(line.values) - 1
    for one in outliers(line.values):
        if one.at == at:
            yield _finding(line, "problem", "outlier", one.value, other=one.median)


# Of the places of an indicator together -------------------------------------------------------------------


def _best_practice(lines: Sequence[Line]) -> Iterator[Finding]:
    """Find, of several places with a target, the one that shows how much better it could be than on average."""
    for own in _by_figure(lines):
        if len(own) < 3 or not own[0].better:
            continue
        values = [line.values[-1] or 0.0 for line in own]
        mean = sum(values) / len(values)
        best = max(own, key=lambda line: _signed(line, line.values[-1] or 0.0))
        last = best.values[-1] or 0.0
        if _signed(best, last - mean) > APART * abs(mean):
            yield _finding(best, "opportunity", "best_practice", last, other=mean, count=len(own))


def _largest_part(lines: Sequence[Line]) -> Iterator[Finding]:
    """Find the place that makes up most of something of which less is better: there is most to be gained."""
    for own in _by_figure(lines):
        whole = sum(line.weight for line in own)
        if len(own) < 3 or own[0].better != "down" or not whole:
            continue
        largest = max(own, key=lambda line: line.weight)
        share = largest.weight / whole
        if share >= 2 / len(own):
            yield _finding(
                largest, "opportunity", "largest_part", largest.values[-1] or 0.0, other=share, count=len(own)
            )


OF_ONE: tuple[Callable[[Line], Iterator[Finding]], ...] = (_going, _off_target, _getting_worse, _stands_apart)
OF_MANY: tuple[Callable[[Sequence[Line]], Iterator[Finding]], ...] = (_best_practice, _largest_part)


def _by_figure(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Give for each figure its lines of places of which something is known now."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        if line.place and _last(line) is not None:
            found.setdefault(line.figure, []).append(line)
    yield from (sorted(own, key=lambda line: line.place) for own in found.values())


def _signed(line: Line, value: float) -> float:
    return value if line.better == "up" else -value


def _run_against(line: Line) -> int:
    if not line.better:
        return 0
    return run_of(line.values, "down" if line.better == "up" else "up")


def _last(line: Line) -> float | None:
    return line.values[-1] if line.values else None


def _known(line: Line) -> int:
    return sum(value is not None for value in line.values)


def _finding(
    line: Line, section: Section, code: str, value: float, *, other: float | None = None, count: int = 0
) -> Finding:
    return Finding(
        section=section,
        code=code,
        figure=line.figure,
        place=line.place,
        value=value,
        other=other,
        count=count,
        weight=line.weight,
    )
