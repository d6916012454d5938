"""Addition, subtraction, multiplication, division and powers of every pair of types that has them."""

from collections.abc import Callable
from decimal import Decimal, DecimalException
from typing import Any

from shuli.core.feel.errors import Failure
from shuli.core.feel.kinds import KIND_OF, kind_name
from shuli.core.feel.numbers import CONTEXT, ONE, number_from
from shuli.core.feel.temporal.days import Date, add_days, add_months, day_number
from shuli.core.feel.temporal.reading import MOST_MONTHS, MOST_NANOSECONDS
from shuli.core.feel.temporal.values import (
    DAY,
    MIDNIGHT_UTC,
    DateTime,
    DaysTimeDuration,
    Time,
    YearsMonthsDuration,
    time_of,
)
from shuli.core.feel.types import Simple

MOST_CHARACTERS = 50_000

Days = DaysTimeDuration
Months = YearsMonthsDuration
Operation = Callable[[Any, Any], Any]


def calculate(operator: str, left: Any, right: Any) -> Any:
    """Return the result of an operator, or the Failure that says why there is none."""
    if type(left) is int:
        left = number_from(left)
    if type(right) is int:
        right = number_from(right)
    operation = OPERATIONS[operator].get((KIND_OF.get(type(left)), KIND_OF.get(type(right))))
    if operation is None:
        return Failure("wrong_types", operator=operator, left=kind_name(left), right=kind_name(right))
    try:
        result = operation(left, right)
    except DecimalException:
        result = None
    return _out_of_range(operator, left, right) if result is None else result


def negated(value: Any) -> Any:
    """Return -value, or the Failure that says why there is none."""
    if type(value) is int:
        value = number_from(value)
    if type(value) is Decimal:
        return CONTEXT.minus(value)
    if type(value) is Days:
        return Days(nanoseconds=-value.nanoseconds)
    if type(value) is Months:
        return Months(months=-value.months)
    return Failure("wrong_type", expected="number or duration", found=kind_name(value))


def _out_of_range(operator: str, left: Any, right: Any) -> Failure:
    if operator == "/" and (right == 0 or getattr(right, "nanoseconds", None) == 0):
        return Failure("division_by_zero")
    return Failure("out_of_range", found=f"{kind_name(left)} {operator} {kind_name(right)}")


def _join(left: str, right: str) -> str | None:
    return left + right if len(left) + len(right) <= MOST_CHARACTERS else None


def days_duration(nanoseconds: int) -> Days | None:
    return Days(nanoseconds=nanoseconds) if abs(nanoseconds) <= MOST_NANOSECONDS else None


def months_duration(months: int) -> Months | None:
    return Months(months=months) if abs(months) <= MOST_MONTHS else None


def date_plus_months(date: Date, duration: Months) -> Date | None:
    return add_months(date, duration.months)


def date_plus_days(date: Date, duration: Days) -> Date | None:
    return add_days(date, duration.nanoseconds // DAY)


def moment_plus_months(moment: DateTime, duration: Months) -> DateTime | None:
    date = add_months(moment.date, duration.months)
    return None if date is None else DateTime(date=date, time=moment.time)


def moment_plus_days(moment: DateTime, duration: Days) -> DateTime | None:
    days, of_day = divmod(moment.local + duration.nanoseconds, DAY)
    date = add_days(moment.date, days - day_number(moment.date))
    return None if date is None else DateTime(date=date, time=time_of(of_day, moment.zone))


def time_plus_days(time: Time, duration: Days) -> Time:
    return time_of((time.of_day + duration.nanoseconds) % DAY, time.zone)


def difference(left: DateTime, right: DateTime) -> Days | None:
    if (left.zone is None) != (right.zone is None):
        return None
    return days_duration(left.instant - right.instant)


def _date_difference(left: Date, right: Date) -> Days | None:
    return days_duration((day_number(left) - day_number(right)) * DAY)


def _mixed_difference(left: Date | DateTime, right: Date | DateTime) -> Days | None:
    return difference(_at_midnight(left), _at_midnight(right))


def _at_midnight(value: Date | DateTime) -> DateTime:
    return value if isinstance(value, DateTime) else DateTime(date=value, time=MIDNIGHT_UTC)


def _time_difference(left: Time, right: Time) -> Days | None:
    if (left.zone is None) != (right.zone is None):
        return None
    return Days(nanoseconds=left.instant - right.instant)


def _times_days(duration: Days, factor: Decimal) -> Days | None:
    return days_duration(_product(duration.nanoseconds, factor))


def _times_months(duration: Months, factor: Decimal) -> Months | None:
    return months_duration(_product(duration.months, factor))


def _product(amount: int, factor: Decimal) -> int:
    return _cut(CONTEXT.multiply(Decimal(amount), factor))


def _quotient(amount: int, divisor: Decimal) -> int:
    return _cut(CONTEXT.divide(Decimal(amount), divisor))


def _cut(amount: Decimal) -> int:
    # whatever is longer is beyond every duration, and an int of thousands of digits costs time
    return int(amount) if amount.adjusted() < 40 else MOST_NANOSECONDS + 1


def _days_by_number(duration: Days, divisor: Decimal) -> Days | None:
    return days_duration(_quotient(duration.nanoseconds, divisor))


def _months_by_number(duration: Months, divisor: Decimal) -> Months | None:
    return months_duration(_quotient(duration.months, divisor))


def _days_by_days(left: Days, right: Days) -> Decimal:
    return CONTEXT.divide(Decimal(left.nanoseconds), Decimal(right.nanoseconds))


def _months_by_months(left: Months, right: Months) -> Decimal:
    return CONTEXT.divide(Decimal(left.months), Decimal(right.months))


def _power(base: Decimal, exponent: Decimal) -> Decimal:
    return CONTEXT.power(base, exponent) if exponent else ONE


def _swapped(operation: Operation) -> Operation:
    return lambda left, right: operation(right, left)


def _minus(operation: Operation) -> Operation:
    return lambda left, right: operation(left, negated(right))


_NUMBER, _STRING, _DATE, _TIME = Simple.NUMBER, Simple.STRING, Simple.DATE, Simple.TIME
_MOMENT, _DAYS, _MONTHS = (
    Simple.DATE_AND_TIME,
    Simple.DAYS_AND_TIME_DURATION,
    Simple.YEARS_AND_MONTHS_DURATION,
)

_LATER: dict[tuple[Simple, Simple], Operation] = {
    (_DATE, _MONTHS): date_plus_months,
    (_DATE, _DAYS): date_plus_days,
    (_MOMENT, _MONTHS): moment_plus_months,
    (_MOMENT, _DAYS): moment_plus_days,
    (_TIME, _DAYS): time_plus_days,
}
_ADDITION: dict[Any, Operation] = {
    (_NUMBER, _NUMBER): CONTEXT.add,
    (_STRING, _STRING): _join,
    (_DAYS, _DAYS): lambda left, right: days_duration(left.nanoseconds + right.nanoseconds),
    (_MONTHS, _MONTHS): lambda left, right: months_duration(left.months + right.months),
    **_LATER,
    **{(right, left): _swapped(later) for (left, right), later in _LATER.items()},
}
_SUBTRACTION: dict[Any, Operation] = {
    (_NUMBER, _NUMBER): CONTEXT.subtract,
    (_DAYS, _DAYS): lambda left, right: days_duration(left.nanoseconds - right.nanoseconds),
    (_MONTHS, _MONTHS): lambda left, right: months_duration(left.months - right.months),
    (_DATE, _DATE): _date_difference,
    (_MOMENT, _MOMENT): difference,
    (_DATE, _MOMENT): _mixed_difference,
    (_MOMENT, _DATE): _mixed_difference,
    (_TIME, _TIME): _time_difference,
    **{pair: _minus(later) for pair, later in _LATER.items()},
}
_MULTIPLICATION: dict[Any, Operation] = {
    (_NUMBER, _NUMBER): CONTEXT.multiply,
    (_DAYS, _NUMBER): _times_days,
    (_NUMBER, _DAYS): _swapped(_times_days),
    (_MONTHS, _NUMBER): _times_months,
    (_NUMBER, _MONTHS): _swapped(_times_months),
}
_DIVISION: dict[Any, Operation] = {
    (_NUMBER, _NUMBER): CONTEXT.divide,
    (_DAYS, _NUMBER): _days_by_number,
    (_DAYS, _DAYS): _days_by_days,
    (_MONTHS, _NUMBER): _months_by_number,
    (_MONTHS, _MONTHS): _months_by_months,
}
OPERATIONS: dict[str, dict[Any, Operation]] = {
    "+": _ADDITION,
    "-": _SUBTRACTION,
    "*": _MULTIPLICATION,
    "/": _DIVISION,
    "**": {(_NUMBER, _NUMBER): _power},
}
