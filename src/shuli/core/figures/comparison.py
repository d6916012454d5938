"""Before and after a change: whether a difference is more than chance.

Values of cases are compared by ranks (Mann and Whitney 1947, Wilcoxon's rank sum), for times are skewed and one case of a year
must not decide. Where several questions are asked at once, Holm's correction (1979) keeps the chance of one false alarm among
all of them below the level.
"""

from collections.abc import Sequence
from math import comb, erfc, sqrt
from typing import Literal

Finding = Literal["better", "worse", "alike", "few"]

LEAST = 5  # on either side; with fewer nothing is said
LEVEL = 0.05
EXACT = 24  # values of both sides up to which every arrangement is counted


def rank_test(before: Sequence[float], after: Sequence[float]) -> float:
    """Return the two-sided probability that values of one kind differ so much by chance, 1 where there are none.

    Exact, ties included, up to two dozen values; beyond that by the normal approximation, corrected for ties and continuity.
    """
    if not before or not after:
        return 1.0
    ranks, ties = _double_ranks([*before, *after])
    observed = sum(ranks[: len(before)])
    if len(ranks) <= EXACT:
        return _exact(ranks, len(before), observed)
    return _normal(len(before), len(after), observed, ties)


def _double_ranks(values: Sequence[float]) -> tuple[list[int], list[int]]:
    """Return twice the mean rank of each value, whole numbers then, and how many values are alike."""
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks, ties, at = [0] * len(values), [], 0
    while at < len(order):
        end = at
        while end < len(order) and values[order[end]] == values[order[at]]:
            end += 1
        for place in order[at:end]:
            ranks[place] = at + end + 1
        ties.append(end - at)
        at = end
    return ranks, ties


def _exact(ranks: Sequence[int], size: int, observed: int) -> float:
    """Count the choices of so many ranks whose sum is as far from the middle as what was observed, or farther."""
    ways: list[dict[int, int]] = [{0: 1}, *({} for _ in range(size))]
    for rank in ranks:
        for chosen in range(size, 0, -1):
            for total, count in ways[chosen - 1].items():
                ways[chosen][total + rank] = ways[chosen].get(total + rank, 0) + count
    # The mean of the sum is size * sum(ranks) / len(ranks); both sides are multiplied, so that nothing is rounded.
    middle = size * sum(ranks)
    far = abs(observed * len(ranks) - middle)
    extreme = sum(count for total, count in ways[size].items() if abs(total * len(ranks) - middle) >= far)
    return extreme / comb(len(ranks), size)


def _normal(before: int, after: int, observed: int, ties: Sequence[int]) -> float:
    both = before + after
    tied = sum(n**3 - n for n in ties) / (both * (both - 1))
    spread = sqrt(before * after / 12 * ((both + 1) - tied))
    if not spread:
        return 1.0
    away = abs(observed / 2 - before * (both + 1) / 2)
    return erfc(max(away - 0.5, 0) / spread / sqrt(2))


def holm(chances: Sequence[float]) -> list[float]:
    """Return the probabilities corrected for how many questions are asked, in the order given."""
    corrected, running = [0.0] * len(chances), 0.0
    for rank, at in enumerate(sorted(range(len(chances)), key=chances.__getitem__)):
        running = max(running, min(1.0, chances[at] * (len(chances) - rank)))
        corrected[at] = running
    return corrected


def judge(change: float, better: Literal["up", "down", ""], chance: float) -> Finding:
    """Say what a change means whose probability by chance, corrected, is known."""
    if chance >= LEVEL or not change or not better:
        return "alike"
    return "better" if (change > 0) == (better == "up") else "worse"
