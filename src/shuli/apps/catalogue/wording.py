"""Limits and performer rules in words."""

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from shuli.core.bpmn.graph import TimerRule
from shuli.core.engine.iso import Duration, read_repetition
from shuli.core.worktime import (
    Agreed,
    ByExpression,
    CalendarDays,
    ClockHours,
    DayOfMonth,
    Immediate,
    Limit,
    Minutes,
    Relative,
    Strictest,
    WorkingDays,
    WorkingHours,
)

REFUSALS: dict[str, str | Promise] = {
    "process_owner_only": gettext_lazy("Only the process owner can do this."),
    "no_such_schedule": gettext_lazy("This process does not start by itself here."),
    "no_version_in_force": gettext_lazy("No version of this process is in force."),
    "buffer_unusable": gettext_lazy("The factor lies between 1 and %(most)s."),
    "buffer_days_unusable": gettext_lazy(
        "Give both days, the first one first, or neither to end the transition."
    ),
}


def by_case() -> str:
    """Say that something is decided in each case."""
    return _("decided in the case")


def number(amount: float) -> str:
    return str(int(amount)) if amount == int(amount) else str(amount)


def _minutes(limit: Minutes) -> str:
    return ngettext("%(n)s minute", "%(n)s minutes", int(limit.amount)) % {"n": number(limit.amount)}


def _clock_hours(limit: ClockHours) -> str:
    return ngettext("%(n)s hour", "%(n)s hours", int(limit.amount)) % {"n": number(limit.amount)}


def _calendar_days(limit: CalendarDays) -> str:
    return ngettext("%(n)s calendar day", "%(n)s calendar days", int(limit.amount)) % {
        "n": number(limit.amount)
    }


def _working_hours(limit: WorkingHours) -> str:
    return ngettext("%(n)s working hour", "%(n)s working hours", int(limit.amount)) % {
        "n": number(limit.amount)
    }


def _working_days(limit: WorkingDays) -> str:
    return ngettext("%(n)s working day", "%(n)s working days", int(limit.amount)) % {
        "n": number(limit.amount)
    }


def _immediate(limit: Immediate) -> str:
    return _("at once (%(n)s minutes)") % {"n": number(limit.minutes)}


def _agreed(limit: Agreed) -> str:
    if limit.default is None:
        return _("agreed for the case")
    return _("agreed for the case, else %(limit)s") % {"limit": limit_words(limit.default)}


# What the moments that limits are counted from are called, where the variable is one of the common ones.
EVENTS = {
    "case.started_at": gettext_lazy("%(limit)s after the case has started"),
    "go_live_at": gettext_lazy("%(limit)s after go-live"),
}


def _relative(limit: Relative) -> str:
    inner = limit_words(limit.limit)
    if isinstance(limit.limit, ByExpression):
        return inner
    return str(EVENTS.get(limit.variable, _("%(limit)s, counted from an earlier step"))) % {"limit": inner}


def _day_of_month(limit: DayOfMonth) -> str:
    """Return the day in words, and what becomes of it on a day off where that is not the usual."""
    words = _months(limit, by=True)
    moved = {"previous": _("on the working day before, if it is a day off"), "stay": _("also on a day off")}
    if limit.working or limit.day_off == "next":
        return words
    return _("%(day)s, %(moved)s") % {"day": words, "moved": moved[limit.day_off]}


def _months(limit: DayOfMonth, *, by: bool) -> str:
    """Return which day of which months is meant, as a limit ("by …") or as a rhythm ("on …")."""
    yearly, quarterly = limit.every == 12, limit.every == 3
    params = {"day": limit.day, "month": limit.month, "n": limit.every, "nth": (limit.month - 1) % 3 + 1}
    if limit.every == 1:
        words = (_("by day %(day)s of the month"), _("on day %(day)s of every month"))
        working = (
            _("by working day %(day)s of the month"),
            _("on working day %(day)s of every month"),
        )
    elif quarterly:
        words = (
            _("by day %(day)s of month %(nth)s of the quarter"),
            _("on day %(day)s of month %(nth)s of every quarter"),
        )
        working = (
            _("by working day %(day)s of month %(nth)s of the quarter"),
            _("on working day %(day)s of month %(nth)s of every quarter"),
        )
    elif yearly:
        words = (_("by %(month)s/%(day)s of the year"), _("every year on %(month)s/%(day)s"))
        working = (
            _("by working day %(day)s of month %(month)s"),
            _("every year on working day %(day)s of month %(month)s"),
        )
    else:
        words = (
            _("by day %(day)s of every %(n)s months"),
            _("on day %(day)s of every %(n)s months"),
        )
        working = (
            _("by working day %(day)s of every %(n)s months"),
            _("on working day %(day)s of every %(n)s months"),
        )
    chosen = working if limit.working else words
    return (chosen[0] if by else chosen[1]) % params


UNITS: dict[str, type] = {
    "minutes": Minutes,
    "hours": ClockHours,
    "calendar_days": CalendarDays,
    "working_hours": WorkingHours,
    "working_days": WorkingDays,
}


def schedule_words(rule: TimerRule) -> str:
    """Return when a process starts by itself, in words."""
    if isinstance(rule.limit, DayOfMonth):
        return _months(rule.limit, by=False)
    if rule.limit is not None:
        return _("once, %(limit)s after it comes into force") % {"limit": limit_words(rule.limit)}
    if rule.repeat is not None:
        every = rule.repeat.repeat
        amount, unit = (every.every, every.unit) if every else (rule.repeat.amount, rule.repeat.unit)
        kind = UNITS.get(unit)
        return _("every %(span)s") % {"span": limit_words(kind(amount=amount))} if kind else ""
    return _text_words(rule.expression or "")


def _text_words(text: str) -> str:
    repetition = read_repetition(text)
    if repetition is None:
        return _("once")
    span = _span_words(repetition.every)
    if repetition.times is None:
        return _("every %(span)s") % {"span": span}
    return _("every %(span)s, %(n)s times") % {"span": span, "n": repetition.times}


def _span_words(every: Duration) -> str:
    """Return a span of the wall clock: months, days, hours, minutes, without what is nought."""
    hours, seconds = divmod(int(every.seconds), 3600)
    parts = [
        (every.months, ngettext("%(n)s month", "%(n)s months", every.months)),
        (every.days, ngettext("%(n)s calendar day", "%(n)s calendar days", every.days)),
        (hours, ngettext("%(n)s hour", "%(n)s hours", hours)),
        (seconds // 60, ngettext("%(n)s minute", "%(n)s minutes", seconds // 60)),
    ]
    return " ".join(words % {"n": n} for n, words in parts if n)


def _strictest(limit: Strictest) -> str:
    words = list(dict.fromkeys(map(limit_words, limit.limits)))
    return words[0] if len(words) == 1 else _("the earliest of: %(limits)s") % {"limits": _(", ").join(words)}


LIMITS: dict[type, Callable[[Any], str]] = {
    Minutes: _minutes,
    ClockHours: _clock_hours,
    CalendarDays: _calendar_days,
    WorkingHours: _working_hours,
    WorkingDays: _working_days,
    Immediate: _immediate,
    Agreed: _agreed,
    ByExpression: lambda _limit: _("depends on the case"),
    Relative: _relative,
    DayOfMonth: _day_of_month,
    Strictest: _strictest,
}


def limit_words(limit: Limit) -> str:
    """Return a time limit in words."""
    return LIMITS[type(limit)](limit)


def superior_words(levels: int, name: str = "") -> str:
    """Return whose superior is meant, and how far above; without a name the starter's."""
    if levels == 1:
        return performer_words("superior", name)
    if not name:
        return _("the starter's superior, %(n)s levels up") % {"n": levels}
    return _("the superior of %(name)s, %(n)s levels up") % {"n": levels, "name": name}


def performer_words(kind: str, name: str) -> str:
    """Return a performer rule in words; `name` is the department, post or step that it names."""
    named = {
        "department": _("somebody of %(name)s"),
        "head": _("the head of %(name)s"),
        "liaison": _("the liaison of %(name)s"),
        "executive": _("the executive in charge of %(name)s"),
        "same_as": _("whoever did “%(name)s”"),
        "chosen": _("chosen by whoever does “%(name)s”"),
        "superior": _("the superior of %(name)s"),
        "group": _("somebody of the group %(name)s"),
        "least_loaded": _("whoever of %(name)s has the least to do"),
        "post": "%(name)s",
        "owner": "%(name)s",
        "supervisor": "%(name)s",
        "person": "%(name)s",
    }
    plain = {
        "starter": _("whoever started the case"),
        "first_responder": _("the first responder"),
        "head": _("the department head"),
        "liaison": _("the department's liaison"),
        "executive": _("the executive in charge"),
        "department": _("somebody of the department in charge"),
        "person": _("the person chosen in the case"),
        "post": _("the post chosen in the case"),
        "owner": _("the process owner"),
        "supervisor": _("the supervisor"),
        "superior": _("the starter's superior"),
        "group": _("a candidate group"),
        "chosen": _("chosen by the starter"),
        "least_loaded": _("whoever has the least to do"),
    }
    return named[kind] % {"name": name} if name and kind in named else plain.get(kind, name)
