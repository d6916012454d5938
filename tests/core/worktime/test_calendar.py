import pickle
from datetime import date, datetime
from zoneinfo import ZoneInfo

import msgspec
import pytest

from shuli.core.worktime import (
    STANDARD,
    STANDARD_DAY,
    STANDARD_WEEK,
    UnusableCalendarError,
    WorkCalendar,
    calendar_problems,
    is_open,
    uncovered_years,
    year_is_covered,
)

NOON = datetime(2025, 6, 3, 12, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


def codes(zone="Asia/Shanghai", week=STANDARD_WEEK, exceptions=None):
    return [(problem.code, problem.path) for problem in calendar_problems(zone, week, exceptions or {})]


def test_the_standard_week_has_five_days_with_a_lunch_break():
    assert not is_open(STANDARD, NOON)
    assert is_open(STANDARD, NOON.replace(hour=13, minute=0))
    assert not is_open(STANDARD, NOON.replace(hour=18, minute=0))
    assert not is_open(STANDARD, NOON.replace(day=7, hour=10))


@pytest.mark.parametrize("zone", ["Mars/Base", "", "../etc", "Asia", "\x00"])
def test_an_unknown_zone_is_a_problem(zone):
    assert codes(zone=zone) == [("zone_unknown", "zone")]


def test_every_wrong_span_is_named_with_its_place():
    week = (((600, 500),), ((0, 1500),), ((0, 600), (500, 700)), (), (), (), ())

    assert codes(week=week) == [
        ("span_empty", "week.0"),
        ("span_outside_day", "week.1"),
        ("spans_overlap", "week.2"),
    ]
    assert codes(exceptions={date(2026, 2, 14): ((5, 5),)}) == [("span_empty", "exceptions.2026-02-14")]


def test_a_calendar_that_never_opens_is_a_problem():
    assert codes(week=((),) * 7) == [("never_open", "week")]
    assert codes(week=((),) * 7, exceptions={date(2026, 2, 14): STANDARD_DAY}) == []


def test_a_week_of_six_days_is_a_problem():
    assert codes(week=STANDARD_WEEK[:6]) == [("week_not_seven_days", "week")]


def test_an_unusable_calendar_is_never_made():
    with pytest.raises(
        UnusableCalendarError, match="Expected a usable working calendar but found zone_unknown"
    ):
        WorkCalendar(zone="Mars/Base")


def test_years_without_data_are_named_for_the_warning():
    calendar = WorkCalendar(zone="Asia/Shanghai", covered=(2024, 2025))
    new_year = datetime(2027, 1, 1, 7, tzinfo=ZoneInfo("Asia/Shanghai"))

    assert year_is_covered(calendar, 2025)
    assert not year_is_covered(calendar, 2026)
    # in UTC it is still 2026
    assert uncovered_years(calendar, NOON, new_year) == (2026, 2027)
    assert uncovered_years(calendar, NOON, NOON) == ()


def test_a_calendar_travels_as_json_and_through_processes():
    calendar = WorkCalendar(
        zone="Asia/Shanghai", exceptions={date(2026, 2, 14): STANDARD_DAY}, covered=(2026,)
    )
    is_open(calendar, NOON)

    by_json = msgspec.json.decode(msgspec.json.encode(calendar), type=WorkCalendar)
    by_pickle = pickle.loads(pickle.dumps(calendar))

    assert by_json == calendar == by_pickle
    assert is_open(by_json, NOON) is is_open(by_pickle, NOON) is False


def test_the_usual_day_is_the_most_frequent_one():
    short_friday = (*STANDARD_WEEK[:4], ((540, 720),), (), ())

    assert WorkCalendar(zone="UTC", week=short_friday).usual_day_seconds == 8 * 3600
