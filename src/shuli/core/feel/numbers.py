"""FEEL's numbers: decimals of 34 digits that round half to even, as in IEEE 754-2008 decimal128."""

from decimal import (
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DecimalException,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)
from typing import Any

Number = Decimal

CONTEXT = Context(
    prec=34, rounding=ROUND_HALF_EVEN, Emin=-6143, Emax=6144, clamp=0,
    traps=[InvalidOperation, DivisionByZero, Overflow],
)  # fmt: skip

NUMERIC = frozenset({Decimal, int})
ZERO = Decimal(0)
ONE = Decimal(1)
# Larger integers have no place in 34 digits and an exponent of 6144, and cost time to convert.
_MOST_BITS = 20_400
_WIDEST_PLAIN = 40


def number_from_literal(text: str) -> Decimal | None:
    """Return a number that is written as FEEL writes it; None when it is beyond the range."""
    try:
        return CONTEXT.create_decimal(text)
    except DecimalException:
        return None


def number_from(value: Any) -> Decimal | None:
    """Return a Python number as FEEL's; None for what is no finite number within the range."""
    try:
        if type(value) is int:
            return CONTEXT.create_decimal(value) if value.bit_length() <= _MOST_BITS else None
        if type(value) is float:
            value = repr(value)
        number = CONTEXT.create_decimal(value)
    except DecimalException:
        return None
    return number if number.is_finite() else None


def negative(value: Decimal) -> Decimal:
    return CONTEXT.minus(value)


def is_whole(value: Decimal) -> bool:
    return value == value.to_integral_value()


def whole(value: Any) -> int | None:
    """Return an integral number of moderate size as int, otherwise None."""
    if type(value) is int:
        return value
    if type(value) is not Decimal or abs(value) > 10**18 or not is_whole(value):
        return None
    return int(value)


def number_text(value: Decimal) -> str:
    """Return a number as FEEL writes it: no exponent unless very long, no needless zeros."""
    if not value:
        return "0"
    if abs(value.adjusted()) > _WIDEST_PLAIN:
        return str(value.normalize(CONTEXT))
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
