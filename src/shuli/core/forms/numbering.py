"""Patterns of issued numbers: TS{yyyymmdd}{seq}, PRJ{yyyy}{nnn}."""

import re
from datetime import date

# {seq} has at least as many digits, more when a period needs them.
SEQUENCE_DIGITS = 4

_PART = re.compile(r"\{([^{}]*)\}")
_DATES = {"yyyymmdd": "%Y%m%d", "yyyymm": "%Y%m", "yymmdd": "%y%m%d", "yymm": "%y%m", "yyyy": "%Y", "yy": "%y",
          "mm": "%m", "dd": "%d"}  # fmt: skip


def pattern_problem(pattern: str) -> str | None:
    """Return why a pattern cannot number anything: part_unknown, no_sequence, sequence_twice; None when it can."""
    parts = _PART.findall(pattern)
    sequences = [part for part in parts if _width(part)]
    if any(part not in _DATES and not _width(part) for part in parts) or re.search(
        r"[{}]", _PART.sub("", pattern)
    ):
        return "part_unknown"
    if not sequences:
        return "no_sequence"
    return "sequence_twice" if len(sequences) > 1 else None


def number_scope(pattern: str, day: date) -> str:
    """Return what a sequence counts within: the pattern with its dates filled in, so that a new day begins at 1."""
    return _PART.sub(lambda part: _date_part(part[1], day) or "{}", pattern)


def format_number(pattern: str, day: date, sequence: int) -> str:
    """Return the number with this sequence on this day."""
    return _PART.sub(lambda part: _date_part(part[1], day) or f"{sequence:0{_width(part[1])}}", pattern)


def _date_part(name: str, day: date) -> str:
    # strftime does not pad years below 1000 everywhere; no number is that old
    return day.strftime(_DATES[name]) if name in _DATES else ""


def _width(name: str) -> int:
    """Return the digits of a sequence part: four for seq, as many as it has letters for nnn; 0 for anything else."""
    if name == "seq":
        return SEQUENCE_DIGITS
    return len(name) if name and not name.strip("n") else 0
