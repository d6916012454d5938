"""Own indicators among all the others: found by key, and reckoned from sums of the same places."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from django.db.models import Sum as Added
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shuli.apps.monitoring.indicators import BY_KEY, Indicator, Sums, Unit, judged
from shuli.apps.monitoring.own.measuring import SECONDS, put_together
from shuli.apps.monitoring.own.models import OwnDayCount, OwnIndicator
from shuli.apps.monitoring.periods import KINDS, Kind, Period
from shuli.apps.monitoring.scopes import Scope, within

PREFIX = "own_"
UNITS: dict[str, Unit] = {
    "share": "share", "hours": "working_seconds", "days": "working_days", "number": "number", "money": "money",
    "points": "points",
}  # fmt: skip
PERCENT = 100


def own_indicators(process: str = "") -> list[Indicator]:
    """Return the own indicators of a process, of all processes where none is named."""
    rows = OwnIndicator.objects.filter(is_active=True)
    return [indicator(row) for row in (rows.filter(process_key=process) if process else rows)]


def indicators_of(process: str, kind: Kind) -> list[Indicator]:
    """Return what is measured of a process: what is measured everywhere, and its own; as such periods are judged."""
    found = [*BY_KEY.values(), *(own_indicators(process) if process else ())]
    return [judged(one, kind) for one in found]


def find_indicator(key: str) -> Indicator | None:
    """Return the indicator of a key, own ones among them."""
    row = own_of(key)
    return indicator(row) if row is not None else BY_KEY.get(key)


def own_of(key: str) -> OwnIndicator | None:
    number = key.removeprefix(PREFIX)
    if not key.startswith(PREFIX) or not number.isascii() or not number.isdecimal() or len(number) > 9:
        return None
    return OwnIndicator.objects.filter(pk=int(number), is_active=True).first()


def indicator(row: OwnIndicator) -> Indicator:
    """Return an own indicator as one of all."""
    is_english = (get_language() or "zh").startswith("en")
    return Indicator(
        key=row.key,
        name=(row.name_en if is_english else "") or row.name,
        formula=f"{row.get_together_display()}{_(': ')}{row.source}",
        unit="count" if row.together == "count" else UNITS[row.unit],
        grain="node" if row.grain == OwnIndicator.Grain.VISIT else "case",
        better=next((one for one in ("up", "down") if one == row.better), ""),
        target=target_of(row),
        frequency=next((kind for kind in KINDS if kind == row.frequency), "month"),
        value=lambda sums: put_together(row.together, *sums.get(row.key, (0, 0))),
        behind=lambda sums: int(sums.get(row.key, (0, 0))[0]),
    )


def target_of(row: OwnIndicator) -> Fraction | None:
    """Return the target in the indicator's own measure: a share as 0.95, a time in seconds."""
    if row.target is None:
        return None
    entered = Fraction(row.target)
    return entered / PERCENT if row.unit == "share" else entered * SECONDS.get(row.unit, 1)


def own_sums(
    scope: Scope, period: Period, by: Iterable[str] = (), **narrowed: Any
) -> dict[tuple[Any, ...], Sums]:
    """Return the sums of own indicators by place, each under the indicator's key: how many values, and their total."""
    names = tuple(by)
    counted_ones = OwnIndicator.objects.filter(is_active=True)
    if "process_key" in narrowed:
        counted_ones = counted_ones.filter(process_key=narrowed["process_key"])
    keys = list(counted_ones.values_list("pk", flat=True))
    if not keys:
        return {}
    rows = within(OwnDayCount.objects.filter(indicator__in=keys), scope, period, **narrowed)
    found: dict[tuple[Any, ...], Sums] = {}
    counted = rows.values(*names, "indicator_id").annotate(n=Added("known"), all=Added("total"))
    for row in counted.order_by():
        place = tuple(row[name] for name in names)
        found.setdefault(place, {})[f"{PREFIX}{row['indicator_id']}"] = (row["n"], row["all"])
    return found


def added(several: Iterable[Sums]) -> Sums:
    """Return the sums of several places together."""
    found: Sums = {}
    for sums in several:
        for key, (known, total) in sums.items():
            former = found.get(key, (0, 0))
            found[key] = (former[0] + known, former[1] + total)
    return found
