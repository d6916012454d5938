"""Read single answers as people and programs write them: texts, numbers, dates, times, yes and no.

Every reader returns None for an empty answer, a `Wrong` for one that it cannot take, else the value to store.
Digits and signs may be full-width, thousands may be separated, dates may be written the Chinese way.
"""

import re
from datetime import date, datetime, time
from decimal import Decimal, DecimalException
from typing import Any
from unicodedata import normalize
from zoneinfo import ZoneInfo

from shuli.core.forms.outcome import Wrong, wrong

# As many digits as a JSON number keeps without loss everywhere.
MOST_DIGITS = 15

_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,3}(?:[, ][0-9]{3})+|[0-9]+)?(?:\.[0-9]+)?")
_CURRENCY = "¥¥$€£元"
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_TIME = re.compile(r"(\d{1,2})\s*[:时点]\s*(\d{1,2})(?:\s*[:分]\s*(\d{1,2})(?:\.\d+)?)?\s*[分秒]?")
_OFFSET = re.compile(r"(Z|[+-]\d{2}:?\d{2})$")
# PostgreSQL's JSON has no room for NUL and for halves of surrogate pairs.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_CONTROL = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")
_YES = frozenset({"true", "on", "1", "yes", "y", "是", "√"})
_NO = frozenset({"false", "off", "0", "no", "n", "否", "×"})


def is_empty(value: object) -> bool:
    """Return whether there is no answer; false and 0 are answers."""
    return value is None or value in ("", [], {}, ())


def read_text(raw: Any, limit: int, *, one_line: bool) -> str | Wrong | None:
    """Return a text without what cannot be stored, with the line ends of Unix and no blanks around it."""
    if isinstance(raw, int) and not isinstance(raw, bool) and raw.bit_length() < 200:
        raw = str(raw)
    if is_empty(raw):
        return None
    if not isinstance(raw, str):
        return wrong("not_text", found=raw)
    text = _CONTROL.sub("", _UNSTORABLE.sub("", raw.replace("\r\n", "\n").replace("\r", "\n")))
    text = (re.sub(r"[\n\t\u2028\u2029]+", " ", text) if one_line else text).strip()
    if len(text) > limit:
        return wrong("too_long", limit=limit, found=len(text))
    return text or None


def read_number(raw: Any) -> Decimal | Wrong | None:
    """Return an exact number of at most 15 digits."""
    if is_empty(raw):
        return None
    number = _decimal(raw)
    if number is None or not number.is_finite():
        return wrong("not_number", found=raw)
    if not number:
        return Decimal(0)
    parts = number.normalize().as_tuple()
    exponent = parts.exponent if isinstance(parts.exponent, int) else 0
    if len(parts.digits) + max(exponent, 0) > MOST_DIGITS or exponent < -MOST_DIGITS:
        return wrong("number_too_long", limit=MOST_DIGITS)
    return number


def _decimal(raw: Any) -> Decimal | None:
    if isinstance(raw, bool) or not isinstance(raw, int | float | Decimal | str):
        return None
    if isinstance(raw, str):
        text = normalize("NFKC", raw[:100]).replace("−", "-").strip().strip(_CURRENCY).strip()
        if not _NUMBER.fullmatch(text) or not any(letter.isdigit() for letter in text):
            return None
        raw = text.replace(",", "").replace(" ", "")
    elif isinstance(raw, int) and raw.bit_length() > 200:
        return Decimal(1).scaleb(100)
    try:
        return Decimal(repr(raw)) if isinstance(raw, float) else Decimal(raw)
    except DecimalException:
        return None


def json_number(number: Decimal) -> int | float:
    """Return a number as JSON has it: whole ones as int, others as the float that reads back the same."""
    return int(number) if number == number.to_integral_value() else float(number)


def read_boolean(raw: Any) -> bool | Wrong | None:
    if is_empty(raw):
        return None
    if isinstance(raw, bool):
        return raw
    text = (
        normalize("NFKC", raw).strip().lower() if isinstance(raw, str) else str(raw) if raw in (0, 1) else ""
    )
    if text in _YES or text in _NO:
        return text in _YES
    return wrong("not_boolean", found=raw)


def read_date(raw: Any) -> str | Wrong | None:
    """Return "2026-01-31" from 2026-01-31, 2026/1/31, 2026.1.31 or 2026年1月31日."""
    if is_empty(raw):
        return None
    if isinstance(raw, date):
        return (raw.date() if isinstance(raw, datetime) else raw).isoformat()
    match = _DATE.fullmatch(_narrow(raw))
    try:
        return date(*map(int, match.groups())).isoformat() if match else wrong("not_date", found=raw)
    except ValueError:
        return wrong("not_date", found=raw)


def read_time(raw: Any) -> str | Wrong | None:
    """Return "14:30:00" from 14:30, 14:30:00 or 14时30分."""
    if is_empty(raw):
        return None
    if isinstance(raw, time):
        return raw.replace(microsecond=0, tzinfo=None).isoformat()
    found = _time(_narrow(raw))
    return wrong("not_time", found=raw) if found is None else found.isoformat()


def _time(text: str) -> time | None:
    match = _TIME.fullmatch(text)
    try:
        hour, minute, second = (int(part or 0) for part in match.groups()) if match else (24, 0, 0)
        return time(hour, minute, second)
    except ValueError:
        return None


def read_datetime(raw: Any, zone: str) -> str | Wrong | None:
    """Return a moment with its offset; one without is on the clock of `zone`."""
    if is_empty(raw):
        return None
    moment = raw if isinstance(raw, datetime) else _moment(_narrow(raw))
    if moment is None:
        return wrong("not_datetime", found=raw)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(zone))
    return moment.replace(microsecond=0).isoformat()


def _moment(text: str) -> datetime | None:
    offset = _OFFSET.search(text)
    body = text[: offset.start()] if offset else text
    day, _, clock = body.replace("T", " ").partition(" ")
    if clock and offset is None and "日" in body:
        day, _, clock = body.replace("T", " ").rpartition(" ")
    on, at = read_date(day), _time(clock.strip())
    if not isinstance(on, str) or at is None:
        return None
    try:
        return datetime.fromisoformat(f"{on}T{at.isoformat()}{offset.group() if offset else ''}")
    except ValueError:
        return None


def _narrow(raw: Any) -> str:
    """Return a text with half-width digits and signs; of anything else, one that no reader takes."""
    return normalize("NFKC", raw[:100]).strip() if isinstance(raw, str) else ""
