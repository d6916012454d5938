"""Where a series is going: its slope by Theil and Sen, whether that is more than chance, and how long it has been so."""

from collections.abc import Sequence
from itertools import combinations
from math import sqrt
from statistics import median
from typing import Literal

Direction = Literal["up", "down", ""]
LEAST = 5  # values below which a trend is not told from chance
SURE = 1.645  # one in twenty would seem to go this way by chance (one-sided, normal approximation)


def slope(values: Sequence[float | None]) -> float | None:
    """Return by how much the series changes a period: the median of the slopes of all pairs."""
    points = [(at, value) for at, value in enumerate(values) if value is not None]
    pairs = [(later - former) / (b - a) for (a, former), (b, later) in combinations(points, 2)]
    return median(pairs) if pairs else None


def trend(values: Sequence[float | None]) -> Direction:
    """Return where the series goes, "" where it may be chance: the test of Mann and Kendall, without ties' correction."""
    known = [value for value in values if value is not None]
    count = len(known)
    if count < LEAST:
        return ""
    score = sum((later > former) - (later < former) for former, later in combinations(known, 2))
    if not score:
        return ""
    deviation = sqrt(count * (count - 1) * (2 * count + 5) / 18)
    if (abs(score) - 1) / deviation < SURE:
        return ""
    return "up" if score > 0 else "down"


def run_of(values: Sequence[float | None], direction: Literal["up", "down"]) -> int:
    """Return how many times in a row, up to the last value, the series went this way from period to period."""
    known = [value for value in values if value is not None]
    if not values or values[-1] is None:
        return 0
    run = 0
    for former, later in zip(known[-2::-1], known[:0:-1], strict=True):
        if not (later > former if direction == "up" else later < former):
            break
        run += 1
    return run
