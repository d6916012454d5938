"""Functions on numbers."""

from collections.abc import Callable
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
    DecimalException,
)

from shuli.core.feel.arithmetic import negated
from shuli.core.feel.budget import Run
from shuli.core.feel.errors import Failure
from shuli.core.feel.functions.signature import BuiltIn, form
from shuli.core.feel.numbers import CONTEXT, ZERO, is_whole, number_text
from shuli.core.feel.temporal.values import DaysTimeDuration, YearsMonthsDuration

_SMALLEST_SCALE, _LARGEST_SCALE = -6111, 6176
Duration = DaysTimeDuration | YearsMonthsDuration


def _outside(value: Decimal) -> Failure:
    return Failure("out_of_range", found=number_text(value))


def rounding(mode: str) -> Callable[..., Decimal | Failure]:
    def rounded(_: Run, number: Decimal, scale: Decimal = ZERO) -> Decimal | Failure:
        if not _SMALLEST_SCALE <= scale <= _LARGEST_SCALE:
            return _outside(scale)
        digits = int(scale)
        exponent = number.as_tuple().exponent
        if isinstance(exponent, int) and exponent >= -digits:
            return number
        try:
            result = number.quantize(Decimal((0, (1,), -digits)), rounding=mode, context=CONTEXT)
        except DecimalException:
            return _outside(number)
        # -0.4 rounds to 0, which has no sign in FEEL
        return result or abs(result)

    return rounded


def absolute(_: Run, value: Decimal | Duration) -> Decimal | Duration:
    if isinstance(value, Decimal):
        return CONTEXT.abs(value)
    amount = value.nanoseconds if isinstance(value, DaysTimeDuration) else value.months
    return negated(value) if amount < 0 else value


def modulo(_: Run, dividend: Decimal, divisor: Decimal) -> Decimal | Failure:
    if not divisor:
        return Failure("division_by_zero")
    try:
        remainder = CONTEXT.remainder(dividend, divisor)
    except DecimalException:
        return _outside(dividend)
    # FEEL's result has the sign of the divisor, IEEE's that of the dividend
    if remainder and (remainder < 0) != (divisor < 0):
        return CONTEXT.add(remainder, divisor)
    return remainder or ZERO


def square_root(_: Run, number: Decimal) -> Decimal | Failure:
    return CONTEXT.sqrt(number) if number >= 0 else _outside(number)


def logarithm(_: Run, number: Decimal) -> Decimal | Failure:
    return CONTEXT.ln(number) if number > 0 else _outside(number)


def exponential(_: Run, number: Decimal) -> Decimal | Failure:
    try:
        return CONTEXT.exp(number)
    except DecimalException:
        return _outside(number)


def is_odd(_: Run, number: Decimal) -> bool | Failure:
    return number % 2 != 0 if _can_be_halved(number) else _outside(number)


def is_even(_: Run, number: Decimal) -> bool | Failure:
    return number % 2 == 0 if _can_be_halved(number) else _outside(number)


def _can_be_halved(number: Decimal) -> bool:
    return is_whole(number) and abs(number) < Decimal(10) ** 27


_SCALE = "n: number, scale: number"
NUMERIC_FUNCTIONS = (
    BuiltIn("decimal", form(_SCALE, rounding(ROUND_HALF_EVEN))),
    BuiltIn("floor", form("n: number, scale?: number", rounding(ROUND_FLOOR))),
    BuiltIn("ceiling", form("n: number, scale?: number", rounding(ROUND_CEILING))),
    BuiltIn("round up", form(_SCALE, rounding(ROUND_UP))),
    BuiltIn("round down", form(_SCALE, rounding(ROUND_DOWN))),
    BuiltIn("round half up", form(_SCALE, rounding(ROUND_HALF_UP))),
    BuiltIn("round half down", form(_SCALE, rounding(ROUND_HALF_DOWN))),
    BuiltIn("abs", form("n: number|days|months", absolute)),
    BuiltIn("modulo", form("dividend: number, divisor: number", modulo)),
    BuiltIn("sqrt", form("number: number", square_root)),
    BuiltIn("log", form("number: number", logarithm)),
    BuiltIn("exp", form("number: number", exponential)),
    BuiltIn("odd", form("number: number", is_odd)),
    BuiltIn("even", form("number: number", is_even)),
)
