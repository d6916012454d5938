from datetime import UTC, datetime
from decimal import Decimal

import pytest

from shuli.core.engine.iso import (
    Duration,
    Repetition,
    after,
    looks_iso,
    read_duration,
    read_moment,
    read_repetition,
)
from shuli.core.worktime import STANDARD

START = datetime(2026, 1, 31, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("PT10M", Duration(seconds=Decimal(600))),
        ("P2DT3H4M5.5S", Duration(days=2, seconds=Decimal("11045.5"))),
        ("P1Y2M", Duration(months=14)),
        ("P2W", Duration(days=14)),
        ("-P1D", Duration(days=-1)),
        ("P", None),
        ("PT", None),
        ("P1DT", None),
        ("10M", None),
        ("", None),
    ],
)
def test_durations(text, duration):
    assert read_duration(text) == duration


@pytest.mark.parametrize(
    ("text", "repetition"),
    [
        ("R3/PT10H", Repetition(times=3, every=Duration(seconds=Decimal(36000)))),
        ("R/P2D", Repetition(times=None, every=Duration(days=2))),
        ("R2/2026-01-05T09:00/P7D", Repetition(times=2, every=Duration(days=7), start="2026-01-05T09:00")),
        ("R/PT0S", None),
        ("P2D", None),
    ],
)
def test_repetitions(text, repetition):
    assert read_repetition(text) == repetition


def test_a_month_after_the_31st_is_the_last_day_of_the_next():
    assert after(START, Duration(months=1), STANDARD) == datetime(2026, 2, 28, 2, tzinfo=UTC)


def test_what_lies_beyond_all_calendars_is_none():
    assert after(START, Duration(months=12 * 9000), STANDARD) is None
    assert after(START, Duration(days=10**9), STANDARD) is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-01-05", datetime(2026, 1, 4, 16, tzinfo=UTC)),
        ("2026-01-05T09:00:00Z", datetime(2026, 1, 5, 9, tzinfo=UTC)),
        ("tomorrow", None),
    ],
)
def test_moments(text, moment):
    assert read_moment(text, STANDARD) == moment


def test_what_looks_like_iso_is_not_read_as_feel():
    assert [looks_iso(text) for text in ("PT1H", "R/P1D", "2026-01-05", "P", "period", "Price * 2")] == [
        True, True, True, False, False, False,
    ]  # fmt: skip
