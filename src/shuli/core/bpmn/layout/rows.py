"""In which row of its lane a shape stands: main line straight, branches beside it, few crossings.

A local search over one cost (`costs`). It is deterministic and its work is bounded by what it compares.
"""

from collections.abc import Iterable, Mapping

from shuli.core.bpmn.layout.costs import ONE_MORE_ROW, OVER_A_SHAPE, cost_around, off_the_middle
from shuli.core.bpmn.layout.ranks import Ranks
from shuli.core.bpmn.layout.searching import LANE_STEP, USUAL, Search, Taste, prepare
from shuli.core.bpmn.layout.values import Shape, Sketch

SWEEPS = 6
LONGEST_TAIL = 24
# Bounds the time for very large diagrams, by what is counted and not by the clock.
MOST_COMPARISONS = 400_000

Cell = tuple[int, int]  # column, row


def arrange(sketch: Sketch, ranks: Ranks, taste: Taste = USUAL) -> dict[str, Cell]:
    """Return the column and row of every shape; rows count from 0 in each lane, without gaps."""
    search = prepare(sketch, ranks, taste)
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


def _improve(search: Search, order: list[str]) -> None:
    for _sweep in range(SWEEPS):
        groups = [[key] for key in order] + _tails(search, order)
        moved = False
        for group in groups:
            if search.compared > MOST_COMPARISONS:
                return
            moved = _settle(search, group) or moved
        if not moved:
            return


def _place_lonely(search: Search, ranks: Ranks, shape: Shape) -> None:
    """Put a shape without lines where it is in nobody's way: free cells, few lines across, no new row."""
    best: tuple[float, int, int] | None = None
    span = search.span[shape.id]
    first, last = _rows_of(search, shape.lane)
    for row in range(first - (last >= first), last + 2):
        for column in range(max(1, ranks.columns - span + 1)):
            cells = [(shape.lane, row, one) for one in range(column, column + span)]
            if any(cell in search.taken for cell in cells):
                continue
            cost = (
                ONE_MORE_ROW * (last >= first and not first <= row <= last)
                + off_the_middle(search, row)
                + OVER_A_SHAPE * _lines_across(search, cells)
            )
            best = min(best or (cost, row, column), (cost, row, column))
    search.column[shape.id] = best[2] if best else 0
    search.put(shape.id, best[1] if best else last + 1)


def _lines_across(search: Search, cells: list[tuple[int, int, int]]) -> int:
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


def _first_free(search: Search, key: str) -> int:
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


def _tails(search: Search, order: Iterable[str]) -> list[list[str]]:
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


def _settle(search: Search, group: list[str]) -> bool:
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


def _rows_of(search: Search, lane: int) -> tuple[int, int]:
    """Return the first and the last row of a lane; the first is negative where something stands above the start."""
    used = [row for (one, row), count in search.in_row.items() if one == lane and count]
    return min(used, default=0), max(used, default=-1)


def _moves(search: Search, group: list[str], row: int) -> dict[str, int] | None:
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


def _apply(search: Search, moves: Mapping[str, int]) -> None:
    for key in moves:
        search.lift(key)
    for key, row in moves.items():
        search.put(key, row)


def _try(search: Search, moves: Mapping[str, int]) -> float:
    """Return what the moves would save."""
    keys = list(moves)
    touched = list(dict.fromkeys(n for key in keys for n in search.lines_of.get(key, ())))
    near = dict.fromkeys([*touched, *(n for key in keys for n in search.watchers[key])])
    before = cost_around(search, keys, touched, near)
    former = {key: search.row[key] for key in keys}
    _apply(search, moves)
    after = cost_around(search, keys, touched, near)
    _apply(search, former)
    return before - after


def _without_gaps(search: Search) -> dict[str, Cell]:
    used: dict[int, list[int]] = {}
    for key, row in search.row.items():
        used.setdefault(search.lane[key], []).append(row)
    number = {lane: {row: at for at, row in enumerate(sorted(set(rows)))} for lane, rows in used.items()}
    return {key: (search.column[key], number[search.lane[key]][row]) for key, row in search.row.items()}
