"""Functions that a model names by a Java class and method.

Nothing of Java runs here and nothing is looked up by name outside this file: the pure functions of
`java.lang` that decision models use are known, every other one is null with a warning.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from shuli.core.feel.budget import Run
from shuli.core.feel.errors import Failure
from shuli.core.feel.numbers import NUMERIC, is_whole, number_from
from shuli.core.feel.text import brief, display, feel_text
from shuli.core.feel.types import FeelType
from shuli.core.feel.values import Function

_SIGNATURE = re.compile(r"\s*(\w+)\s*\(([^()]*)\)\s*")
_DIRECTIVE = re.compile(r"%(-?)(0?)(\d{1,2})?(?:\.(\d{1,2}))?([sdfn%])")
_BITS = {"byte": 8, "short": 16, "int": 32, "long": 64}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Method:
    """A method with its conversion of every argument; the last one takes all that are left if it `varies`."""

    run: Callable[..., Any]
    converts: tuple[Callable[[Any], Any], ...]
    varies: bool


def external_function(
    parameters: tuple[str, ...], types: tuple[FeelType | None, ...], described: Any
) -> Function:
    """Return the function that a description `{java: {class: …, method signature: …}}` means."""
    method = _method(described.get("java") if isinstance(described, dict) else None)

    def call(run: Run, *values: Any) -> Any:
        if method is None:
            return Failure("external_function", found=brief(described))
        for value in values:
            # charged here, as the methods write their arguments out
            feel_text(value, run)
        return _called(method, values)

    return Function(parameters=parameters, types=types, call=call)


def _called(method: _Method, values: tuple[Any, ...]) -> Any:
    try:
        arguments = [convert(value) for convert, value in zip(method.converts, values, strict=False)]
        if method.varies:
            arguments[-1:] = [list(values[len(method.converts) - 1 :])]
        elif len(values) != len(method.converts):
            return Failure("wrong_arguments", function="external", found=str(len(values)))
        result = method.run(*arguments)
    except (ValueError, ArithmeticError, TypeError):
        return Failure("wrong_arguments", function="external", found=brief(list(values)))
    return number_from(result) if type(result) in (int, float, Decimal) else result


def _method(described: Any) -> _Method | None:
    if not isinstance(described, dict):
        return None
    match = _SIGNATURE.fullmatch(str(described.get("method signature")))
    if match is None:
        return None
    name, types = match.group(1), [part.strip() for part in match.group(2).split(",") if part.strip()]
    run = _METHODS.get((str(described.get("class")), name))
    converts = tuple(_CONVERSIONS.get(kind) for kind in types)
    if run is None or None in converts or not _is_known(described, name, types):
        return None
    varies = bool(types) and types[-1].startswith("[L")
    return _Method(run=run, converts=tuple(part for part in converts if part), varies=varies)


def _is_known(described: dict[str, Any], name: str, types: list[str]) -> bool:
    """Return whether the method has such a form: those of Math take numbers, `format` takes a text first."""
    if described.get("class") == "java.lang.Math":
        return bool(types) and all(kind in _NUMBERS for kind in types)
    return name != "format" or types[:1] == ["java.lang.String"]


def _integer(bits: int) -> Callable[[Any], int]:
    def convert(value: Any) -> int:
        if type(value) not in NUMERIC or not is_whole(Decimal(value)) or abs(value) >= 2 ** (bits - 1):
            raise ValueError(value)
        return int(value)

    return convert


def _real(value: Any) -> float:
    if type(value) not in NUMERIC:
        raise ValueError(value)
    return float(value)


def _text(value: Any) -> str:
    if type(value) is not str:
        raise ValueError(value)
    return value


def _character(value: Any) -> str:
    if type(value) is not str or len(value) != 1:
        raise ValueError(value)
    return value


def _integer_from(value: Any) -> Any:
    return int(value) if isinstance(value, str) else value


def _real_from(value: Any) -> Any:
    # the decimal digits that were written are kept
    return Decimal(value) if isinstance(value, str) else value


def _format(template: str, values: list[Any]) -> str:
    waiting = iter(values)

    def directive(match: re.Match[str]) -> str:
        left, zero, width, precision, kind = match.groups()
        if kind in "n%":
            return "\n" if kind == "n" else "%"
        value = next(waiting, None)
        if kind == "f":
            text = f"{Decimal(value):.{int(precision or 6)}f}"  # type: ignore[arg-type]
        else:
            text = str(_integer(64)(value)) if kind == "d" else display(value)
        text = text if value is not None else "null"
        size = int(width or 0)
        return text.ljust(size) if left else text.rjust(size, "0" if zero else " ")

    return _DIRECTIVE.sub(directive, template)


_INTEGERS = {kind: _integer(bits) for kind, bits in _BITS.items()}
_NUMBERS: dict[str, Callable[[Any], Any]] = {**_INTEGERS, "float": _real, "double": _real}
_CONVERSIONS: dict[str, Callable[[Any], Any]] = {
    **_NUMBERS,
    "char": _character,
    "java.lang.String": _text,
    "java.lang.Object": lambda value: value,
    "[Ljava.lang.Object;": lambda value: value,
}
_MATH: dict[str, Callable[..., Any]] = {
    "sqrt": math.sqrt,
    "cbrt": math.cbrt,
    "exp": math.exp,
    "log": math.log,
    "log10": math.log10,
    "pow": math.pow,
    "hypot": math.hypot,
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "asin": math.asin,
    "acos": math.acos,
    "atan": math.atan,
    "atan2": math.atan2,
    "ceil": math.ceil,
    "floor": math.floor,
    "abs": abs,
    "max": max,
    "min": min,
    "round": lambda value: math.floor(value + 0.5),
    "signum": lambda value: (value > 0) - (value < 0),
    "toRadians": math.radians,
    "toDegrees": math.degrees,
}  # fmt: skip
_METHODS: dict[tuple[str, str], Callable[..., Any]] = {
    **{("java.lang.Math", name): run for name, run in _MATH.items()},
    **{(f"java.lang.{name}", "valueOf"): _integer_from for name in ("Byte", "Short", "Integer", "Long")},
    **{(f"java.lang.{name}", "valueOf"): _real_from for name in ("Float", "Double")},
    ("java.lang.String", "valueOf"): display,
    ("java.lang.String", "format"): _format,
}
