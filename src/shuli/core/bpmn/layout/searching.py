"""The state of the search for rows: who stands where, which lines there are, and which of them matter to whom."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from shuli.core.bpmn.layout.ranks import Ranks, carrier
from shuli.core.bpmn.layout.values import Shape, Sketch

# Rows between the first rows of two lanes, for telling which way a line leans.
LANE_STEP = 8
# The line that most of the process follows is worth more than its branches.
MAIN_LINE = 1.6
FROM_BOUNDARY = 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class Taste:
    """What is weighed differently from one attempt to the next; the drawing that comes out best is kept."""

    other_lane: float = 0.6  # a row of distance to a shape in another lane
    coming_back: float = 2.0  # the main line comes back to a lane in another row
    higher_row: float = 0.12  # a row above the one where the lane began


USUAL = Taste()


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    source: str
    target: str
    start: int  # columns between which it runs
    end: int
    backward: bool
    weight: float = 1.0
    aside: bool = False  # starts at a boundary event: never part of the main line
    imagined: bool = False  # no line at all, but its ends should share a row


@dataclass(kw_only=True, slots=True)
class Search:
    """The places so far, and what a move needs to know quickly."""

    lane: Mapping[str, int]
    column: dict[str, int]
    span: Mapping[str, int]
    row: dict[str, int] = field(default_factory=dict)
    taken: dict[tuple[int, int, int], str] = field(default_factory=dict)  # lane, row, column
    in_row: Counter[tuple[int, int]] = field(default_factory=Counter)  # how many shapes; by lane and row
    lines: list[Line] = field(default_factory=list)
    lines_of: dict[str, list[int]] = field(default_factory=dict)
    lines_over: dict[int, list[int]] = field(default_factory=dict)  # forward lines by column
    at: dict[str, tuple[int, int]] = field(default_factory=dict)  # where it is on paper
    rivals: list[tuple[int, ...]] = field(default_factory=list)  # by line: those that it could cross
    watchers: dict[str, tuple[int, ...]] = field(
        default_factory=dict
    )  # lines that the shape could stand in the way of
    compared: int = 0
    taste: Taste = USUAL

    def cells(self, key: str, row: int) -> list[tuple[int, int, int]]:
        lane, first = self.lane[key], self.column[key]
        return [(lane, row, column) for column in range(first, first + self.span[key])]

    def put(self, key: str, row: int) -> None:
        self.row[key] = row
        self.at[key] = self.column[key], self.lane[key] * LANE_STEP + row
        self.in_row[self.lane[key], row] += 1
        for cell in self.cells(key, row):
            self.taken[cell] = key

    def lift(self, key: str) -> None:
        self.in_row[self.lane[key], self.row[key]] -= 1
        for cell in self.cells(key, self.row[key]):
            if self.taken.get(cell) == key:
                del self.taken[cell]


def prepare(sketch: Sketch, ranks: Ranks, taste: Taste) -> Search:
    """Return the search before anything has a row."""
    shapes = {shape.id: shape for shape in sketch.shapes}
    search = Search(
        lane={shape.id: shape.lane for shape in sketch.shapes if shape.attached_to is None},
        column=dict(ranks.column),
        span=ranks.span,
        taste=taste,
    )
    for link in sketch.links:
        source, target = carrier(shapes, link.source), carrier(shapes, link.target)
        if source == target or _is_wide(shapes, source, target):
            continue
        backward = link.id in ranks.backward
        _add_line(search, source, target, backward=backward, aside=source != link.source)
    search.rivals = [_rivals(search, number) for number in range(len(search.lines))]
    search.watchers = {key: _watchers(search, key) for key in search.lane if key in search.column}
    _find_main_line(search)
    return search


def _is_wide(shapes: Mapping[str, Shape], source: str, target: str) -> bool:
    return shapes[source].wide or shapes[target].wide


def _add_line(search: Search, source: str, target: str, *, backward: bool, aside: bool) -> None:
    start, end = sorted((search.column[source], search.column[target]))
    number = len(search.lines)
    line = Line(source=source, target=target, start=start, end=end, backward=backward, aside=aside)
    search.lines.append(replace(line, weight=FROM_BOUNDARY) if aside else line)
    search.lines_of.setdefault(source, []).append(number)
    search.lines_of.setdefault(target, []).append(number)
    for column in range(start, end + 1) if not backward else ():
        search.lines_over.setdefault(column, []).append(number)


def _rivals(search: Search, number: int) -> tuple[int, ...]:
    """Return the lines that share columns with a line but no end; loops are led around and do not count."""
    line = search.lines[number]
    if line.backward:
        return ()
    columns = range(line.start, line.end + 1)
    others = dict.fromkeys(other for column in columns for other in search.lines_over.get(column, ()))
    return tuple(other for other in others if not _share_an_end(line, search.lines[other]))


def _share_an_end(one: Line, two: Line) -> bool:
    return one.source in (two.source, two.target) or one.target in (two.source, two.target)


def _watchers(search: Search, key: str) -> tuple[int, ...]:
    """Return the lines that may run level or upright through the places of a shape's columns."""
    found: dict[int, None] = {}
    for column in range(search.column[key], search.column[key] + search.span[key]):
        for number in search.lines_over.get(column, ()):
            line = search.lines[number]
            is_level = line.start < column < line.end
            if (is_level or line.start == line.end) and search.lane[key] in (
                search.lane[line.source],
                search.lane[line.target],
            ):
                found[number] = None
    return tuple(found)


def _find_main_line(search: Search) -> None:
    """Give the lines of the main line more weight: of several ways on, the longest."""
    depth: dict[str, int] = {}
    by_column = sorted(search.lines_of, key=lambda key: search.column[key])
    onward: dict[str, list[int]] = {key: [] for key in by_column}
    for number, line in enumerate(search.lines):
        if not (line.backward or line.aside):
            onward[line.source].append(number)
    # Twice: a hand-over within one column may be met from the wrong end first.
    for key in 2 * by_column[::-1]:
        depth[key] = 1 + max((depth.get(search.lines[n].target, 0) for n in onward[key]), default=0)
    follower: dict[str, str] = {}
    for key, numbers in onward.items():
        for number in numbers:
            line = search.lines[number]
            if depth[line.target] == depth[key] - 1:
                search.lines[number] = replace(line, weight=MAIN_LINE)
                follower.setdefault(key, line.target)
    if by_column:
        _come_back(search, max(by_column, key=lambda key: depth[key]), follower)


def _come_back(search: Search, start: str, follower: Mapping[str, str]) -> None:
    """Imagine a line from where the main line leaves a lane to where it comes back."""
    last_in: dict[int, str] = {}
    here: str | None = start
    former: str | None = None
    while here is not None:
        known = last_in.get(search.lane[here])
        if known is not None and known != former:
            number = len(search.lines)
            column = search.column[here]
            line = Line(source=known, target=here, start=column, end=column, backward=False, imagined=True)
            search.lines.append(line)
            search.rivals.append(())
            search.lines_of[known].append(number)
            search.lines_of[here].append(number)
        last_in[search.lane[here]] = former = here
        here = follower.get(here)
