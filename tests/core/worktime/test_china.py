"""China's working days 2024-2026, against data that two public packages agree on."""

import json
import os
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from shuli.core.worktime import (
    STANDARD_DAY,
    WorkCalendar,
    add_working_days,
    is_open,
    working_days_between,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def years():
    folder = ROOT / os.environ.get("SHULI_TEST_DATA", "../shared/data")
    path = folder / "analytic" / "cn_workdays_2024_2026.json"
    if path.exists():
        return json.loads(path.read_text())
    message = f"Expected the public test data at {path} but found none. Set SHULI_TEST_DATA to its folder."
    return pytest.fail(message) if os.environ.get("CI") == "true" else pytest.skip(message)


@pytest.fixture(scope="module")
def china(years):
    exceptions = {}
    for facts in years.values():
        exceptions |= {date.fromisoformat(day): () for day in facts["weekday_holidays"]}
        exceptions |= {date.fromisoformat(day): STANDARD_DAY for day in facts["makeup_workdays_on_weekend"]}
    return WorkCalendar(zone="Asia/Shanghai", exceptions=exceptions, covered=(2024, 2025, 2026))


def midnight(year, month=1, day=1):
    return datetime(year, month, day, tzinfo=SHANGHAI)


def test_each_year_has_the_published_number_of_working_days(years, china):
    for year, facts in years.items():
        days = working_days_between(china, midnight(int(year)), midnight(int(year) + 1))

        assert days == facts["working_days"]


def test_working_days_can_be_counted_through_a_whole_year(years, china):
    for year, facts in years.items():
        opening = midnight(int(year))

        for number in range(1, facts["working_days"] + 1):
            due = add_working_days(china, opening, number).astimezone(SHANGHAI)
            assert (due.hour, due.minute, due.year) == (18, 0, int(year))
            assert is_open(china, due - timedelta(minutes=1))


def test_a_limit_before_spring_festival_ends_after_it(china):
    # Saturday 14 February 2026 is a make-up day; 16 to 23 February are holidays
    due = add_working_days(china, datetime(2026, 2, 13, 10, tzinfo=SHANGHAI), 3)

    assert due == datetime(2026, 2, 25, 10, tzinfo=SHANGHAI)
