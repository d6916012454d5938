"""Days, weeks, months and quarters, each with the one before."""

from datetime import date, timedelta
from typing import Literal

from msgspec import Struct

Kind = Literal["day", "week", "month", "quarter"]
KINDS: tuple[Kind, ...] = ("day", "week", "month", "quarter")
MONTHS = {"month": 1, "quarter": 3}


class Period(Struct, frozen=True, kw_only=True):
    """From the first day to the last, both counted."""

    kind: Kind
    first: date
    last: date


def period_of(kind: Kind, day: date) -> Period:
    """Return the period in which a day falls; weeks begin on Monday."""
    if kind == "day":
        return Period(kind=kind, first=day, last=day)
    if kind == "week":
        first = day - timedelta(days=day.weekday())
        return Period(kind=kind, first=first, last=first + timedelta(days=6))
    length = MONTHS[kind]
    first = day.replace(month=(day.month - 1) // length * length + 1, day=1)
    after = first.month - 1 + length
    return Period(
        kind=kind, first=first, last=date(first.year + after // 12, after % 12 + 1, 1) - timedelta(days=1)
    )


def before(period: Period) -> Period:
    return period_of(period.kind, period.first - timedelta(days=1))


def last_periods(kind: Kind, day: date, count: int) -> list[Period]:
    """Return so many periods, the oldest first, the last the one of the day."""
    found = [period_of(kind, day)]
    while len(found) < count:
        found.append(before(found[-1]))
    return found[::-1]
