"""Functions on dates and times, and the present moment, which the caller gives."""

from decimal import Decimal
from typing import Any

from shuli.core.feel.budget import Run
from shuli.core.feel.compare import identical
from shuli.core.feel.convert import moment_from
from shuli.core.feel.errors import Failure
from shuli.core.feel.functions.signature import BuiltIn, form
from shuli.core.feel.temporal import days
from shuli.core.feel.temporal.days import Date
from shuli.core.feel.temporal.values import DateTime

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def now(run: Run) -> DateTime | Failure:
    return Failure("no_clock") if run.now is None else moment_from(run.now)


def today(run: Run) -> Date | Failure:
    moment = now(run)
    return moment if isinstance(moment, Failure) else moment.date


def _date(value: Date | DateTime) -> Date:
    return value.date if isinstance(value, DateTime) else value


def day_of_year(_: Run, value: Date | DateTime) -> Decimal:
    return Decimal(days.day_of_year(_date(value)))


def day_of_week(_: Run, value: Date | DateTime) -> str:
    return _WEEKDAYS[days.weekday(_date(value)) - 1]


def month_of_year(_: Run, value: Date | DateTime) -> str:
    return _MONTHS[_date(value).month - 1]


def week_of_year(_: Run, value: Date | DateTime) -> Decimal:
    return Decimal(days.week_of_year(_date(value)))


def last_day_of_month(_: Run, value: Date | DateTime) -> Date:
    date = _date(value)
    length = days.month_length(date.year, date.month)
    return days.add_days(date, length - date.day) or date


def is_same(run: Run, one: Any, other: Any) -> bool:
    return identical(one, other, run)


_DATE = "date: date|moment"
MOMENTS = (
    BuiltIn("now", form("", now)),
    BuiltIn("today", form("", today)),
    BuiltIn("day of year", form(_DATE, day_of_year)),
    BuiltIn("day of week", form(_DATE, day_of_week)),
    BuiltIn("month of year", form(_DATE, month_of_year)),
    BuiltIn("week of year", form(_DATE, week_of_year)),
    BuiltIn("last day of month", form(_DATE, last_day_of_month)),
    BuiltIn("is", form("value1: Any|null, value2: Any|null", is_same)),
)
