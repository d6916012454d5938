"""Rows by COPY: what many rows have in common is written as text once."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import repeat
from typing import Any, cast

from django.db import connection

_ESCAPED = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})


MANY = 32  # rows of a block that is worth a statement of its own


class Differing(list[Any]):
    """A column of a block whose values differ from row to row."""


@dataclass(frozen=True, kw_only=True)
class Block:
    """Rows of which most columns say the same: a value for all of them, or one for each."""

    columns: Sequence[Any]
    size: int

    def spread(self, value: Any) -> Iterable[Any]:
        """Return a column's value for each row."""
        return value if isinstance(value, Differing) else repeat(value, self.size)


def joined(blocks: Sequence[Block]) -> Block:
    """Return several blocks as one; what all rows have in common stays said once."""
    size = sum(block.size for block in blocks)
    is_single = size == len(blocks)
    wide = zip(*(block.columns for block in blocks), strict=True)
    return Block(columns=[_column(values, blocks, is_single=is_single) for values in wide], size=size)


def _column(values: Sequence[Any], blocks: Sequence[Block], *, is_single: bool) -> Any:
    first = values[0]
    if not isinstance(first, Differing) and values.count(first) == len(values):
        return first
    if is_single:
        return Differing(value[0] if isinstance(value, Differing) else value for value in values)
    pairs = zip(values, blocks, strict=True)
    return Differing(one for value, block in pairs for one in block.spread(value))


def compact(blocks: Iterable[Block]) -> list[Block]:
    """Return the large blocks as they are and the small ones as one."""
    large: list[Block] = []
    small: list[Block] = []
    for block in blocks:
        (large if block.size >= MANY else small).append(block)
    return [*large, joined(small)] if small else large


def filled(parts: Sequence[str], literals: Mapping[str, Any], block: Block) -> Block:
    """Return the block with a column for each part of VALUES; a literal is the same for all rows."""
    values = iter(block.columns)
    columns = [next(values) if part == "%s" else literals[part] for part in parts]
    return Block(columns=columns, size=block.size)


def copy(table: str, columns: str, blocks: Iterable[Block]) -> None:
    """Add the rows of these blocks."""
    connection.ensure_connection()
    raw = cast("Any", connection.connection)
    with (
        connection.wrap_database_errors,
        raw.cursor() as cursor,
        cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as target,
    ):
        target.write("".join(line for block in compact(blocks) for line in lines(block)))


def lines(block: Block) -> Iterator[str]:
    """Yield the rows of a block as COPY reads them."""
    said, differing = _pieces(block)
    if len(differing) == 1:
        head, tail = said
        return (f"{head}{value}{tail}\n" for value in differing[0])
    return (
        "".join([part for pair in zip(said, values, strict=False) for part in pair]) + said[-1] + "\n"
        for values in _rows(differing, block.size)
    )


def _rows(differing: Sequence[Sequence[str]], size: int) -> Iterable[Sequence[str]]:
    return zip(*differing, strict=True) if differing else repeat((), size)


def _pieces(block: Block) -> tuple[list[str], list[Sequence[str]]]:
    """Return what stands before, between and after the values that differ; and these."""
    said: list[str] = [""]
    differing: list[Sequence[str]] = []
    for number, value in enumerate(block.columns):
        said[-1] += "\t" if number else ""
        if isinstance(value, Differing):
            differing.append([as_text(one) for one in value])
            said.append("")
        else:
            said[-1] += as_text(value)
    return said, differing


def as_text(value: Any) -> str:
    """Return a value as COPY reads it."""
    return _TEXTS.get(type(value), _other)(value)


def _escaped(value: str) -> str:
    if "\\" in value or "\n" in value or "\t" in value or "\r" in value:
        return value.translate(_ESCAPED)
    return value


def _other(value: object) -> str:
    return _escaped(str(value))


def _json(value: object) -> str:
    return _escaped(json.dumps(value))


_TEXTS: dict[type, Callable[[Any], str]] = {
    str: _escaped,
    type(None): lambda _: "\\N",
    bool: lambda value: "t" if value else "f",
    bytes: lambda value: "\\\\x" + value.hex(),
    datetime: datetime.isoformat,
    dict: _json,
    list: _json,
}
