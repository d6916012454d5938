"""Announced volumes as people paste or upload them: rows of a process, a month and a number, in any of their usual forms."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct

MONTH = re.compile(r"^(\d{4})\s*[-/.年]?\s*(\d{1,2})\s*月?(?:\s*[-/.]?\s*\d{1,2}\s*日?)?(?:[ T].*)?$")
MOST = 10_000_000  # cases of a month
MOST_ROWS = 2_000


class Announced(Struct, frozen=True, kw_only=True):
    process: str
    month: date  # its first day
    count: int


class Unread(Struct, frozen=True, kw_only=True):
    """A line that says nothing, and why: a code."""

    line: int
    code: str
    text: str


def rows_of(pasted: str) -> list[list[str]]:
    """Return the cells of what was pasted: between tabs, semicolons or commas, else blanks."""
    rows = []
    for line in pasted.splitlines():
        for sign in ("\t", ";", ",", "\uff0c"):
            if sign in line:
                rows.append([cell.strip() for cell in line.split(sign)])
                break
        else:
            rows.append(line.split())
    return rows


def read(
    rows: Iterable[Sequence[str]], processes: Mapping[str, str], usual: str
) -> tuple[list[Announced], list[Unread]]:
    """Return what the rows announce, and the lines that cannot be read; a head and empty lines are passed over.

    A row is process, month, number, or month and number of the `usual` process. `processes` gives keys by key and by name.
    """
    found: list[Announced] = []
    unread: list[Unread] = []
    for number, cells in enumerate(rows, 1):
        row = [cell.strip() for cell in cells if cell.strip()]
        if not row or (number == 1 and not any(any(sign.isdigit() for sign in cell) for cell in row)):
            continue
        one = _row(row, processes, usual)
        if isinstance(one, Announced):
            found.append(one)
        else:
            unread.append(Unread(line=number, code=one, text=" ".join(row)[:80]))
    return found, unread


def _row(row: Sequence[str], processes: Mapping[str, str], usual: str) -> Announced | str:
    *named, month_said, count_said = row if len(row) > 1 else ("", *row)
    process = processes.get(" ".join(named).casefold(), "") if named and named != [""] else usual
    month, count = month_of(month_said), _count(count_said)
    if month is None:
        return "no_month"
    if count is None:
        return "no_number"
    return Announced(process=process, month=month, count=count) if process else "no_process"


def month_of(said: str) -> date | None:
    """Return the first day of a month: 2026-11, 2026/11, 2026年11月, 202611, 2026-11-01."""
    match = MONTH.match(said.strip())
    if match is None or not 1 <= int(match[2]) <= 12 or not 2000 <= int(match[1]) <= 2999:
        return None
    return date(int(match[1]), int(match[2]), 1)


def _count(said: str) -> int | None:
    plain = re.sub(r"[,\uff0c\s']", "", said)
    whole = plain.removesuffix(".0")
    return int(whole) if whole.isascii() and whole.isdecimal() and int(whole) <= MOST else None
