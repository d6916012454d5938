"""When somebody is told: not in quiet hours, and with the digest where that is wanted. Pure; moments are local."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from msgspec import Struct

LONGEST = 60  # days without a working day that are looked through


class Hours(Struct, frozen=True, kw_only=True):
    quiet_from: time
    quiet_until: time
    digest_at: time
    is_working_day: Callable[[date], bool]  # every day where days off are not quiet


def tell_at(now: datetime, hours: Hours, *, in_digest: bool) -> datetime:
    """Return from when on somebody may be told of what happened now."""
    return next_digest(now, hours) if in_digest else after_quiet(now, hours)


def after_quiet(now: datetime, hours: Hours) -> datetime:
    """Return now, or the end of the quiet hours into which it falls."""
    if not is_quiet(now, hours):
        return now
    if hours.is_working_day(now.date()) and now.time() < hours.quiet_until:
        return _at(now, now.date(), hours.quiet_until)
    return _at(now, _working(now.date() + timedelta(days=1), hours), hours.quiet_until)


def is_quiet(now: datetime, hours: Hours) -> bool:
    return not hours.is_working_day(now.date()) or _in_quiet_hours(now.time(), hours)


def next_digest(now: datetime, hours: Hours) -> datetime:
    """Return when the next digest goes out, after now."""
    day = now.date() if now.time() < hours.digest_at else now.date() + timedelta(days=1)
    return _at(now, _working(day, hours), hours.digest_at)


def _in_quiet_hours(at: time, hours: Hours) -> bool:
    if hours.quiet_from <= hours.quiet_until:
        return hours.quiet_from <= at < hours.quiet_until
    return at >= hours.quiet_from or at < hours.quiet_until


def _working(day: date, hours: Hours) -> date:
    """Return the day, or the first working day after it; the day itself where none is in sight."""
    days = (day + timedelta(days=n) for n in range(LONGEST))
    return next((one for one in days if hours.is_working_day(one)), day)


def _at(now: datetime, day: date, at: time) -> datetime:
    return datetime.combine(day, at, now.tzinfo)
