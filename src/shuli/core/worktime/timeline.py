"""The opening times of a calendar as sorted arrays of UTC microseconds with prefix sums.

One array entry is one opening. A moment is working time exactly when its local wall clock lies in a span of its local
date, so a skipped hour has none and a repeated hour counts twice; everything after that is integer arithmetic in UTC.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

MINUTES_A_DAY = 1440
DAY = 86_400
MICRO = 1_000_000

# Due dates outside these years are mistakes; the bound keeps a search for an opening from running for ever.
FIRST_YEAR, LAST_YEAR = 1950, 2149

# An amount of more days is refused at once, before the timeline is made that long.
MOST_DAYS = 366 * (LAST_YEAR - FIRST_YEAR)

EPOCH_ORDINAL = date(1970, 1, 1).toordinal()


class Lookup(NamedTuple):
    """The same openings for single questions: a table of UTC days saves the search for the opening."""

    # days since 1970-01-01; questions must lie in [first, last)
    first: int
    last: int
    # per day, the last opening that starts at or before its midnight
    opening_at: list[int]
    # per opening: when the next one starts, its end, the work up to its end, and its end less that work
    following: list[int]
    ends: list[int]
    worked: list[int]
    idle: list[int]


class Timeline(NamedTuple):
    """Openings of a range of years. Entry 0 is an empty opening before all others, so that a search always lands."""

    # queries must lie in [low, high)
    low: int
    high: int
    starts: list[int]
    ends: list[int]
    # working microseconds from the beginning to the end of each opening
    worked: list[int]
    # the working day that an opening belongs to, as an index into `totals`
    day_of: list[int]
    # working microseconds of that day before the opening
    before: list[int]
    # per working day: its working microseconds, and its first opening
    totals: list[int]
    first_of: list[int]
    years: tuple[int, int]
    lookup: Lookup


EMPTY_LOOKUP = Lookup(0, 0, [], [], [], [], [])
EMPTY_TIMELINE = Timeline(0, 0, [0], [0], [0], [0], [0], [], [], (0, 0), EMPTY_LOOKUP)


def build_timeline(
    zone: str,
    week: Sequence[Sequence[tuple[int, int]]],
    exceptions: Mapping[date, Sequence[tuple[int, int]]],
    years: tuple[int, int],
) -> Timeline:
    """Return the openings of all local dates of these years (first and last included)."""
    first, last = _epoch_day(date(years[0], 1, 1)), _epoch_day(date(years[1], 12, 31))
    days_off = {_epoch_day(on): spans for on, spans in exceptions.items()}
    origin = (first - 2) * DAY * MICRO
    line = Timeline(
        low=(first + 1) * DAY * MICRO,
        high=last * DAY * MICRO,
        starts=[origin],
        ends=[origin],
        worked=[0],
        day_of=[0],
        before=[0],
        totals=[],
        first_of=[],
        years=years,
        lookup=EMPTY_LOOKUP,
    )
    latest = first - 1
    for day, start, end in _openings(zone, week, days_off, first, last):
        if day > latest:
            latest = day
            line.totals.append(0)
            line.first_of.append(len(line.starts))
        length = (end - start) * MICRO
        line.starts.append(start * MICRO)
        line.ends.append(end * MICRO)
        line.worked.append(line.worked[-1] + length)
        line.day_of.append(len(line.totals) - 1)
        line.before.append(line.totals[-1])
        line.totals[-1] += length
    return line._replace(lookup=_lookup(line))


def _lookup(line: Timeline) -> Lookup:
    first, last = line.low // (DAY * MICRO), line.high // (DAY * MICRO)
    opening_at = []
    opening, following = 0, [*line.starts[1:], line.high + DAY * MICRO]
    for day in range(first, last):
        while following[opening] <= day * DAY * MICRO:
            opening += 1
        opening_at.append(opening)
    idle = [end - work for end, work in zip(line.ends, line.worked, strict=True)]
    return Lookup(first, last, opening_at, following, line.ends, line.worked, idle)


def _openings(
    zone: str,
    week: Sequence[Sequence[tuple[int, int]]],
    exceptions: Mapping[int, Sequence[tuple[int, int]]],
    first: int,
    last: int,
) -> Iterator[tuple[int, int, int]]:
    """Yield (local day, start, end) in UTC seconds, in order of time."""
    pattern = [[(start * 60, end * 60) for start, end in day] for day in week]
    special = {day: [(start * 60, end * 60) for start, end in spans] for day, spans in exceptions.items()}
    for since, until, offset in _stretches(zone, (first - 2) * DAY, (last + 3) * DAY):
        low, high = since + offset, until + offset
        for day in range(max(first, low // DAY), min(last, (high - 1) // DAY) + 1):
            spans = special.get(day)
            midnight = day * DAY
            # 1970-01-01 was a Thursday
            for opens, closes in pattern[(day + 3) % 7] if spans is None else spans:
                start, end = max(midnight + opens, low), min(midnight + closes, high)
                if start < end:
                    yield day, start - offset, end - offset


def _stretches(zone: str, since: int, until: int) -> list[tuple[int, int, int]]:
    """Return (from, until, offset) in UTC seconds: the stretches between two changes of the clock."""
    found: list[tuple[int, int, int]] = []
    for year in range(_year(since), _year(until) + 1):
        for start, end, offset in _stretches_of_year(zone, year):
            low, high = max(start, since), min(end, until)
            if low >= high:
                continue
            if found and found[-1][2] == offset:
                low = found.pop()[0]
            found.append((low, high, offset))
    return found


# A zone's clock changes are the same for every calendar in it; this many zone-years hold any company's needs.
@lru_cache(maxsize=4096)
def _stretches_of_year(zone: str, year: int) -> tuple[tuple[int, int, int], ...]:
    tzinfo = ZoneInfo(zone)
    start = _epoch_day(date(year, 1, 1)) * DAY
    end = _epoch_day(date(year + 1, 1, 1)) * DAY
    found = []
    offset = _offset(tzinfo, start)
    for probe in range(start + DAY, end + 1, DAY):
        if _offset(tzinfo, probe) != offset:
            change = _change(tzinfo, probe - DAY, probe, offset)
            found.append((start, change, offset))
            start, offset = change, _offset(tzinfo, probe)
    found.append((start, end, offset))
    return tuple(stretch for stretch in found if stretch[0] < stretch[1])


def _change(tzinfo: ZoneInfo, before: int, after: int, offset: int) -> int:
    """Return the first second at which the offset is no longer `offset`."""
    while after - before > 1:
        middle = (before + after) // 2
        if _offset(tzinfo, middle) == offset:
            before = middle
        else:
            after = middle
    return after


def _offset(tzinfo: ZoneInfo, at: int) -> int:
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=at)
    offset = moment.astimezone(tzinfo).utcoffset()
    return 0 if offset is None else offset.days * DAY + offset.seconds


def _epoch_day(day: date) -> int:
    return day.toordinal() - EPOCH_ORDINAL


def _year(at: int) -> int:
    return date.fromordinal(at // DAY + EPOCH_ORDINAL).year
