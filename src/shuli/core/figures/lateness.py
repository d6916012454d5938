"""How likely running work is to be late, by what like work took: no model, only counting."""

from bisect import bisect_right
from collections.abc import Sequence

from msgspec import Struct

LIKE = 8  # closed like ones below which nothing is said


class Likely(Struct, frozen=True, kw_only=True):
    chance: float  # that it is late, 0 to 1
    remaining: float  # half of the like ones that took as long as this one took no longer from here; seconds
    like: int  # ones that it was held against


def likely(took: Sequence[float], passed: float, left: float) -> Likely | None:
    """Return the chance that work which has taken `passed` needs more than `left` longer.

    `took` holds what like closed work took, in seconds, sorted. Only those that took longer than `passed` are like this one by
    now. None: too few of them. All in the same measure of time.
    """
    first = bisect_right(took, passed)
    still = len(took) - first
    if still < LIKE:
        return None
    late = len(took) - bisect_right(took, passed + left)
    middle = first + still // 2
    return Likely(chance=late / still, remaining=took[middle] - passed, like=still)
