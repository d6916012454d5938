"""Whether a goal is on its way: its value now, against the line from the baseline to the target (H1-63)."""

from datetime import date, timedelta
from typing import Literal

from msgspec import Struct

State = Literal["planned", "unknown", "on_track", "at_risk", "met", "missed"]
RECENT_DAYS = 30  # of a rate or a mean: what it is now, is what it was in so many days
EARLY = 0.1  # of the time: before that, a pace says nothing


class Course(Struct, frozen=True, kw_only=True):
    """A goal in numbers: from the first day to the last, both counted."""

    first: date
    last: date
    target: float
    better: Literal["up", "down"]
    baseline: float | None = None  # of a total: scaled to the goal's time
    is_total: bool = False  # added up over the goal's time, such as cases or costs; else a rate or a mean


class Standing(Struct, frozen=True, kw_only=True):
    state: State
    expected: float | None = None  # by now, on the straight line; of a total: what its pace comes to
    progress: float | None = None  # from the baseline (0) to the target (1)


def window(course: Course, today: date) -> tuple[date, date] | None:
    """Return the days from which the present value is reckoned; None before the goal's time begins.

    A total counts from the goal's first day. A rate or mean is that of the last 30 days within the goal's time: it is
    to be reached by the end, so what was long ago does not count.
    """
    if today < course.first:
        return None
    last = min(today, course.last)
    if course.is_total:
        return course.first, last
    return max(course.first, last - timedelta(days=RECENT_DAYS - 1)), last


def standing(course: Course, value: float | None, today: date) -> Standing:
    """Return how a goal stands today.

    Over, it is met or missed by its value. Before that a rate or mean is on track where it meets the target, or what the
    straight line from baseline to target says for today; a total where its pace so far comes to the target. A total
    that may only grow is met, or missed, as soon as it passes its target. Nothing known says nothing.
    """
    if today < course.first:
        return Standing(state="planned")
    if value is None:
        return Standing(state="unknown")
    share = _passed(course, today)
    expected = value / share if course.is_total else expected_at(course, share)
    return Standing(
        state=_state(course, value, share, expected, is_over=today > course.last),
        expected=expected,
        progress=_progress(course, value),
    )


def is_reached(course: Course, value: float) -> bool:
    return value >= course.target if course.better == "up" else value <= course.target


def expected_at(course: Course, share: float) -> float:
    """Return the value on the line from baseline to target at a share of the time; without a line, the target."""
    if course.baseline is None or is_reached(course, course.baseline):
        return course.target
    return course.baseline + (course.target - course.baseline) * share


def _passed(course: Course, today: date) -> float:
    days = (course.last - course.first).days + 1
    return min((today - course.first).days + 1, days) / days


def _state(course: Course, value: float, share: float, expected: float, *, is_over: bool) -> State:
    if is_over:
        return "met" if is_reached(course, value) else "missed"
    if not course.is_total:
        line = Course(first=course.first, last=course.last, target=expected, better=course.better)
        return "on_track" if is_reached(course, value) or is_reached(line, value) else "at_risk"
    if is_reached(course, value) == (course.better == "up"):
        return "met" if course.better == "up" else "missed"
    return "on_track" if share < EARLY or is_reached(course, expected) else "at_risk"


def _progress(course: Course, value: float) -> float | None:
    if course.baseline is None or course.baseline == course.target:
        return None
    return (value - course.baseline) / (course.target - course.baseline)
