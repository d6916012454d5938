"""Values of indicators as people read them."""

from collections.abc import Callable
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from shuli.apps.monitoring.indicators import DAY_SECONDS, Indicator, Unit
from shuli.apps.monitoring.own.measuring import WORKING_DAY
from shuli.apps.monitoring.periods import Period
from shuli.kit.components import amounts

NOTHING = "–"


def value_words(indicator: Indicator, value: Fraction | None) -> str:
    """Return a value with its unit: 93.2%, 2.5 days, 12."""
    return NOTHING if value is None else VALUES[indicator.unit](value)


def _seconds(value: Fraction) -> str:
    days = round(float(value) / DAY_SECONDS, 1)
    words = ngettext("%(n)s day", "%(n)s days", 1 if days == 1 else 2)
    return words % {"n": _short(amounts.figure(days, 1))}


def _working_days(value: Fraction) -> str:
    days = round(float(value) / WORKING_DAY, 1)
    words = npgettext("working time", "%(n)s day", "%(n)s days", 1 if days == 1 else 2)
    return words % {"n": _short(amounts.figure(days, 1))}


def _short(number: str) -> str:
    return number.removesuffix(".0")


VALUES: dict[Unit, Callable[[Fraction], str]] = {
    "share": lambda value: amounts.percent(float(value)),
    "working_seconds": lambda value: amounts.duration(float(value)),
    "working_days": _working_days,
    "seconds": _seconds,
    "money": lambda value: f"¥{amounts.figure(round(float(value), 2))}",
    "number": lambda value: _short(amounts.figure(round(float(value), 2))),
    "count": lambda value: _short(amounts.figure(round(float(value), 1))),
    "points": lambda value: _short(amounts.figure(round(float(value), 1))),
}


def target_words(indicator: Indicator) -> str:
    if indicator.target is None:
        return ""
    sign = "≥" if indicator.better == "up" else "≤"
    return _("Target %(sign)s%(value)s") % {
        "sign": sign,
        "value": value_words(indicator, indicator.target).replace(".0%", "%"),
    }


def gap_words(indicator: Indicator, value: Fraction | None) -> str:
    """Return how far a value is from its target, or that it meets it."""
    if indicator.target is None or value is None:
        return ""
    missing = indicator.target - value if indicator.better == "up" else value - indicator.target
    if missing <= 0:
        return _("On target")
    if indicator.unit == "share":
        return _("%(n)s pp off") % {"n": amounts.figure(float(missing) * 100, 1)}
    return _("%(n)s off") % {"n": value_words(indicator, missing)}


def change_words(indicator: Indicator, value: Fraction | None, former: Fraction | None) -> str:
    """Return the change since the last period; nothing where one of both is not known."""
    if value is None or former is None:
        return ""
    change = value - former
    told = amounts.points(float(change)) if indicator.unit == "share" else value_words(indicator, abs(change))
    if not any(sign in "123456789" for sign in told):  # what rounds to nothing is none
        return _("unchanged since last period")
    if indicator.unit != "share":
        told = f"{'−' if change < 0 else '+'}{told}"
    return _("%(n)s since last period") % {"n": told}


def period_words(period: Period) -> str:
    """Return a period as short as it can be told: 2026-11, 2026 Q4, 11-16."""
    if period.kind == "month":
        return f"{period.first:%Y-%m}"
    if period.kind == "quarter":
        return f"{period.first.year} Q{(period.first.month + 2) // 3}"
    return f"{period.first.month}-{period.first.day}"
