"""What an arrangement of rows costs: bends, lines across shapes, crossings of the straight lines between places, rows."""

from collections.abc import Iterable

from shuli.core.bpmn.layout.searching import LANE_STEP, Line, Search

# Costs, in units of one row.
LOWER_ROW = 0.1
BEND = 2.0
DISTANCE = 1.0
BACKWARD_DISTANCE = 0.4
OVER_A_SHAPE = 4.0
CROSSING = 5.0
ONE_MORE_ROW = 4.0

Place = tuple[int, int]


def cost_around(search: Search, keys: list[str], touched: list[int], near: Iterable[int]) -> float:
    """Return what depends on the rows of these shapes: `touched` are their lines, `near` those that may run over them."""
    cost = sum(off_the_middle(search, search.row[key]) for key in keys if key in search.lines_of)
    lane = search.lane[keys[0]]
    rows = sum(1 for (one, _row), count in search.in_row.items() if count and one == lane)
    cost += ONE_MORE_ROW * rows
    cost += sum(_line_cost(search, search.lines[number]) for number in near)
    return cost + CROSSING * _crossings(search, touched)


def off_the_middle(search: Search, row: int) -> float:
    """Return what a row costs that is not the one where the lane began."""
    return LOWER_ROW * row if row >= 0 else search.taste.higher_row * -row


def _line_cost(search: Search, line: Line) -> float:
    (x1, y1), (x2, y2) = search.at[line.source], search.at[line.target]
    apart = abs(y1 - y2)
    if line.imagined:
        return search.taste.coming_back * (apart > 0)
    if line.backward:
        return BACKWARD_DISTANCE * apart
    if search.lane[line.source] != search.lane[line.target]:
        in_the_way = _shapes_between(search, line) if x1 == x2 else 0
        return search.taste.other_lane * apart + OVER_A_SHAPE * in_the_way
    if apart:
        return line.weight * (BEND + DISTANCE * apart)
    lane, row = search.lane[line.source], search.row[line.source]
    between = range(line.start + 1, line.end)
    return OVER_A_SHAPE * sum(1 for column in between if _is_foreign(search, line, (lane, row, column)))


def _is_foreign(search: Search, line: Line, cell: tuple[int, int, int]) -> bool:
    return search.taken.get(cell, line.source) not in (line.source, line.target)


def _shapes_between(search: Search, line: Line) -> int:
    """Count the shapes that stand between two shapes of one column in neighbouring lanes."""
    upper, lower = sorted((line.source, line.target), key=lambda key: search.lane[key])
    column = search.column[upper]
    above = (
        (search.lane[upper], row, column)
        for row in range(search.row[upper] + 1, search.row[upper] + LANE_STEP)
    )
    below = ((search.lane[lower], row, column) for row in range(search.row[lower]))
    return sum(1 for cell in (*above, *below) if cell in search.taken)


def _crossings(search: Search, touched: list[int]) -> int:
    count = 0
    done: set[int] = set()
    at, lines = search.at, search.lines
    for number in touched:
        done.add(number)
        line = lines[number]
        a, b = at[line.source], at[line.target]
        top, bottom = (a[1], b[1]) if a[1] < b[1] else (b[1], a[1])
        search.compared += len(search.rivals[number])
        for other in search.rivals[number]:
            if other in done:
                continue
            c, d = at[lines[other].source], at[lines[other].target]
            # Most pairs lie one above the other.
            if (c[1] < bottom or d[1] < bottom) and (c[1] > top or d[1] > top):
                count += _cross(a, b, c, d)
    return count


def _cross(a: Place, b: Place, c: Place, d: Place) -> bool:
    """Say whether the straight lines from a to b and from c to d cross."""
    return _turn(a, b, c) * _turn(a, b, d) < 0 and _turn(c, d, a) * _turn(c, d, b) < 0


def _turn(a: Place, b: Place, c: Place) -> int:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
