from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from shuli.kit.components import (
    clock_time,
    form_date,
    form_moment,
    long_moment,
    moment,
    moment_time,
    moment_time_within,
    moment_within,
)
from shuli.kit.components.moments import due_words

SHANGHAI = ZoneInfo("Asia/Shanghai")

NEAR = [
    (timedelta(hours=1), "今天 11:20", "Today 11:20"),
    (timedelta(days=-1), "昨天 10:20", "Yesterday 10:20"),
    (timedelta(days=1), "明天 10:20", "Tomorrow 10:20"),
    (timedelta(days=2), "周四 10:20", "Thu 10:20"),
    (timedelta(days=-4), "周五 10:20", "Fri 10:20"),
    (timedelta(days=8), "11-25 周三", "Wed 25 Nov"),
    (timedelta(days=60), "2027-01-16 周六", "Sat 16 Jan 2027"),
]


@pytest.mark.parametrize(("away", "words", "_english"), NEAR)
def test_a_moment_is_named_by_its_distance_in_chinese(tuesday, chinese, away, words, _english):
    assert moment(tuesday + away) == words


@pytest.mark.parametrize(("away", "_chinese", "words"), NEAR)
def test_a_moment_is_named_by_its_distance_in_english(tuesday, english, away, _chinese, words):
    assert moment(tuesday + away) == words


def test_a_day_without_time_is_named_without_one(tuesday, chinese):
    assert [moment(date(2026, 11, 17)), moment(date(2026, 11, 25))] == ["今天", "11-25 周三"]


def test_six_days_away_is_a_weekday_and_seven_is_a_date(tuesday, english):
    assert [moment(tuesday + timedelta(days=days)) for days in (6, 7)] == ["Mon 10:20", "Tue 24 Nov"]


def test_a_moment_in_another_zone_is_told_in_the_company_s(tuesday, english):
    assert moment(datetime(2026, 11, 17, 23, 30, tzinfo=ZoneInfo("UTC"))) == "Tomorrow 07:30"


@pytest.mark.parametrize(
    ("away", "words"),
    [
        (timedelta(hours=1), "今天 11:20 到期"),
        (timedelta(days=-4), "周五 10:20 到期"),
        (timedelta(days=8), "11-25 周三到期"),
    ],
)
def test_a_due_moment_takes_a_space_behind_a_number_only(tuesday, chinese, away, words):
    assert due_words(tuesday + away) == words


@pytest.mark.parametrize(
    ("away", "words"),
    [
        (timedelta(hours=1), "Due today 11:20"),
        (timedelta(days=-4), "Due Fri 10:20"),
        (timedelta(days=8), "Due Wed 25 Nov"),
    ],
)
def test_a_due_moment_reads_as_a_sentence_in_english(tuesday, english, away, words):
    assert due_words(tuesday + away) == words


def test_a_timeline_tells_day_and_time_and_the_year_once_it_differs(tuesday, chinese):
    last_week = datetime(2026, 11, 10, 9, 18, tzinfo=SHANGHAI)
    last_year = datetime(2025, 11, 10, 9, 18, tzinfo=SHANGHAI)

    assert [moment_time(tuesday), moment_time(last_week), moment_time(last_year)] == [
        "今天 10:20",
        "11-10 09:18",
        "2025-11-10 09:18",
    ]


def test_forms_write_dates_alike_in_every_language(tuesday, english):
    assert (form_date(tuesday), form_moment(tuesday), clock_time(tuesday)) == (
        "2026-11-17",
        "2026-11-17 10:20",
        "10:20",
    )


def test_the_head_of_a_page_tells_the_day_in_chinese(tuesday, chinese):
    assert long_moment(tuesday) == "11 月 17 日 周二 10:20"


def test_the_head_of_a_page_tells_the_day_in_english(tuesday, english):
    assert long_moment(tuesday) == "Tue 17 Nov 2026, 10:20"


def test_within_a_sentence_today_is_no_name(tuesday, english):
    assert [moment_within(tuesday), moment_within(tuesday + timedelta(days=2))] == [
        "today 10:20",
        "Thu 10:20",
    ]


def test_a_saved_moment_within_a_sentence_keeps_its_time(tuesday, english):
    last_week = datetime(2026, 11, 10, 9, 18, tzinfo=SHANGHAI)

    assert [moment_time_within(tuesday), moment_time_within(last_week)] == ["today 10:20", "10 Nov 09:18"]


def test_no_moment_is_no_words(tuesday, english):
    assert [moment(None), moment_time(None), form_date(None), long_moment(None)] == ["", "", "", ""]
