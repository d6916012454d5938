"""Cleaning what a file says: each row becomes a value, is left out by a rule, or is wrong and says why (H1-12).

Pure: it gets the cells and what the company knows, and gives rows; nothing is asked of the database.
"""

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Literal

from msgspec import Struct

Doubles = Literal["refuse", "first", "last"]
Empty = Literal["refuse", "leave_out", "zero"]
Problem = Literal[
    "no_date", "no_value", "not_a_date", "not_a_number", "future", "no_process", "no_department", "no_step", "double",
    "known",
]  # fmt: skip
DATES = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d", "%d.%m.%Y", "%m/%d/%Y")
EXCEL_DAY_ZERO, EXCEL_DAYS = date(1899, 12, 30), range(20_000, 80_000)  # a date whose cell is a plain number
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)
NOISE = re.compile(r"[\s,，¥￥$€元]")  # what people write around a number
ENDINGS = (("万", 10_000.0), ("%", 0.01))
Key = tuple[date | None, str, str, str]


class Columns(Struct, frozen=True, kw_only=True):
    """Which column says what, by its place (-1: none), and by which rules the rows are cleaned."""

    day: int
    value: int
    process_column: int = -1
    node_column: int = -1
    department_column: int = -1
    process: str = ""  # of the rows in which no column says it
    department: str = ""
    doubles: Doubles = "refuse"
    empty: Empty = "leave_out"
    mends: bool = True  # numbers and dates as people write them: ¥1,200, 1.2万, 12%, 2026年3月1日


class Known(Struct, frozen=True, kw_only=True):
    """What the company calls its processes, steps and departments, by any of their names, and what is there already."""

    processes: Mapping[str, str]
    departments: Mapping[str, str]
    today: date
    nodes: Mapping[tuple[str, str], str] = {}  # by process and name
    there: frozenset[Key] = frozenset()


class Row(Struct, frozen=True, kw_only=True):
    """One line of the file: a value with its place, or what is wrong with it."""

    line: int
    day: date | None = None
    process: str = ""
    node: str = ""
    department: str = ""
    value: float | None = None
    problem: Problem | None = None
    is_changed: bool = False  # by a rule: it was not written as it is kept
    is_empty: bool = False

    @property
    def key(self) -> Key:
        return self.day, self.process, self.node, self.department


class Cleaned(Struct, frozen=True, kw_only=True):
    taken: tuple[Row, ...]
    wrong: tuple[Row, ...]
    read: int
    doubles: int = 0  # rows left out because another said the same place and day
    empty: int = 0  # rows left out, or taken as zero, because nothing stood there
    changed: int = 0  # rows taken whose writing was mended

    @property
    def counts(self) -> dict[str, int]:
        """Return how many rows were read, taken and cleaned, and how."""
        return {"read": self.read, "taken": len(self.taken), "wrong": len(self.wrong), "doubles": self.doubles,
                "empty": self.empty, "changed": self.changed}  # fmt: skip


def cleaned(rows: Sequence[Sequence[str]], columns: Columns, known: Known) -> Cleaned:
    """Return what the rows below the head say, cleaned by the rules; lines count from 1, the head's."""
    lines = [(at, row) for at, row in enumerate(rows[1:], 2) if any(cell.strip() for cell in row)]
    read = [_row(at, row, columns, known) for at, row in lines]
    left = [one for one in read if not (one.is_empty and columns.empty == "leave_out")]
    kept, doubles, wrong = _without_doubles([one for one in left if one.problem is None], columns.doubles)
    taken = [one for one in kept if one.key not in known.there]
    wrong += [_wrong(one, "known") for one in kept if one.key in known.there]
    wrong += [one for one in left if one.problem is not None]
    return Cleaned(
        taken=tuple(taken),
        wrong=tuple(sorted(wrong, key=lambda one: one.line)),
        read=len(lines),
        doubles=doubles,
        empty=sum(one.is_empty for one in read) if columns.empty != "refuse" else 0,
        changed=sum(one.is_changed for one in taken),
    )


def _row(at: int, row: Sequence[str], columns: Columns, known: Known) -> Row:
    said_day, said_value = _cell(row, columns.day), _cell(row, columns.value)
    day = read_day(said_day, is_lenient=columns.mends)
    value = _value(said_value, columns)
    process = _named(_cell(row, columns.process_column), columns.process, known.processes)
    department = _named(_cell(row, columns.department_column), columns.department, known.departments)
    steps = {name: node for (key, name), node in known.nodes.items() if key == process}
    node = _named(_cell(row, columns.node_column), "", steps)
    problem = _problem_of_day(said_day, day, known.today) or _problem_of_value(said_value, value)
    places: list[tuple[bool, Problem]] = [
        (not process, "no_process"), (node is None, "no_step"), (department is None, "no_department"),
    ]  # fmt: skip
    return Row(
        line=at, day=day, process=process or "", node=node or "", department=department or "", value=value,
        problem=problem or next((word for is_wrong, word in places if is_wrong), None),
        is_changed=day is not None and (day.isoformat() != said_day or not NUMBER.fullmatch(said_value)),
        is_empty=not said_value,
    )  # fmt: skip


def _cell(row: Sequence[str], column: int) -> str:
    return row[column].strip() if 0 <= column < len(row) else ""


def _named(said: str, default: str, names: Mapping[str, str]) -> str | None:
    """Return the key of what a cell names, the default where it names nothing, None where nobody knows the name."""
    return names.get(said.casefold()) if said else default


def _problem_of_day(said: str, day: date | None, today: date) -> Problem | None:
    if not said:
        return "no_date"
    if day is None:
        return "not_a_date"
    return "future" if day > today else None


def _problem_of_value(said: str, value: float | None) -> Problem | None:
    if value is not None:
        return None
    return "not_a_number" if said else "no_value"


def _value(said: str, columns: Columns) -> float | None:
    if not said:
        return 0.0 if columns.empty == "zero" else None
    return read_number(said, is_lenient=columns.mends)


def read_day(said: str, *, is_lenient: bool) -> date | None:
    """Return a date as people and Excel write it; strictly, only as 2026-03-01."""
    if not is_lenient:
        return _parsed(said, DATES[0])
    text = unicodedata.normalize("NFKC", said).split(" ")[0].split("T")[0]
    if text.isascii() and text.isdigit() and int(text) in EXCEL_DAYS:
        return EXCEL_DAY_ZERO + timedelta(days=int(text))
    return next((day for pattern in DATES if (day := _parsed(text, pattern))), None)


def _parsed(text: str, pattern: str) -> date | None:
    try:
        return datetime.strptime(text, pattern).date()  # noqa: DTZ007 -- a day has no zone
    except ValueError:
        return None


def read_number(said: str, *, is_lenient: bool) -> float | None:
    """Return a number as people write it: ¥1,200, 1.2万, 12%, (300) for less than nothing; strictly, only as 1200.5."""
    if not is_lenient:
        return _float(said, 1.0)
    text = NOISE.sub("", unicodedata.normalize("NFKC", said)).replace("−", "-")
    text, times = (text[1:-1], -1.0) if text.startswith("(") and text.endswith(")") else (text, 1.0)
    for ending, size in ENDINGS:
        if text.endswith(ending):
            text, times = text.removesuffix(ending), times * size
    return _float(text, times)


def _float(text: str, times: float) -> float | None:
    found = round(float(text) * times, 9) if NUMBER.fullmatch(text) else math.inf
    return found if math.isfinite(found) else None


def _without_doubles(rows: list[Row], rule: Doubles) -> tuple[list[Row], int, list[Row]]:
    """Return the rows that stay, how many were left out, and those that are wrong because doubles are refused."""
    seen: dict[Key, Row] = {}
    wrong: list[Row] = []
    for one in rows:
        if one.key not in seen:
            seen[one.key] = one
        elif rule == "refuse":
            wrong.append(_wrong(one, "double"))
        elif rule == "last":
            seen[one.key] = one
    return list(seen.values()), len(rows) - len(seen) - len(wrong), wrong


def _wrong(row: Row, problem: Problem) -> Row:
    return Row(
        line=row.line, day=row.day, process=row.process, node=row.node, department=row.department, value=row.value,
        problem=problem,
    )  # fmt: skip
