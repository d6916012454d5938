from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from shuli.core.worktime import STANDARD, Span, WorkCalendar, remaining, remaining_span, span_of

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(day, hour, minute=0):
    # June 2025: the 3rd is a Tuesday
    return datetime(2025, 6, day, hour, minute, tzinfo=SHANGHAI)


def test_what_remains_is_working_time_and_negative_when_overdue():
    assert remaining(STANDARD, at(3, 17), at(4, 10)) == 2 * 3600
    assert remaining(STANDARD, at(4, 10), at(3, 17)) == -2 * 3600


@pytest.mark.parametrize(
    ("now", "due", "parts"),
    [
        (at(3, 10), at(5, 10), ((2, "working_days"),)),
        (at(3, 10), at(5, 12, 30), ((2, "working_days"), (2, "working_hours"))),
        (at(3, 10), at(3, 11, 20), ((1, "working_hours"), (20, "working_minutes"))),
        (at(3, 10), at(5, 10, 20), ((2, "working_days"),)),
        (at(3, 10), at(3, 10, 45), ((45, "working_minutes"),)),
        (at(3, 12), at(3, 13), ((0, "working_minutes"),)),
    ],
)
def test_the_largest_unit_comes_first_and_two_at_most(now, due, parts):
    assert remaining_span(STANDARD, now, due).parts() == parts


def test_overdue_time_is_marked():
    span = remaining_span(STANDARD, at(5, 10), at(3, 9))

    assert span == Span(days=2, hours=1, overdue=True)


def test_a_short_day_is_one_day_too():
    half_day = WorkCalendar(zone="Asia/Shanghai", exceptions={date(2025, 6, 4): ((540, 720),)})

    assert remaining_span(half_day, at(4, 9), at(4, 12)) == Span(days=1)
    assert remaining_span(half_day, at(4, 9), at(5, 11)) == Span(days=1, hours=2)


def test_stored_seconds_are_shown_in_usual_days():
    assert span_of(STANDARD, 8 * 3600 * 2 + 3600 + 59) == Span(days=2, hours=1)
    assert span_of(STANDARD, -120) == Span(minutes=2, overdue=True)
