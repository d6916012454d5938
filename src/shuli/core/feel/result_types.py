"""What type built-in functions, properties and arithmetic give, where it is known beforehand."""

from shuli.core.feel.types import FeelType, ListType, Simple

_NUMBER, _STRING, _BOOLEAN = Simple.NUMBER, Simple.STRING, Simple.BOOLEAN
_DATE, _TIME, _MOMENT = Simple.DATE, Simple.TIME, Simple.DATE_AND_TIME
_DAYS, _MONTHS = Simple.DAYS_AND_TIME_DURATION, Simple.YEARS_AND_MONTHS_DURATION


def _each(kind: FeelType, *names: str) -> dict[str, FeelType]:
    return dict.fromkeys(names, kind)


FUNCTION_RESULTS: dict[str, FeelType] = {
    **_each(
        _NUMBER, "number", "string length", "decimal", "floor", "ceiling", "round up", "round down",
        "round half up", "round half down", "modulo", "sqrt", "log", "exp", "count", "product", "mean",
        "median", "stddev", "day of year", "week of year",
    ),
    **_each(
        _STRING, "string", "substring", "upper case", "lower case", "substring before", "substring after",
        "replace", "string join", "day of week", "month of year",
    ),
    **_each(
        _BOOLEAN, "contains", "starts with", "ends with", "matches", "odd", "even", "all", "any", "not", "is",
        "list contains", "before", "after", "meets", "met by", "overlaps", "overlaps before",
        "overlaps after", "finishes", "finished by", "includes", "during", "starts", "started by", "coincides",
    ),
    **_each(_DATE, "date", "today", "last day of month"),
    **_each(_MOMENT, "date and time", "now"),
    **_each(
        Simple.LIST, "sublist", "append", "concatenate", "union", "distinct values", "insert before", "remove",
        "list replace", "reverse", "flatten", "sort", "get entries", "mode",
    ),
    **_each(Simple.CONTEXT, "context", "context put", "context merge"),
    "time": _TIME,
    "years and months duration": _MONTHS,
    "split": ListType(element=_STRING),
    "index of": ListType(element=_NUMBER),
    "range": Simple.RANGE,
}  # fmt: skip

PROPERTY_RESULTS: dict[str, FeelType] = {
    **_each(
        _NUMBER, "year", "month", "day", "weekday", "hour", "minute", "second",
        "years", "months", "days", "hours", "minutes", "seconds",
    ),
    "time offset": _DAYS,
    "timezone": _STRING,
    "start included": _BOOLEAN,
    "end included": _BOOLEAN,
}  # fmt: skip

# Where the result is not of the type of the left side.
ARITHMETIC_RESULTS: dict[tuple[str, Simple, Simple], FeelType] = {
    ("-", _DATE, _DATE): _DAYS,
    ("-", _DATE, _MOMENT): _DAYS,
    ("-", _MOMENT, _DATE): _DAYS,
    ("-", _MOMENT, _MOMENT): _DAYS,
    ("-", _TIME, _TIME): _DAYS,
    ("/", _DAYS, _DAYS): _NUMBER,
    ("/", _MONTHS, _MONTHS): _NUMBER,
    ("*", _NUMBER, _DAYS): _DAYS,
    ("*", _NUMBER, _MONTHS): _MONTHS,
    **{("+", duration, kind): kind for kind in (_DATE, _MOMENT, _TIME) for duration in (_DAYS, _MONTHS)},
}
