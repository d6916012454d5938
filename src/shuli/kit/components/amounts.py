"""Numbers and lengths of time: tabular, the unit after a space, a minus that is a minus."""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django.utils.translation import gettext as _
from django.utils.translation import npgettext, pgettext

from shuli.core.worktime import STANDARD, Span, span_of

MINUS = "−"
MINUTE = 60
HOUR = 3600


def _decimal(value: object) -> Decimal | None:
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def figure(value: object, decimals: int | None = None) -> str:
    """Return a number with its thousands apart; `decimals` fixes how many stand behind the point."""
    number = _decimal(value)
    if number is None:
        return "" if value is None else str(value)
    if decimals is not None:
        number = number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return f"{number:,f}".replace("-", MINUS)


def percent(share: object) -> str:
    """Return a share such as 0.941 with one decimal: 94.1%."""
    number = _decimal(share)
    return "" if number is None else f"{figure(number * 100, 1)}%"


def points(change: object) -> str:
    """Return the change of a share in percentage points, with its sign."""
    number = _decimal(change)
    if number is None:
        return ""
    words = figure(number * 100, 1)
    signed = words if words.startswith(MINUS) else f"+{words}"
    return _("%(n)s pp") % {"n": signed}


def duration(seconds: float | None) -> str:
    """Return a length of working time in the unit that reads best: 29 分, 17.8 小时."""
    if seconds is None:
        return ""
    minutes = round(seconds / MINUTE)
    if minutes == 0:
        return "0"
    if seconds < HOUR:
        return pgettext("worked", "%(n)s min") % {"n": minutes}
    hours = figure(seconds / HOUR, 1).removesuffix(".0")
    return pgettext("worked", "%(n)s h") % {"n": hours}


def span_words(seconds: float | None, *, is_left: bool = False) -> str:
    """Return working seconds as at most two units, the largest first: 1 工作日 3 小时 — 1 day 3 h."""
    if seconds is None:
        return ""
    return parts_words(span_of(STANDARD, seconds).parts(), is_left=is_left)


def parts_words(parts: tuple[tuple[int, str], ...], *, is_left: bool, is_calendar: bool = False) -> str:
    """Return the units of a span in words; a unit that stands alone is written in full."""
    if is_calendar and parts[0][1] == "working_days":
        days = npgettext("calendar time", "%(n)s day", "%(n)s days", parts[0][0]) % {"n": parts[0][0]}
        return " ".join([days, *(_beside(number, unit) for number, unit in parts[1:])])
    if len(parts) == 1:
        return _alone(*parts[0], is_left=is_left)
    return " ".join(_beside(number, unit) for number, unit in parts)


def shortened(span: Span) -> tuple[tuple[int, str], ...]:
    """Return what is left in the unit that matters: the second only while the first is down to one."""
    parts = span.parts()
    return parts if span.overdue or parts[0][0] < 2 else parts[:1]


def _alone(number: int, unit: str, *, is_left: bool) -> str:
    if unit == "working_days":
        words = npgettext("working time", "%(n)s day", "%(n)s days", number)
    elif unit == "working_hours" and is_left:
        words = npgettext("working time left", "%(n)s hour", "%(n)s hours", number)
    elif unit == "working_hours":
        words = npgettext("working time", "%(n)s hour", "%(n)s hours", number)
    else:
        words = pgettext("working time", "%(n)s min")
    return words % {"n": number}


def _beside(number: int, unit: str) -> str:
    if unit == "working_days":
        return npgettext("working time", "%(n)s day", "%(n)s days", number) % {"n": number}
    if unit == "working_hours":
        return pgettext("working time, short", "%(n)s h") % {"n": number}
    return pgettext("working time", "%(n)s min") % {"n": number}
