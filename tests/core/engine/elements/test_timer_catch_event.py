from datetime import UTC, datetime, timedelta

import pytest

from core.engine.play import Play, c
from shuli.core.engine.building import process, task, timer
from shuli.core.worktime import WorkingDays


def waiting(*args, variables=None, **rule) -> Play:
    return Play(process(timer("wait", *args, **rule), task("a", person="ann"))).start(**(variables or {}))


def due(case: Play) -> datetime:
    return next(iter(case.marking.timers.values())).due_at


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("PT10M", timedelta(minutes=10)),
        ("P1DT2H", timedelta(hours=26)),
        ("P1W", timedelta(weeks=1)),
        ('"PT" + string(hours) + "H"', timedelta(hours=3)),
        ('duration("PT90S")', timedelta(seconds=90)),
    ],
)
def test_a_duration_is_iso_text_or_feel(text, length):
    case = waiting(text, variables={"hours": 3})

    assert due(case) - case.world.now == length


def test_a_month_is_a_calendar_month():
    case = waiting("P1M")

    assert due(case) == datetime(2026, 4, 2, 1, tzinfo=UTC)


@pytest.mark.parametrize("text", ["2026-05-01T09:00:00+08:00", "2026-05-01T09:00:00", "begins"])
def test_a_date_without_a_zone_is_the_calendar_s(text):
    case = waiting(text, kind="date", variables={"begins": "2026-05-01T09:00:00"})

    assert due(case) == datetime(2026, 5, 1, 1, tzinfo=UTC)


def test_a_working_time_limit_goes_by_the_calendar():
    case = waiting(limit=WorkingDays(amount=5))

    assert due(case) == datetime(2026, 3, 6, 10, tzinfo=UTC)  # the close of Friday


def test_the_token_goes_on_when_the_timer_fires():
    case = waiting("PT10M")

    case.wait(minutes=9)
    assert case.open == []
    case.wait(minutes=1)

    assert case.open == ["a"]
    assert case.marking.timers == {}


def test_a_timer_that_is_not_due_is_refused():
    case = waiting("PT10M")

    answer = case.refused(c.FireTimer(timer=next(iter(case.marking.timers))))

    assert answer.code == "timer_not_due"


def test_what_is_no_time_is_an_incident_that_a_corrected_variable_mends():
    case = waiting("length", variables={"length": "soon"})
    assert case.incidents == ["expression_error"]
    incident = next(iter(case.marking.incidents.values()))
    assert incident.params["problem"] == "Expected an ISO date, duration or repetition but found soon"

    case.retry(length="PT1H")

    assert due(case) - case.world.now == timedelta(hours=1)
