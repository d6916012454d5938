"""Working hours as people write them: 09:00-12:00, 13:00-18:00; empty for a day off."""

import re

from shuli.core.worktime import Day

_SPAN = re.compile(r"(\d{1,2})[:：](\d{2})\s*[-–—~～至]\s*(\d{1,2})[:：](\d{2})")
_BETWEEN = re.compile(r"[\s,，、;；]+")


def read_hours(text: str) -> Day | None:
    """Return the spans of a day, or None where the text is no list of spans."""
    spans = tuple((_minutes(m[1], m[2]), _minutes(m[3], m[4])) for m in _SPAN.finditer(text))
    rest = _BETWEEN.sub("", _SPAN.sub("", text))
    return None if rest or any(minute is None for span in spans for minute in span) else spans


def _minutes(hour: str, minute: str) -> int:
    # 99:99 is far outside the day, where the calendar's own check finds it
    return int(hour) * 60 + int(minute) if int(minute) < 60 else 99 * 60


def write_hours(day: Day) -> str:
    """Return the spans of a day as people write them."""
    return ", ".join(f"{_clock(start)}-{_clock(end)}" for start, end in day)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
