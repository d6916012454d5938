"""Whether a value lies in a range."""

from typing import Any

from shuli.core.feel.charge import Charged
from shuli.core.feel.compare import equal, order
from shuli.core.feel.values import UNBOUNDED, Range


def contains(range_: Range, value: Any, run: Charged | None = None) -> bool | None:
    """Return whether a value lies in a range; None when it cannot be compared with its ends."""
    if range_.operator in ("=", "!="):
        found = equal(value, range_.low, run)
        return found if found is None or range_.operator == "=" else not found
    return within(
        value, range_.low, range_.high, low_closed=range_.low_closed, high_closed=range_.high_closed
    )


def within(value: Any, low: Any, high: Any, *, low_closed: bool, high_closed: bool) -> bool | None:
    """Return whether `low` … `value` … `high` are in order; a null end makes the answer null."""
    after_low = _is_after(value, low, closed=low_closed)
    before_high = _is_after(high, value, closed=high_closed)
    if after_low is False or before_high is False:
        return False
    return None if after_low is None or before_high is None else True


def _is_after(value: Any, other: Any, *, closed: bool) -> bool | None:
    if value is UNBOUNDED or other is UNBOUNDED:
        return True
    found = order(value, other)
    if found is None:
        return None
    return found > 0 or (closed and found == 0)


def make_range(low: Any, high: Any, *, low_closed: bool, high_closed: bool) -> Range | None:
    """Return the range; None when its ends have no order or are the wrong way round."""
    if low is None and high is None:
        return None
    if low is not None and high is not None:
        found = order(low, high)
        if found is None:
            return None
    elif order(low if high is None else high, low if high is None else high) is None:
        return None
    return Range(low=low, high=high, low_closed=low_closed, high_closed=high_closed)


def open_range(operator: str, endpoint: Any) -> Range | None:
    """Return the range that `< 5` and the like mean as a value."""
    if operator in ("=", "!="):
        closed = operator == "="
        return Range(low=endpoint, high=endpoint, low_closed=closed, high_closed=closed, operator=operator)
    if endpoint is None or order(endpoint, endpoint) is None:
        return None
    closed = operator in ("<=", ">=")
    if operator in ("<", "<="):
        return Range(low=UNBOUNDED, high=endpoint, low_closed=False, high_closed=closed, operator=operator)
    return Range(low=endpoint, high=UNBOUNDED, low_closed=closed, high_closed=False, operator=operator)
