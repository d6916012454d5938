"""Functions on text; positions count characters from 1."""

from decimal import Decimal
from typing import Any

from shuli.core.feel.budget import Run
from shuli.core.feel.errors import Failure
from shuli.core.feel.functions.signature import BuiltIn, form
from shuli.core.feel.kinds import kind_name


def substring(_: Run, text: str, start: Decimal, length: Decimal | None = None) -> str | Failure:
    position = int(start) if abs(start) <= len(text) else 0
    if position == 0 or (length is not None and length < 1):
        return Failure("out_of_range", found=f"start position {start}, length {length}")
    first = position - 1 if position > 0 else len(text) + position
    if length is None:
        return text[first:]
    return text[first : first + int(min(length, Decimal(len(text))))]


def string_length(_: Run, text: str) -> Decimal:
    return Decimal(len(text))


def upper_case(_: Run, text: str) -> str:
    return text.upper()


def lower_case(_: Run, text: str) -> str:
    return text.lower()


def substring_before(_: Run, text: str, match: str) -> str:
    before, found, _after = text.partition(match) if match else ("", "", "")
    return before if found else ""


def substring_after(_: Run, text: str, match: str) -> str:
    return text.partition(match)[2] if match else text


def contains(_: Run, text: str, match: str) -> bool:
    return match in text


def starts_with(_: Run, text: str, match: str) -> bool:
    return text.startswith(match)


def ends_with(_: Run, text: str, match: str) -> bool:
    return text.endswith(match)


def string_join(run: Run, parts: list[Any], delimiter: str | None = None) -> str | Failure:
    texts = [part for part in parts if part is not None]
    for part in texts:
        if type(part) is not str:
            return Failure(
                "wrong_argument",
                function="string join",
                name="list",
                expected="string",
                found=kind_name(part),
            )
    separator = delimiter or ""
    run.spend(len(texts))
    run.take_room((sum(map(len, texts)) + len(separator) * len(texts)) // 100)
    return separator.join(texts)


STRINGS = (
    BuiltIn("substring", form("string: string, start position: number, length?: number", substring)),
    BuiltIn("string length", form("string: string", string_length)),
    BuiltIn("upper case", form("string: string", upper_case)),
    BuiltIn("lower case", form("string: string", lower_case)),
    BuiltIn("substring before", form("string: string, match: string", substring_before)),
    BuiltIn("substring after", form("string: string, match: string", substring_after)),
    BuiltIn("contains", form("string: string, match: string", contains)),
    BuiltIn("starts with", form("string: string, match: string", starts_with)),
    BuiltIn("ends with", form("string: string, match: string", ends_with)),
    BuiltIn("string join", form("list: list, delimiter?: string|null", string_join)),
)
