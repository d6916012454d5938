"""In which row of its lane a shape stands: main line straight, branches beside it, few crossings.

A local search over one cost: bends, lines across shapes, crossings of the straight lines between the places, and rows.
It is deterministic and its work is bounded by the number of shapes.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from shuli.core.bpmn.layout.ranks import Ranks, carrier
from shuli.core.bpmn.layout.values import Shape, Sketch

# Costs, in units of one row.
LOWER_ROW = 0.1
HIGHER_ROW = 0.12
BEND = 2.0
DISTANCE = 1.0
OTHER_LANE_DISTANCE = 0.6
BACKWARD_DISTANCE = 0.4
OVER_A_SHAPE = 4.0
CROSSING = 5.0
ONE_MORE_ROW = 4.0
# The line that most of the process follows is worth more than its branches.
MAIN_LINE = 1.6
FROM_BOUNDARY = 0.5
# It also keeps its row in a lane to which it comes back from another one.
COMING_BACK = 2.0

SWEEPS = 6
LONGEST_TAIL = 24
# Bounds the time for very large diagrams, by what is counted and not by the clock.
MOST_COMPARISONS = 400_000
# Rows between the first rows of two lanes, for telling which way a line leans.
LANE_STEP = 8


Cell = tuple[int, int]  # column, row


@dataclass(frozen=True, kw_only=True, slots=True)
class _Line:
    source: str
    target: str
    start: int  # columns between which it runs
    end: int
    backward: bool
    weight: float = 1.0
    aside: bool = False  # starts at a boundary event: never part of the main line
    imagined: bool = False  # no line at all, but its ends should share a row


@dataclass(kw_only=True, slots=True)
class _Search:
    """The places so far, and what a move needs to know quickly."""

    lane: Mapping[str, int]
    column: dict[str, int]
    span: Mapping[str, int]
    row: dict[str, int] = field(default_factory=dict)
    taken: dict[tuple[int, int, int], str] = field(default_factory=dict)  # lane, row, column
    in_row: Counter[tuple[int, int]] = field(default_factory=Counter)  # how many shapes; by lane and row
    lines: list[_Line] = field(default_factory=list)
    lines_of: dict[str, list[int]] = field(default_factory=dict)
    lines_over: dict[int, list[int]] = field(default_factory=dict)  # forward lines by column
    at: dict[str, tuple[int, int]] = field(default_factory=dict)  # where it is on paper
    compared: int = 0

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


def arrange(sketch: Sketch, ranks: Ranks) -> dict[str, Cell]:
    """Return the column and row of every shape; rows count from 0 in each lane, without gaps."""
    search = _prepared(sketch, ranks)
    held = [shape for shape in sketch.shapes if shape.id in ranks.column and shape.attached_to is None]
    # Notes and data take what the flow leaves.
    held.sort(key=lambda shape: (shape.beside is not None, search.column[shape.id]))
    order = [shape.id for shape in held]
    for key in order:
        search.put(key, _first_free(search, key))
    _improve(search, order)
    for shape in sketch.shapes:
        if shape.id not in ranks.column and shape.attached_to is None:
            _place_lonely(search, ranks, shape)
    return _without_gaps(search)


def _improve(search: _Search, order: list[str]) -> None:
    for _sweep in range(SWEEPS):
        groups = [[key] for key in order] + _tails(search, order)
        moved = False
        for group in groups:
            if search.compared > MOST_COMPARISONS:
                return
            moved = _settle(search, group) or moved
        if not moved:
            return


def _place_lonely(search: _Search, ranks: Ranks, shape: Shape) -> None:
    """Put a shape without lines where it is in nobody's way: free cells, few lines across, no new row."""
    best: tuple[float, int, int] | None = None
    span = search.span[shape.id]
    first, last = _rows_of(search, shape.lane)
    for row in range(first - (last >= first), last + 2):
        for column in range(max(1, ranks.columns - span + 1)):
            cells = [(shape.lane, row, one) for one in range(column, column + span)]
            if any(cell in search.taken for cell in cells):
                continue
            cost = ONE_MORE_ROW * (last >= first and not first <= row <= last) + _off_the_middle(row) + OVER_A_SHAPE * _lines_across(search, cells)
            best = min(best or (cost, row, column), (cost, row, column))
    search.column[shape.id] = best[2] if best else 0
    search.put(shape.id, best[1] if best else last + 1)


def _lines_across(search: _Search, cells: list[tuple[int, int, int]]) -> int:
    """Count the lines whose way probably leads through the cells."""
    lane, row, first = cells[0]
    height, last = lane * LANE_STEP + row, cells[-1][2]
    count = 0
    for line in search.lines:
        if line.imagined:
            continue
        (x1, y1), (x2, y2) = search.at[line.source], search.at[line.target]
        is_beside = max(x1, x2) < first or min(x1, x2) > last
        is_elsewhere = max(y1, y2) < height or min(y1, y2) > height
        count += not (is_beside or is_elsewhere)
    return count


def _prepared(sketch: Sketch, ranks: Ranks) -> _Search:
    shapes = {shape.id: shape for shape in sketch.shapes}
    search = _Search(
        lane={shape.id: shape.lane for shape in sketch.shapes if shape.attached_to is None},
        column=dict(ranks.column),
        span=ranks.span,
    )
    for link in sketch.links:
        source, target = carrier(shapes, link.source), carrier(shapes, link.target)
        if source == target or _is_wide(shapes, source, target):
            continue
        backward = link.id in ranks.backward
        _add_line(search, source, target, backward=backward, aside=source != link.source)
    _find_main_line(search)
    return search


def _is_wide(shapes: Mapping[str, Shape], source: str, target: str) -> bool:
    return shapes[source].wide or shapes[target].wide


def _add_line(search: _Search, source: str, target: str, *, backward: bool, aside: bool) -> None:
    start, end = sorted((search.column[source], search.column[target]))
    number = len(search.lines)
    line = _Line(source=source, target=target, start=start, end=end, backward=backward, aside=aside)
    search.lines.append(replace(line, weight=FROM_BOUNDARY) if aside else line)
    search.lines_of.setdefault(source, []).append(number)
    search.lines_of.setdefault(target, []).append(number)
    for column in range(start, end + 1) if not backward else ():
        search.lines_over.setdefault(column, []).append(number)


def _first_free(search: _Search, key: str) -> int:
    """Return the free row that is best for the shapes placed before this one."""
    wanted = [
        search.row[other]
        for number in search.lines_of.get(key, ())
        for other in (search.lines[number].source, search.lines[number].target)
        if other != key and other in search.row and search.lane[other] == search.lane[key]
    ]
    aim = min(wanted, default=0)
    reach = len(search.lane) + 1
    rows = sorted(range(aim - reach, aim + reach), key=lambda row: (abs(row - aim), -row))
    return next(row for row in rows if not any(cell in search.taken for cell in search.cells(key, row)))


def _tails(search: _Search, order: Iterable[str]) -> list[list[str]]:
    """Return what follows a shape in its row without leaving it: such a stretch moves together."""
    follower: dict[str, list[str]] = {}
    for line in search.lines:
        is_level = search.lane[line.source] == search.lane[line.target]
        if (
            is_level
            and not (line.backward or line.imagined)
            and search.row[line.source] == search.row[line.target]
        ):
            follower.setdefault(line.source, []).append(line.target)
    tails = []
    for key in order:
        tail = [key]
        for one in tail:
            tail.extend(other for other in follower.get(one, ()) if other not in tail)
        if 1 < len(tail) <= LONGEST_TAIL:
            tails.append(tail)
    return tails


def _find_main_line(search: _Search) -> None:
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


def _come_back(search: _Search, start: str, follower: Mapping[str, str]) -> None:
    """Imagine a line from where the main line leaves a lane to where it comes back."""
    last_in: dict[int, str] = {}
    here: str | None = start
    former: str | None = None
    while here is not None:
        known = last_in.get(search.lane[here])
        if known is not None and known != former:
            number = len(search.lines)
            column = search.column[here]
            line = _Line(source=known, target=here, start=column, end=column, backward=False, imagined=True)
            search.lines.append(line)
            search.lines_of[known].append(number)
            search.lines_of[here].append(number)
        last_in[search.lane[here]] = former = here
        here = follower.get(here)


def _settle(search: _Search, group: list[str]) -> bool:
    """Move the group to the cheapest row, changing places with whoever stands there; say whether it moved."""
    here = [search.row[key] for key in group]
    lane = search.lane[group[0]]
    first, last = _rows_of(search, lane)
    best, best_gain = None, 1e-9
    for row in range(first - 1, last + 2):
        moves = _moves(search, group, row)
        if moves is None or here == [row] * len(group):
            continue
        gain = _try(search, moves)
        if gain > best_gain:
            best, best_gain = moves, gain
    if best is not None:
        _apply(search, best)
    return best is not None


def _rows_of(search: _Search, lane: int) -> tuple[int, int]:
    """Return the first and the last row of a lane; the first is negative where something stands above the start."""
    used = [row for (one, row), count in search.in_row.items() if one == lane and count]
    return min(used, default=0), max(used, default=-1)


def _moves(search: _Search, group: list[str], row: int) -> dict[str, int] | None:
    """Return the new rows of the group and of those who must make room, or None if they cannot."""
    moves = dict.fromkeys(group, row)
    for key in group:
        for cell in search.cells(key, row):
            other = search.taken.get(cell)
            if other is None or other in moves:
                continue
            same_cells = search.column[other] == search.column[key] and search.span[other] == search.span[key]
            if not same_cells:
                return None
            moves[other] = search.row[key]
    return moves


def _apply(search: _Search, moves: Mapping[str, int]) -> None:
    for key in moves:
        search.lift(key)
    for key, row in moves.items():
        search.put(key, row)


def _try(search: _Search, moves: Mapping[str, int]) -> float:
    """Return what the moves would save."""
    touched = list(dict.fromkeys(n for key in moves for n in search.lines_of.get(key, ())))
    near = dict.fromkeys(touched)
    for key in moves:
        for column in range(search.column[key], search.column[key] + search.span[key]):
            near.update(dict.fromkeys(search.lines_over.get(column, ())))
    before = _cost(search, moves, touched, near)
    former = {key: search.row[key] for key in moves}
    _apply(search, moves)
    after = _cost(search, moves, touched, near)
    _apply(search, former)
    return before - after


def _cost(search: _Search, keys: Iterable[str], touched: list[int], near: Iterable[int]) -> float:
    keys = list(keys)
    cost = sum(_off_the_middle(search.row[key]) for key in keys if key in search.lines_of)
    lane = search.lane[keys[0]]
    rows = sum(1 for (one, _row), count in search.in_row.items() if one == lane and count)
    cost += ONE_MORE_ROW * rows
    cost += sum(_line_cost(search, search.lines[number]) for number in near)
    return cost + CROSSING * _crossings(search, touched)


def _off_the_middle(row: int) -> float:
    return LOWER_ROW * row if row >= 0 else HIGHER_ROW * -row


def _line_cost(search: _Search, line: _Line) -> float:
    (x1, y1), (x2, y2) = search.at[line.source], search.at[line.target]
    apart = abs(y1 - y2)
    if line.imagined:
        return COMING_BACK * (apart > 0)
    if line.backward:
        return BACKWARD_DISTANCE * apart
    if search.lane[line.source] != search.lane[line.target]:
        in_the_way = _shapes_between(search, line) if x1 == x2 else 0
        return OTHER_LANE_DISTANCE * apart + OVER_A_SHAPE * in_the_way
    if apart:
        return line.weight * (BEND + DISTANCE * apart)
    lane, row = search.lane[line.source], search.row[line.source]
    between = range(line.start + 1, line.end)
    return OVER_A_SHAPE * sum(1 for column in between if _is_foreign(search, line, (lane, row, column)))


def _is_foreign(search: _Search, line: _Line, cell: tuple[int, int, int]) -> bool:
    return search.taken.get(cell, line.source) not in (line.source, line.target)


def _shapes_between(search: _Search, line: _Line) -> int:
    """Count the shapes that stand between two shapes of one column in neighbouring lanes."""
    upper, lower = sorted((line.source, line.target), key=lambda key: search.lane[key])
    column = search.column[upper]
    above = (
        (search.lane[upper], row, column)
        for row in range(search.row[upper] + 1, search.row[upper] + LANE_STEP)
    )
    below = ((search.lane[lower], row, column) for row in range(search.row[lower]))
    return sum(1 for cell in (*above, *below) if cell in search.taken)


def _crossings(search: _Search, touched: list[int]) -> int:
    count = 0
    done: set[int] = set()
    for number in touched:
        line = search.lines[number]
        done.add(number)
        if line.backward or line.imagined:
            # Loops are led around and cut what they must.
            continue
        others = dict.fromkeys(
            other for column in range(line.start, line.end + 1) for other in search.lines_over.get(column, ())
        )
        search.compared += len(others)
        count += sum(1 for other in others if other not in done and _cross(search, line, search.lines[other]))
    return count


def _cross(search: _Search, one: _Line, two: _Line) -> bool:
    """Say whether the straight lines between the places cross."""
    if one.source in (two.source, two.target) or one.target in (two.source, two.target):
        return False
    a, b, c, d = search.at[one.source], search.at[one.target], search.at[two.source], search.at[two.target]
    return _turn(a, b, c) * _turn(a, b, d) < 0 and _turn(c, d, a) * _turn(c, d, b) < 0


def _turn(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]) -> int:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _without_gaps(search: _Search) -> dict[str, Cell]:
    used: dict[int, list[int]] = {}
    for key, row in search.row.items():
        used.setdefault(search.lane[key], []).append(row)
    number = {lane: {row: at for at, row in enumerate(sorted(set(rows)))} for lane, rows in used.items()}
    return {key: (search.column[key], number[search.lane[key]][row]) for key, row in search.row.items()}
