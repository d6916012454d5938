"""Values that stand apart from their series: by median and MAD, which a few wild values do not move.

The modified z-score of Iglewicz and Hoaglin (How to Detect and Handle Outliers, 1993): 0.6745 · (x - median) / MAD, and
above 3.5 a value stands apart. Where more than half of the values are equal the MAD is 0; the mean absolute deviation
takes its place, as they advise.
"""

from collections.abc import Sequence
from statistics import fmean, median

from msgspec import Struct

LEAST = 8  # values below which nothing can be said
APART = 3.5
OF_MAD = 0.6745  # the MAD of a normal distribution in standard deviations
OF_MEAN = 0.7979  # its mean absolute deviation


class Outlier(Struct, frozen=True, kw_only=True):
    at: int  # place in the series
    value: float
    median: float  # of the series
    score: float  # signed; how many deviations away


def outliers(values: Sequence[float | None], apart: float = APART) -> list[Outlier]:
    """Return the values that stand apart, in their order; None is a period in which nothing happened."""
    known = [value for value in values if value is not None]
    if len(known) < LEAST:
        return []
    middle = median(known)
    deviations = [abs(value - middle) for value in known]
    spread, factor = median(deviations), OF_MAD
    if not spread:
        spread, factor = fmean(deviations), OF_MEAN
    if not spread:
        return []
    scored = [
        Outlier(at=at, value=value, median=middle, score=factor * (value - middle) / spread)
        for at, value in enumerate(values)
        if value is not None
    ]
    return [one for one in scored if abs(one.score) > apart]
