"""Reckon days of the proleptic Gregorian calendar for years from -999,999,999 to 999,999,999."""

import datetime as dt
from dataclasses import dataclass
from typing import TypeAlias

LAST_YEAR = 999_999_999
_DAYS_IN_ERA = 146_097
_EPOCH_SHIFT = 719_468  # days from 0000-03-01 to 1970-01-01
_PYTHON_EPOCH = dt.date(1970, 1, 1).toordinal()
_MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True, kw_only=True)
class FarDate:
    """A date outside the years 1 to 9999, for which Python's own date has no room."""

    year: int
    month: int
    day: int


Date: TypeAlias = dt.date | FarDate
DATE_TYPES = frozenset({dt.date, FarDate})


def make_date(year: int, month: int, day: int) -> Date | None:
    """Return the date; None when there is no such day."""
    if not (-LAST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 and 1 <= day <= month_length(year, month)):
        return None
    if dt.MINYEAR <= year <= dt.MAXYEAR:
        return dt.date(year, month, day)
    return FarDate(year=year, month=month, day=day)


def month_length(year: int, month: int) -> int:
    return 29 if month == 2 and is_leap(year) else _MONTH_LENGTHS[month - 1]


def is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def day_number(date: Date) -> int:
    """Return the days since 1970-01-01."""
    if type(date) is dt.date:
        return date.toordinal() - _PYTHON_EPOCH
    year = date.year - (date.month <= 2)
    era, year_of_era = divmod(year, 400)
    day_of_year = (153 * ((date.month + 9) % 12) + 2) // 5 + date.day - 1
    day_of_era = year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year
    return era * _DAYS_IN_ERA + day_of_era - _EPOCH_SHIFT


def date_of_day(number: int) -> Date | None:
    """Return the date of a day counted from 1970-01-01; None beyond the range."""
    ordinal = number + _PYTHON_EPOCH
    if 1 <= ordinal <= dt.date.max.toordinal():
        return dt.date.fromordinal(ordinal)
    era, day_of_era = divmod(number + _EPOCH_SHIFT, _DAYS_IN_ERA)
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36_524 - day_of_era // 146_096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted = (5 * day_of_year + 2) // 153
    month = shifted + 3 if shifted < 10 else shifted - 9
    return make_date(
        year_of_era + era * 400 + (month <= 2), month, day_of_year - (153 * shifted + 2) // 5 + 1
    )


def add_days(date: Date, days: int) -> Date | None:
    return date_of_day(day_number(date) + days)


def add_months(date: Date, months: int) -> Date | None:
    """Return the date some months later; the day is cut to the length of the month."""
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    if not -LAST_YEAR <= year <= LAST_YEAR:
        return None
    return make_date(year, month + 1, min(date.day, month_length(year, month + 1)))


def weekday(date: Date) -> int:
    """Return 1 for Monday to 7 for Sunday."""
    return (day_number(date) + 3) % 7 + 1


def day_of_year(date: Date) -> int:
    return day_number(date) - day_number(_first_of(date.year)) + 1


def week_of_year(date: Date) -> int:
    """Return the ISO 8601 week."""
    thursday = date_of_day(day_number(date) + 4 - weekday(date)) or date
    return (day_of_year(thursday) - 1) // 7 + 1


def _first_of(year: int) -> Date:
    if dt.MINYEAR <= year <= dt.MAXYEAR:
        return dt.date(year, 1, 1)
    return FarDate(year=year, month=1, day=1)
