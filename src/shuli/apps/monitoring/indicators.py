"""All indicators in one table: what each is called, how it is reckoned from sums, and what is expected of it."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from msgspec import Struct
from msgspec.structs import replace

from shuli.apps.monitoring.counting import SUMS
from shuli.apps.monitoring.periods import Kind

Unit = Literal["share", "count", "working_seconds", "working_days", "seconds", "points", "money", "number"]
Sums = dict[str, Any]  # the columns of DayCount, added up; "cycles" sorted
DAY_SECONDS = 86_400
MINUTE = 60
CENTS = ("people_cents", "material_cents", "money_cents")


class Indicator(Struct, frozen=True, kw_only=True):
    key: str
    name: str | Promise
    formula: str | Promise
    unit: Unit
    grain: Literal["node", "case"]  # whose sums it is reckoned from
    better: Literal["up", "down", ""] = ""
    target: Fraction | None = None
    target_of: Kind | None = None  # the only kind of period that the target is for; None: any
    frequency: Kind = "month"
    value: Callable[[Sums], Fraction | None]  # None: nothing to say
    behind: Callable[[Sums], int] | None = (
        None  # how many visits or cases a value stands on, where it counts them itself
    )


def ratio(above: str, below: str) -> Callable[[Sums], Fraction | None]:
    return lambda sums: Fraction(int(sums[above]), int(sums[below])) if sums[below] else None


def total(name: str) -> Callable[[Sums], Fraction | None]:
    return lambda sums: Fraction(int(sums[name]))


def _late(sums: Sums) -> Fraction | None:
    return Fraction(int(sums["due"] - sums["on_time"]), int(sums["due"])) if sums["due"] else None


def _median(sums: Sums) -> Fraction | None:
    cycles = sums["cycles"]
    middle = len(cycles) // 2
    if not cycles:
        return None
    two = cycles[middle - 1] + cycles[middle] if len(cycles) % 2 == 0 else cycles[middle] * 2
    return Fraction(two * MINUTE, 2)


def _over_ended(name: str) -> Callable[[Sums], Fraction | None]:
    def value(sums: Sums) -> Fraction | None:
        ended = int(sums["ended"] + sums["stopped"])
        return Fraction(int(sums[name]), ended) if ended else None

    return value


def _conformance(sums: Sums) -> Fraction | None:
    departed = _over_ended("departed")(sums)
    return None if departed is None else 1 - departed


def _complaint_rate(sums: Sums) -> Fraction | None:
    others = int(sums["started"] - sums["complaints"])
    return Fraction(int(sums["complaints"]), others) if others else None


def _adoption(sums: Sums) -> Fraction | None:
    announced = sums.get("announced", 0)
    return Fraction(int(sums["started"]), announced) if announced else None


def _utilisation(sums: Sums) -> Fraction | None:
    there = sums.get("working_seconds", 0)
    return Fraction(int(sums["handling_seconds"]), there) if there else None


def _cost(*names: str) -> Callable[[Sums], Fraction | None]:
    def value(sums: Sums) -> Fraction | None:
        cents = sum(int(sums[name]) for name in names)
        return Fraction(cents, 100) if cents else None

    return value


def _unit_cost(sums: Sums) -> Fraction | None:
    total_cost, ended = _cost(*CENTS)(sums), int(sums["ended"] + sums["stopped"])
    return total_cost / ended if total_cost is not None and ended else None


INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        key="on_time_rate", name=_("Node on-time rate"), unit="share", grain="node", better="up",
        formula=_("Visits closed by their due date ÷ visits closed that had one"),
        target=Fraction(95, 100), value=ratio("on_time", "due"),
    ),
    Indicator(
        key="timeout_rate", name=_("Node timeout rate"), unit="share", grain="node", better="down",
        formula=_("Visits closed after their due date ÷ visits closed that had one"),
        target=Fraction(5, 100), value=_late,
    ),
    Indicator(
        key="satisfaction", name=_("Customer satisfaction"), unit="points", grain="node", better="up",
        formula=_("Points of all answers ÷ answers"), target=Fraction(90), value=ratio("points", "rated"),
    ),
    Indicator(
        key="partner_satisfaction", name=_("Department satisfaction"), unit="points", grain="node", better="up",
        formula=_("Points of the answers of other departments ÷ their answers"), target=Fraction(90),
        value=ratio("partner_points", "partner_rated"),
    ),
    Indicator(
        key="response_rate", name=_("Response rate of the survey"), unit="share", grain="case", better="up",
        formula=_("Survey questions answered ÷ those asked after closing, by the day on which they were asked"),
        value=ratio("responded", "surveyed"), behind=lambda sums: int(sums["surveyed"]),
    ),
    Indicator(
        key="volume", name=_("Cases started"), unit="count", grain="case", frequency="day",
        formula=_("Cases started in the period"), value=total("started"),
    ),
    Indicator(
        key="throughput", name=_("Cases completed"), unit="count", grain="case", frequency="week", better="up",
        formula=_("Cases completed in the period"), value=total("ended"),
    ),
    Indicator(
        key="cycle_time", name=_("Mean cycle time"), unit="seconds", grain="case", better="down",
        formula=_("Time from start to end of the cases completed ÷ their number, in calendar time"),
        value=ratio("cycle_seconds", "ended"),
    ),
    Indicator(
        key="cycle_time_median", name=_("Median cycle time"), unit="seconds", grain="case", better="down",
        formula=_("Half of the cases completed took no longer, in calendar time"), value=_median,
    ),
    Indicator(
        key="waiting_time", name=_("Mean waiting time"), unit="working_seconds", grain="node", better="down",
        formula=_("Working time before a visit was taken up ÷ visits closed"), value=ratio("waiting_seconds", "closed"),
    ),
    Indicator(
        key="handling_time", name=_("Mean handling time"), unit="working_seconds", grain="node", better="down",
        formula=_("Working time from taking up to closing ÷ visits closed"), value=ratio("handling_seconds", "closed"),
    ),
    Indicator(
        key="first_response", name=_("First response"), unit="working_seconds", grain="node", better="down",
        formula=_("Working time until the first visit of a case was taken up ÷ first visits closed"),
        frequency="week", value=ratio("answer_seconds", "answered"),
    ),
    Indicator(
        key="return_rate", name=_("Return rate"), unit="share", grain="node", better="down",
        formula=_("Visits that sent the work back ÷ visits closed"), value=ratio("returned", "closed"),
    ),
    Indicator(
        key="transfers", name=_("Transfers"), unit="count", grain="node", better="down",
        formula=_("Tasks of the visits closed that were handed to somebody else"), value=total("transfers"),
    ),
    Indicator(
        key="handovers", name=_("Hand-overs per case"), unit="count", grain="case", better="down",
        formula=_("Changes of department between visits ÷ cases ended"), value=_over_ended("handovers"),
    ),
    Indicator(
        key="steps", name=_("Steps per case"), unit="count", grain="case", better="down",
        formula=_("Visits of steps in the cases that ended ÷ their number"), value=_over_ended("steps"),
    ),
    Indicator(
        key="approvals", name=_("Approvals per case"), unit="count", grain="case", better="down",
        formula=_("Visits of steps that decide, in the cases that ended ÷ their number"), value=_over_ended("approvals"),
    ),
    Indicator(
        key="conformance", name=_("Conformance"), unit="share", grain="case", better="up",
        formula=_("Cases that ended and went only where the process is drawn, without a jump by hand ÷ cases ended"),
        value=_conformance,
    ),
    Indicator(
        key="rework_rate", name=_("Rework rate"), unit="share", grain="node", better="down",
        formula=_("Visits of a step that the case had been at before ÷ visits closed"), value=ratio("reworked", "closed"),
    ),
    Indicator(
        key="paused_time", name=_("Mean paused time"), unit="working_seconds", grain="node", better="down",
        formula=_("Working time in which the case was suspended ÷ visits closed"), value=ratio("paused_seconds", "closed"),
    ),
    Indicator(
        key="communication", name=_("Comments per case"), unit="count", grain="case", better="down",
        formula=_("Comments on the cases that ended ÷ their number"), value=_over_ended("comments"),
    ),
    Indicator(
        key="complaint_rate", name=_("Complaint rate"), unit="share", grain="case", better="down",
        formula=_("Complaints started ÷ all other cases started"), value=_complaint_rate,
    ),
    Indicator(
        key="adoption", name=_("Cases in the system"), unit="share", grain="case", better="up",
        formula=_("Cases started ÷ cases that the month had altogether, as the process owner announced"),
        target=Fraction(95, 100), value=_adoption,
    ),
    Indicator(
        key="utilisation", name=_("Utilisation"), unit="share", grain="node",
        formula=_("Handling time of the visits closed ÷ working time of the department’s people"), value=_utilisation,
    ),
    Indicator(
        key="cost", name=_("Total cost"), unit="money", grain="node", better="down",
        formula=_("What people, material and payments cost: by the steps done and as written into forms"), value=_cost(*CENTS),
    ),
    Indicator(
        key="cost_people", name=_("Cost of people"), unit="money", grain="node", better="down",
        formula=_("What the steps cost each time, and what forms say of people"), value=_cost("people_cents"),
    ),
    Indicator(
        key="cost_material", name=_("Cost of material"), unit="money", grain="node", better="down",
        formula=_("What forms say of material"), value=_cost("material_cents"),
    ),
    Indicator(
        key="cost_money", name=_("Payments"), unit="money", grain="node", better="down",
        formula=_("What forms say was paid: refunds, compensation, losses"), value=_cost("money_cents"),
    ),
    Indicator(
        key="unit_cost", name=_("Cost per case"), unit="money", grain="case", better="down",
        formula=_("Total cost ÷ cases ended"), value=_unit_cost,
    ),
    Indicator(
        key="violations", name=_("Violations"), unit="count", grain="node", better="down",
        formula=_("Violations recorded in the period and not taken back; the target is for quarters, other periods are not judged"),
        target=Fraction(2), target_of="quarter", frequency="quarter", value=total("violations"),
    ),
    Indicator(
        key="document_completeness", name=_("Document completeness"), unit="share", grain="case", better="up",
        formula=_("Mandatory documents that are there ÷ those due, of the cases that ended"),
        target=Fraction(1), value=ratio("documents_there", "documents_due"),
    ),
)  # fmt: skip


def judged(indicator: Indicator, kind: Kind) -> Indicator:
    """Return an indicator as periods of a kind are judged by it: without a target that is not for them."""
    return indicator if indicator.target_of in (None, kind) else replace(indicator, target=None)


BY_KEY = {one.key: one for one in INDICATORS}
NOTHING: Sums = {**dict.fromkeys(SUMS, 0), "cycles": []}


def verdict(indicator: Indicator, value: Fraction | None) -> Literal["ok", "late", ""]:
    """Say whether a value meets the target; nothing where there is none."""
    if indicator.target is None or value is None:
        return ""
    is_met = value >= indicator.target if indicator.better == "up" else value <= indicator.target
    return "ok" if is_met else "late"
