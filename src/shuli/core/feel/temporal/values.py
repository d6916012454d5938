"""Times, dates with a time and durations, as frozen values of nanosecond precision."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from shuli.core.feel.temporal.days import Date, day_number
from shuli.core.feel.temporal.zones import Zone, offset_at

NANOS = 1_000_000_000
DAY = 86_400 * NANOS


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """A time of day; `zone` is None, an offset in seconds or the name of a zone."""

    hour: int
    minute: int
    second: int = 0
    nanosecond: int = 0
    zone: Zone = None

    @property
    def of_day(self) -> int:
        """Return the nanoseconds since midnight."""
        return ((self.hour * 60 + self.minute) * 60 + self.second) * NANOS + self.nanosecond

    @property
    def offset(self) -> int | None:
        """Return the offset in seconds; for a named zone the one that it has without summer time."""
        return None if self.zone is None else offset_at(self.zone, 1970, 0)

    @property
    def instant(self) -> int:
        """Return the nanoseconds since midnight UTC, for comparison."""
        return self.of_day - (self.offset or 0) * NANOS


@dataclass(frozen=True, slots=True, kw_only=True)
class DateTime:
    """A date with a time and perhaps a zone."""

    date: Date
    time: Time

    @property
    def zone(self) -> Zone:
        return self.time.zone

    @property
    def local(self) -> int:
        """Return the nanoseconds since 1970-01-01 by the local clock."""
        return day_number(self.date) * DAY + self.time.of_day

    @property
    def offset(self) -> int | None:
        if self.time.zone is None:
            return None
        return offset_at(self.time.zone, self.date.year, self.local // NANOS)

    @property
    def instant(self) -> int:
        """Return the nanoseconds since 1970-01-01 UTC, for comparison."""
        return self.local - (self.offset or 0) * NANOS

    def to_datetime(self) -> dt.datetime:
        """Return Python's own value; ValueError outside the years 1 to 9999."""
        time = self.time
        zone = time.zone
        info = (
            None if zone is None
            else ZoneInfo(zone) if isinstance(zone, str)
            else dt.timezone(dt.timedelta(seconds=zone))
        )  # fmt: skip
        return dt.datetime(
            self.date.year, self.date.month, self.date.day,
            time.hour, time.minute, time.second, time.nanosecond // 1000, tzinfo=info,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysTimeDuration:
    """A length of time that is always equally long."""

    nanoseconds: int

    def to_timedelta(self) -> dt.timedelta:
        return dt.timedelta(microseconds=self.nanoseconds // 1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class YearsMonthsDuration:
    """A number of months, the length of which depends on where they are counted from."""

    months: int


def time_of(nanoseconds_of_day: int, zone: Zone) -> Time:
    seconds, nanosecond = divmod(nanoseconds_of_day, NANOS)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return Time(hour=hour, minute=minute, second=second, nanosecond=nanosecond, zone=zone)


MIDNIGHT = Time(hour=0, minute=0)
MIDNIGHT_UTC = Time(hour=0, minute=0, zone=0)
