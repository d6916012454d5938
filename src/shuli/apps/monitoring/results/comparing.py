"""Two versions compared, measure by measure: the values of both, the change, and whether it is more than chance."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from statistics import median
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from msgspec import Struct

from shuli.apps.monitoring.indicators import BY_KEY, Indicator
from shuli.apps.monitoring.results.reading import Run, Sides
from shuli.core.figures import Comparison, holm, judge, rank_test
from shuli.core.figures.comparison import LEAST


class Measure(Struct, frozen=True, kw_only=True):
    """What is compared: of each case a number, or so many of so many."""

    key: str  # of the indicator whose unit and side it has
    name: str | Promise
    of_case: Callable[[Run], float | None] | None = None
    middle: Literal["median", "mean"] = "mean"
    share: Callable[[Run], tuple[int, int]] | None = None

    @property
    def indicator(self) -> Indicator:
        return BY_KEY[self.key]


class Row(Struct, frozen=True, kw_only=True):
    measure: Measure
    before: Fraction | None
    after: Fraction | None
    finding: Comparison
    chance: float | None = None  # corrected; None where nothing was tested


MEASURES = (
    Measure(key="cycle_time_median", name=_("Median cycle time"), of_case=lambda run: run.cycle, middle="median"),
    Measure(key="waiting_time", name=_("Median waiting time of a case"), of_case=lambda run: run.waiting, middle="median"),
    Measure(key="handling_time", name=_("Median handling time of a case"), of_case=lambda run: run.handling, middle="median"),
    Measure(key="on_time_rate", name=_("Node on-time rate"), share=lambda run: (run.on_time, run.due)),
    Measure(key="return_rate", name=_("Return rate"), share=lambda run: (run.returned, run.steps)),
    Measure(key="rework_rate", name=_("Rework rate"), share=lambda run: (run.reworked, run.steps)),
    Measure(key="steps", name=_("Steps per case"), of_case=lambda run: run.steps),
    Measure(key="handovers", name=_("Hand-overs per case"), of_case=lambda run: run.handovers),
    Measure(key="satisfaction", name=_("Customer satisfaction"), of_case=lambda run: run.points),
)  # fmt: skip


def compared(both: Sides) -> list[Row]:
    """Return every measure; the probabilities are corrected for how many are tested."""
    found = [_one(measure, both.before.runs, both.after.runs) for measure in MEASURES]
    corrected = iter(holm([chance for *_values, chance in found if chance is not None]))
    return [
        _row(measure, before, after, None if chance is None else next(corrected))
        for measure, (before, after, chance) in zip(MEASURES, found, strict=True)
    ]


Found = tuple[Fraction | None, Fraction | None, float | None]


def _one(measure: Measure, before: Sequence[Run], after: Sequence[Run]) -> Found:
    then, now = (
        [value for run in runs if (value := _value(measure, run)) is not None] for runs in (before, after)
    )
    chance = rank_test(then, now) if min(len(then), len(now)) >= LEAST else None
    if measure.share is not None:
        return _together(measure.share, before), _together(measure.share, after), chance
    return _middle(measure, then), _middle(measure, now), chance


def _value(measure: Measure, run: Run) -> float | None:
    """Return what a case says; of shares its own, for the visits of one case are not independent of one another."""
    if measure.share is None:
        return measure.of_case(run) if measure.of_case else None
    hits, of = measure.share(run)
    return hits / of if of else None


def _together(share: Callable[[Run], tuple[int, int]], runs: Sequence[Run]) -> Fraction | None:
    told = [share(run) for run in runs]
    of = sum(of for _hits, of in told)
    return Fraction(sum(hits for hits, _of in told), of) if of else None


def _middle(measure: Measure, values: Sequence[float]) -> Fraction | None:
    if not values:
        return None
    exact = [Fraction(value) for value in values]
    return median(exact) if measure.middle == "median" else sum(exact, Fraction(0)) / len(exact)


def _row(measure: Measure, before: Fraction | None, after: Fraction | None, chance: float | None) -> Row:
    if before is None or after is None or chance is None:
        return Row(measure=measure, before=before, after=after, finding="few")
    finding = judge(float(after - before), measure.indicator.better, chance)
    return Row(measure=measure, before=before, after=after, finding=finding, chance=chance)
