"""Time zones: none, an offset from UTC in seconds, or the name of a zone."""

import datetime as dt
import re
from functools import lru_cache
from typing import TypeAlias
from zoneinfo import ZoneInfo

Zone: TypeAlias = int | str | None

_OFFSET = re.compile(r"([+-])(\d\d):(\d\d)(?::(\d\d))?", re.ASCII)
_LARGEST_OFFSET = 18 * 3600
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*", re.ASCII)


def zone_from(text: str) -> Zone:
    """Return the zone at the end of a time: "", "Z", "+08:00" or "@Asia/Shanghai".

    Raises ValueError where it is none.
    """
    if not text:
        return None
    if text in ("Z", "z"):
        return 0
    if text[0] == "@" and zone_is_known(text[1:]):
        return text[1:]
    match = _OFFSET.fullmatch(text)
    if match is None:
        raise ValueError(text)
    sign, hours, minutes, seconds = match.groups()
    offset = int(hours) * 3600 + int(minutes) * 60 + int(seconds or 0)
    if int(minutes) > 59 or int(seconds or 0) > 59 or offset > _LARGEST_OFFSET:
        raise ValueError(text)
    return -offset if sign == "-" else offset


def zone_text(zone: Zone) -> str:
    if zone is None:
        return ""
    if isinstance(zone, str):
        return f"@{zone}"
    return "Z" if zone == 0 else offset_text(zone)


def offset_text(offset: int) -> str:
    hours, rest = divmod(abs(offset), 3600)
    minutes, seconds = divmod(rest, 60)
    text = f"{'-' if offset < 0 else '+'}{hours:02}:{minutes:02}"
    return f"{text}:{seconds:02}" if seconds else text


def offset_is_possible(seconds: int) -> bool:
    return abs(seconds) <= _LARGEST_OFFSET


def zone_is_known(name: str) -> bool:
    return _zone_info(name) is not None


def offset_at(zone: Zone, year: int, seconds_of_local_time: int) -> int:
    """Return the offset in force at a local time, counted in seconds from 1970-01-01T00:00:00 local.

    Years for which Python has no dates take the rules of a year of the same kind that it knows.
    """
    if zone is None:
        return 0
    if isinstance(zone, int):
        return zone
    info = _zone_info(zone)
    if info is None:
        return 0
    if not 1 < year < dt.MAXYEAR:
        seconds_of_local_time -= (year - _stand_in(year)) // 400 * _SECONDS_IN_ERA
    local = _EPOCH + dt.timedelta(seconds=seconds_of_local_time)
    offset = local.replace(tzinfo=info).utcoffset()
    return int(offset.total_seconds()) if offset is not None else 0


_EPOCH = dt.datetime(1970, 1, 1)  # noqa: DTZ001 — a local time, on purpose
_SECONDS_IN_ERA = 146_097 * 86_400


def _stand_in(year: int) -> int:
    return 2000 + year % 400


@lru_cache(maxsize=256)
def _zone_info(name: str) -> ZoneInfo | None:
    if not _NAME.fullmatch(name):
        return None
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return None
