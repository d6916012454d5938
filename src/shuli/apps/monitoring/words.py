"""Values of indicators as people read them."""

from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shuli.apps.monitoring.indicators import DAY_SECONDS, Indicator
from shuli.apps.monitoring.periods import Period
from shuli.kit.components import amounts

NOTHING = "–"


def value_words(indicator: Indicator, value: Fraction | None) -> str:
    """Return a value with its unit: 93.2%, 2.5 days, 12."""
    if value is None:
        return NOTHING
    if indicator.unit == "share":
        return amounts.percent(float(value))
    if indicator.unit == "working_seconds":
        return amounts.duration(float(value))
    if indicator.unit == "money":
        return f"¥{amounts.figure(round(float(value), 2))}"
    if indicator.unit == "seconds":
        days = round(float(value) / DAY_SECONDS, 1)
        number = amounts.figure(days, 1).removesuffix(".0")
        return ngettext("%(n)s day", "%(n)s days", 1 if days == 1 else 2) % {"n": number}
    return amounts.figure(round(float(value), 1)).removesuffix(".0")


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
    if indicator.unit == "share":
        return _("%(n)s since last period") % {"n": amounts.points(float(change))}
    sign = "−" if change < 0 else "+"
    return _("%(n)s since last period") % {"n": f"{sign}{value_words(indicator, abs(change))}"}


def period_words(period: Period) -> str:
    """Return a period as short as it can be told: 2026-11, 2026 Q4, 11-16."""
    if period.kind == "month":
        return f"{period.first:%Y-%m}"
    if period.kind == "quarter":
        return f"{period.first.year} Q{(period.first.month + 2) // 3}"
    return f"{period.first.month}-{period.first.day}"
