"""Before and after: the figure of an action over so many days, from the counts."""

from datetime import date, timedelta
from typing import Literal

from msgspec import Struct

from shuli.apps.directory import queries as directory
from shuli.apps.monitoring.indicators import BY_KEY
from shuli.apps.monitoring.measuring import Where, is_total, value_at
from shuli.apps.monitoring.remedies.models import Remedy
from shuli.apps.monitoring.remedies.rights import where_of

State = Literal["open", "overdue", "done", "to_verify", "effective", "ineffective"]


class After(Struct, frozen=True, kw_only=True):
    first: date
    last: date
    value: float | None


def before(indicator: str, where: Where, recorded_on: date, days: int) -> float | None:
    """Return the value of so many days up to the day before the action was recorded."""
    known = BY_KEY.get(indicator)
    last = recorded_on - timedelta(days=1)
    return value_at(known, where, last - timedelta(days=days - 1), last) if known else None


def after(row: Remedy, today: date) -> After | None:
    """Return the value since it was done, of at most so many days; what adds up is scaled to as many as before."""
    known, done = BY_KEY.get(row.indicator), row.done_on
    if known is None or done is None:
        return None
    first = max(done, today - timedelta(days=row.days - 1))
    value = value_at(known, where_of(row), first, today)
    if value is not None and is_total(known):
        value = value * row.days / ((today - first).days + 1)
    return After(first=first, last=today, value=value)


def result(row: Remedy, value: float | None) -> Literal["reached", "better", "same", "worse", ""]:
    """Say what the figures say: the expected value is reached, it is better than before, or not."""
    if value is None:
        return ""
    sign = 1 if row.better == "up" else -1
    if sign * value >= sign * row.expected:
        return "reached"
    if row.before is None:
        return ""
    change = sign * (value - row.before)
    return "better" if change > 0 else "same" if change == 0 else "worse"


def state_of(row: Remedy) -> State:
    today = directory.today()
    if row.verified_at is not None:
        return "effective" if row.judgement == Remedy.Judgement.EFFECTIVE else "ineffective"
    if row.done_at is not None:
        return "to_verify" if row.verify_on <= today else "done"
    return "overdue" if row.due < today else "open"
