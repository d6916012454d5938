"""A goal held against the figures: its baseline, its value now, and how it stands."""

from datetime import date

from msgspec import Struct

from shuli.apps.monitoring.goals.models import Goal
from shuli.apps.monitoring.indicators import BY_KEY, Indicator
from shuli.apps.monitoring.measuring import Where, is_total, value_at
from shuli.core.figures import Course, Standing, standing, window


class Span(Struct, frozen=True, kw_only=True):
    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def where_of(goal: Goal) -> Where:
    return Where(process=goal.process_key, node=goal.node, department=goal.department)


def baseline_of(indicator: Indicator, where: Where, baseline: Span, goal: Span) -> float | None:
    """Return the value of the time before; of a total, what that time comes to over the goal's days."""
    value = value_at(indicator, where, baseline.first, baseline.last)
    if value is None or not is_total(indicator):
        return value
    return value * goal.days / baseline.days


def course_of(goal: Goal) -> Course:
    indicator = BY_KEY.get(goal.indicator)
    return Course(
        first=goal.first,
        last=goal.last,
        target=goal.target,
        better="up" if goal.better == "up" else "down",
        baseline=goal.baseline,
        is_total=indicator is not None and is_total(indicator),
    )


def value_now(goal: Goal, today: date) -> float | None:
    """Return the value by which the goal stands today; None where nothing is known."""
    indicator, days = BY_KEY.get(goal.indicator), window(course_of(goal), today)
    if indicator is None or days is None:
        return None
    return value_at(indicator, where_of(goal), *days)


def standing_of(goal: Goal, today: date) -> tuple[float | None, Standing]:
    value = value_now(goal, today)
    return value, standing(course_of(goal), value, today)
