"""Moments in the words that people use: 今天 11:20, 昨天, 周四, 11-25 周三 — Today 11:20, Thu, Wed 25 Nov."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shuli.kit import clock

A_WEEK = 7


def _weekday(day: date) -> str:
    names = (
        pgettext("weekday", "Mon"),
        pgettext("weekday", "Tue"),
        pgettext("weekday", "Wed"),
        pgettext("weekday", "Thu"),
        pgettext("weekday", "Fri"),
        pgettext("weekday", "Sat"),
        pgettext("weekday", "Sun"),
    )
    return names[day.weekday()]


def _month(day: date) -> str:
    names = (
        pgettext("month", "Jan"),
        pgettext("month", "Feb"),
        pgettext("month", "Mar"),
        pgettext("month", "Apr"),
        pgettext("month", "May"),
        pgettext("month", "Jun"),
        pgettext("month", "Jul"),
        pgettext("month", "Aug"),
        pgettext("month", "Sep"),
        pgettext("month", "Oct"),
        pgettext("month", "Nov"),
        pgettext("month", "Dec"),
    )
    return names[day.month - 1]


def _parts(day: date) -> dict[str, str | int]:
    return {
        "weekday": _weekday(day),
        "month": _month(day),
        "day": day.day,
        "mm": f"{day.month:02}",
        "dd": f"{day.day:02}",
        "year": day.year,
    }


def _local(at: datetime) -> datetime:
    return timezone.localtime(at) if timezone.is_aware(at) else at


def _today() -> date:
    return timezone.localtime(clock.now()).date()


def _near(day: date, today: date) -> str:
    """Return today, yesterday, tomorrow or the weekday; nothing beyond a week."""
    away = (day - today).days
    if away == 0:
        return pgettext("moment", "Today")
    if away == -1:
        return pgettext("moment", "Yesterday")
    if away == 1:
        return pgettext("moment", "Tomorrow")
    return _weekday(day) if abs(away) < A_WEEK else ""


def _far(day: date, today: date) -> str:
    if day.year != today.year:
        return pgettext("moment", "%(weekday)s %(day)s %(month)s %(year)s") % _parts(day)
    return pgettext("moment", "%(weekday)s %(day)s %(month)s") % _parts(day)


def moment(at: datetime | date | None) -> str:
    """Return when something is, as precisely as its distance makes useful."""
    if at is None:
        return ""
    if not isinstance(at, datetime):
        return _near(at, _today()) or _far(at, _today())
    local, today = _local(at), _today()
    near = _near(local.date(), today)
    return f"{near} {local:%H:%M}" if near else _far(local.date(), today)


def moment_time(at: datetime | None) -> str:
    """Return day and time in short, such as 11-10 09:18 or 10 Nov 09:18, with the year once it differs."""
    if at is None:
        return ""
    local, today = _local(at), _today()
    if local.date() == today:
        return moment(at)
    short = pgettext("moment", "%(day)s %(month)s") % _parts(local.date())
    if local.year != today.year:
        short = pgettext("moment", "%(day)s %(month)s %(year)s") % _parts(local.date())
    return f"{short} {local:%H:%M}"


def due_words(at: datetime) -> str:
    """Return the due moment as a sentence: 今天 11:20 到期 — Due today 11:20."""
    words = moment(at)
    in_sentence = {
        pgettext("moment", "Today"),
        pgettext("moment", "Yesterday"),
        pgettext("moment", "Tomorrow"),
    }
    first, _space, rest = words.partition(" ")
    if first in in_sentence:
        words = f"{first.lower()} {rest}".strip()
    # zh puts no space between 周三 and 到期, but one behind a number
    if words and not words[-1].isdigit():
        return pgettext("after a word", "Due %(moment)s") % {"moment": words}
    return pgettext("after a number", "Due %(moment)s") % {"moment": words}


def clock_time(at: datetime | None) -> str:
    """Return the time of day in 24 hours."""
    return f"{_local(at):%H:%M}" if at else ""


def form_date(at: datetime | date | None) -> str:
    """Return a date as forms write it: 2026-11-10."""
    if at is None:
        return ""
    return (_local(at) if isinstance(at, datetime) else at).strftime("%Y-%m-%d")


def form_moment(at: datetime | None) -> str:
    """Return a moment as forms write it: 2026-11-10 09:12."""
    return f"{_local(at):%Y-%m-%d %H:%M}" if at else ""


def long_moment(at: datetime | None) -> str:
    """Return the day in full, for the head of a page: 11 月 17 日 周二 10:20 — Tue 17 Nov 2026, 10:20."""
    if at is None:
        return ""
    local = _local(at)
    return _("%(weekday)s %(day)s %(month)s %(year)s, %(time)s") % {
        **_parts(local.date()),
        "month_number": local.month,
        "time": f"{local:%H:%M}",
    }
