"""What an expression gives for one visit or case, and what many of them give together."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from msgspec import Struct

from shuli.core.feel import Expression, ExpressionError, check_types, compile_expression
from shuli.core.feel.temporal.values import DaysTimeDuration
from shuli.core.feel.typecheck import result_kind
from shuli.core.feel.types import Simple

HOUR, WORKING_DAY = 3_600, 28_800  # seconds; a working day is one of the standard calendar
SECONDS = {"hours": HOUR, "days": WORKING_DAY}  # what a number means where the unit is a time
NANO = Decimal(1_000_000_000)
EXACT = Decimal("0.000001")  # kept of a value
MOST = Decimal(10) ** 15  # larger values are mistakes of the expression
OF_CONDITIONS = frozenset({"share", "count"})
NUMBERS = frozenset({Simple.NUMBER, Simple.ANY, Simple.NULL})


class Definition(Struct, frozen=True, kw_only=True):
    """What decides the values of an own indicator."""

    grain: str
    source: str
    together: str
    unit: str


class Measured(Struct, frozen=True, kw_only=True):
    value: Decimal | None  # None: nothing can be said of this one
    reason: ExpressionError | None = None  # why


class Sum(Struct, kw_only=True):
    """What is counted at one place."""

    known: int = 0
    unknown: int = 0
    total: Decimal = Decimal(0)

    def add(self, value: Decimal | None) -> None:
        if value is None:
            self.unknown += 1
        else:
            self.known += 1
            self.total += value


def problems(definition: Definition, types: Mapping[str, str]) -> tuple[ExpressionError, ...]:
    """Return what is wrong with an expression, each with its place; `types` are the names that it may read."""
    compiled = compile_expression(definition.source, tuple(types))
    if compiled.errors:
        return compiled.errors
    found = check_types(compiled, types)
    return found or _wrong_result(definition, compiled, types)


def _wrong_result(
    definition: Definition, compiled: Expression, types: Mapping[str, str]
) -> tuple[ExpressionError, ...]:
    kind, expected = result_kind(compiled, types), "number"
    if definition.together in OF_CONDITIONS:
        expected, fits = "boolean", kind in (Simple.BOOLEAN, Simple.ANY)
    elif definition.unit in SECONDS:
        expected, fits = "duration", kind in NUMBERS or kind is Simple.DAYS_AND_TIME_DURATION
    else:
        fits = kind in NUMBERS
    if fits:
        return ()
    params = {"expected": expected, "found": str(kind)}
    return (ExpressionError(code="wrong_type", expression=definition.source, params=params),)


def measured(
    definition: Definition, compiled: Expression, facts: dict[str, Any], now: datetime
) -> Decimal | None:
    """Return the value of one visit or case; None where there is none. The same facts always give the same."""
    try:
        return _number(definition, compiled.evaluate(facts, now=now))
    except ExpressionError:
        return None


def explained(definition: Definition, compiled: Expression, facts: dict[str, Any], now: datetime) -> Measured:
    """Return the value of one visit or case with the reason where there is none."""
    outcome = compiled.explain(facts, now=now)
    value = _number(definition, outcome.value)
    reason = outcome.warnings[0] if value is None and outcome.warnings else None
    return Measured(value=value, reason=reason)


def _number(definition: Definition, value: Any) -> Decimal | None:
    if definition.together in OF_CONDITIONS:
        return Decimal(value) if isinstance(value, bool) else None
    if isinstance(value, bool):
        return None
    found = _amount(definition.unit, value)
    return found if found is not None and found.is_finite() and abs(found) < MOST else None


def _amount(unit: str, value: Any) -> Decimal | None:
    if isinstance(value, DaysTimeDuration):
        return _kept(Decimal(value.nanoseconds) / NANO) if unit in SECONDS else None
    if isinstance(value, Decimal | int):
        number = Decimal(value)
        return _kept(number * SECONDS.get(unit, 1)) if number.is_finite() and abs(number) < MOST else None
    return None


def _kept(number: Decimal) -> Decimal:
    return number.quantize(EXACT)


def put_together(together: str, known: int, total: Decimal) -> Fraction | None:
    """Return what the values of a place give together; nothing where there are none."""
    if together in ("sum", "count"):
        return Fraction(total)
    return Fraction(total) / known if known else None
