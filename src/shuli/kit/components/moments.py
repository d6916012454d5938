"""Moments in the words that people use: 今天 11:20, 昨天, 周四, 11-25 周三 — Today 11:20, Thu, Wed 25 Nov."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import get_language

from shuli.kit import clock

A_WEEK = 7


@dataclass(frozen=True, kw_only=True, slots=True)
class Pattern:
    """How one language writes moments. The two differ in order, so they are patterns and not sentences to translate."""

    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    today: str
    yesterday: str
    tomorrow: str
    # a day beyond a week, the same with its year
    far: str
    far_year: str
    # beside a time of day
    short: str
    short_year: str
    # the head of a page
    long: str
    due_word: str
    # behind a weekday, which takes no space in Chinese
    due_after_word: str


ZH = Pattern(
    weekdays=("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    months=tuple(str(month) for month in range(1, 13)),
    today="今天",
    yesterday="昨天",
    tomorrow="明天",
    far="{mm}-{dd} {weekday}",
    far_year="{year}-{mm}-{dd} {weekday}",
    short="{mm}-{dd}",
    short_year="{year}-{mm}-{dd}",
    long="{month} 月 {day} 日 {weekday} {time}",
    due_word="{moment} 到期",
    due_after_word="{moment}到期",
)
EN = Pattern(
    weekdays=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    months=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    today="Today",
    yesterday="Yesterday",
    tomorrow="Tomorrow",
    far="{weekday} {day} {month}",
    far_year="{weekday} {day} {month} {year}",
    short="{day} {month}",
    short_year="{day} {month} {year}",
    long="{weekday} {day} {month} {year}, {time}",
    due_word="Due {moment}",
    due_after_word="Due {moment}",
)


def _pattern() -> Pattern:
    return ZH if (get_language() or "zh").startswith("zh") else EN


def _write(form: str, day: date, time: str = "") -> str:
    pattern = _pattern()
    return form.format(
        weekday=pattern.weekdays[day.weekday()],
        month=pattern.months[day.month - 1],
        day=day.day,
        mm=f"{day.month:02}",
        dd=f"{day.day:02}",
        year=day.year,
        time=time,
    )


def _local(at: datetime) -> datetime:
    return timezone.localtime(at) if timezone.is_aware(at) else at


def _today() -> date:
    return timezone.localtime(clock.now()).date()


def _near(day: date, today: date) -> str:
    """Return today, yesterday, tomorrow or the weekday; nothing beyond a week."""
    pattern, away = _pattern(), (day - today).days
    named = {0: pattern.today, -1: pattern.yesterday, 1: pattern.tomorrow}
    if away in named:
        return named[away]
    return pattern.weekdays[day.weekday()] if abs(away) < A_WEEK else ""


def _far(day: date, today: date) -> str:
    pattern = _pattern()
    return _write(pattern.far if day.year == today.year else pattern.far_year, day)


def moment(at: datetime | date | None) -> str:
    """Return when something is, as precisely as its distance makes useful."""
    if not at:
        return ""
    if not isinstance(at, datetime):
        return _near(at, _today()) or _far(at, _today())
    local, today = _local(at), _today()
    near = _near(local.date(), today)
    return f"{near} {local:%H:%M}" if near else _far(local.date(), today)


def moment_time(at: datetime | None) -> str:
    """Return day and time in short, such as 11-10 09:18 or 10 Nov 09:18, with the year once it differs."""
    if not at:
        return ""
    local, today, pattern = _local(at), _today(), _pattern()
    if local.date() == today:
        return moment(at)
    form = pattern.short if local.year == today.year else pattern.short_year
    return f"{_write(form, local.date())} {local:%H:%M}"


def moment_within(at: datetime | date | None) -> str:
    """Return a moment to stand within a sentence: paused since yesterday 10:20, due Thu 12:00."""
    return _within(moment(at))


def moment_time_within(at: datetime | None) -> str:
    """Return day and time to stand within a sentence: saved today 09:18, saved 10 Nov 09:18."""
    return _within(moment_time(at))


def _within(words: str) -> str:
    pattern = _pattern()
    for name in (pattern.today, pattern.yesterday, pattern.tomorrow):
        if words.startswith(name):
            return name.lower() + words.removeprefix(name)
    return words


def due_words(at: datetime) -> str:
    """Return the due moment as a sentence: 今天 11:20 到期 — Due today 11:20."""
    pattern, words = _pattern(), moment_within(at)
    return (pattern.due_word if words[-1:].isdigit() else pattern.due_after_word).format(moment=words)


def clock_time(at: datetime | None) -> str:
    """Return the time of day in 24 hours."""
    return f"{_local(at):%H:%M}" if at else ""


def form_date(at: datetime | date | None) -> str:
    """Return a date as forms write it: 2026-11-10."""
    if not at:
        return ""
    return (_local(at) if isinstance(at, datetime) else at).strftime("%Y-%m-%d")


def form_moment(at: datetime | None) -> str:
    """Return a moment as forms write it: 2026-11-10 09:12."""
    return f"{_local(at):%Y-%m-%d %H:%M}" if at else ""


def long_moment(at: datetime | None) -> str:
    """Return the day in full, for the head of a page: 11 月 17 日 周二 10:20 — Tue 17 Nov 2026, 10:20."""
    if not at:
        return ""
    local = _local(at)
    return _write(_pattern().long, local.date(), f"{local:%H:%M}")
