"""Write dates, times and durations as FEEL reads them."""

from shuli.core.feel.temporal.days import Date
from shuli.core.feel.temporal.values import DAY, NANOS, DateTime, DaysTimeDuration, Time, YearsMonthsDuration
from shuli.core.feel.temporal.zones import zone_text


def date_text(date: Date) -> str:
    sign = "-" if date.year < 0 else ""
    return f"{sign}{abs(date.year):04}-{date.month:02}-{date.day:02}"


def time_text(time: Time) -> str:
    clock = f"{time.hour:02}:{time.minute:02}:{time.second:02}"
    return clock + _fraction(time.nanosecond) + zone_text(time.zone)


def date_time_text(value: DateTime) -> str:
    return f"{date_text(value.date)}T{time_text(value.time)}"


def days_time_text(duration: DaysTimeDuration) -> str:
    days, rest = divmod(abs(duration.nanoseconds), DAY)
    seconds, nanosecond = divmod(rest, NANOS)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    clock = _part(hour, "H") + _part(minute, "M")
    if second or nanosecond:
        clock += f"{second}{_fraction(nanosecond)}S"
    text = _part(days, "D") + (f"T{clock}" if clock else "")
    return f"{'-' if duration.nanoseconds < 0 else ''}P{text}" if text else "PT0S"


def years_months_text(duration: YearsMonthsDuration) -> str:
    years, months = divmod(abs(duration.months), 12)
    text = _part(years, "Y") + _part(months, "M")
    return f"{'-' if duration.months < 0 else ''}P{text}" if text else "P0M"


def _part(amount: int, unit: str) -> str:
    return f"{amount}{unit}" if amount else ""


def _fraction(nanosecond: int) -> str:
    return f".{nanosecond:09}".rstrip("0") if nanosecond else ""
