from datetime import datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuli.core.worktime import Span
from shuli.kit import clock
from shuli.kit.components import deadline, time_left
from shuli.kit.components.amounts import shortened

SHANGHAI = ZoneInfo("Asia/Shanghai")
OPENED = datetime(2026, 11, 9, 9, 0, tzinfo=SHANGHAI)


def at(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


# 17 November 2026 is a Tuesday; the day has 9–12 and 13–18. It is 10:20.
LEFT = [
    (at(17, 11, 20), "剩余 1 工作小时", "1 hour left"),
    (at(17, 16, 20), "剩余 5 工作小时", "5 hours left"),
    (at(17, 11, 45), "剩余 1 小时 25 分钟", "1 h 25 min left"),
    (at(17, 10, 45), "剩余 25 分钟", "25 min left"),
    (at(18, 12), "剩余 1 工作日 1 小时", "1 day 1 h left"),
    (at(19, 12), "剩余 2 工作日", "2 days left"),
    (at(17, 9, 40), "超时 40 分钟", "40 min overdue"),
    (at(16, 16, 20), "超时 3 小时", "3 hours overdue"),
    (at(13, 16, 20), "超时 1 工作日 3 小时", "1 day 3 h overdue"),
    (at(17, 10, 20), "刚刚超时", "Just overdue"),
]


@pytest.mark.parametrize(("due", "words", "_english"), LEFT)
def test_what_is_left_is_told_in_chinese(tuesday, chinese, due, words, _english):
    assert time_left(deadline(OPENED, due)).word == words


@pytest.mark.parametrize(("due", "_chinese", "words"), LEFT)
def test_what_is_left_is_told_in_english(tuesday, english, due, _chinese, words):
    assert time_left(deadline(OPENED, due)).word == words


SATURDAY = datetime(2026, 11, 21, 12, 0, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("due", "state", "words"),
    [
        (at(21, 12, 10), "risk", "剩余 10 分钟（自然时间）"),
        (at(22, 16, 0), "risk", "剩余 1 天 4 小时（自然时间）"),
        (at(21, 11, 20), "late", "超时 40 分钟（自然时间）"),
        (at(21, 12, 0), "late", "刚刚超时"),
    ],
)
def test_a_limit_by_the_clock_is_told_in_calendar_time_on_a_weekend(chinese, due, state, words):
    with clock.frozen(SATURDAY):
        told = time_left(deadline(OPENED, due))

    assert (told.kind, told.word) == (state, words)


def test_calendar_time_says_so_in_english(english):
    with clock.frozen(SATURDAY):
        assert time_left(deadline(OPENED, at(21, 12, 10))).word == "10 min left (calendar)"


def test_a_day_by_the_clock_that_has_just_begun_is_not_at_risk(english):
    with clock.frozen(SATURDAY):
        told = time_left(deadline(SATURDAY, SATURDAY + timedelta(hours=24)))

    assert (told.kind, told.word) == ("normal", "1 day left (calendar)")


def test_the_due_moment_stands_below(tuesday, chinese):
    assert time_left(deadline(OPENED, at(17, 11, 20))).due == "今天 11:20 到期"


def test_under_a_fifth_of_the_limit_is_at_risk(tuesday):
    # opened Tuesday 9:00, due Tuesday 11:40: 160 minutes, of which 80 are left; due Thursday: most is left
    states = [deadline(at(9, 9), at(17, 16)).state, deadline(at(17, 9), at(19, 12)).state]

    assert states == ["risk", "normal"]


def test_under_one_working_hour_is_at_risk_however_short_the_limit(tuesday):
    assert deadline(at(17, 10), at(17, 11)).state == "risk"


def test_a_task_without_limit_says_so(tuesday, english):
    assert time_left(deadline(OPENED, None)).word == "No time limit"


def test_a_deadline_that_an_app_reckoned_keeps_its_state(tuesday, english):
    reckoned = SimpleNamespace(due_at=at(19, 12), left=2 * 8 * 3600 + 3600, state="risk")

    told = time_left(reckoned)

    assert (told.kind, told.word) == ("risk", "2 days left")


def test_a_plain_task_is_reckoned_by_the_standard_calendar(tuesday, english):
    task = SimpleNamespace(due_at=at(17, 16, 20), opened_at=at(17, 9))

    assert time_left(task).word == "5 hours left"


@given(st.builds(Span, days=st.integers(0, 400), hours=st.integers(0, 7), minutes=st.integers(0, 59)))
def test_what_is_left_never_promises_more_than_there_is(span):
    worth = {"working_days": 480, "working_hours": 60, "working_minutes": 1}

    shown = sum(number * worth[unit] for number, unit in shortened(span))

    assert shown <= span.days * 480 + span.hours * 60 + span.minutes
    assert len(shortened(span)) <= 2


def test_time_runs_on(tuesday, english):
    before = time_left(deadline(OPENED, at(17, 16, 20)))

    later = time_left(deadline(OPENED, at(17, 16, 20) - timedelta(hours=2)))

    assert (before.word, later.word) == ("5 hours left", "3 hours left")
