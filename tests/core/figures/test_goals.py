"""A goal on its way: laws of the line from baseline to target, and of the pace of a total."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuli.core.figures import Course, standing, window

FIRST, LAST = date(2026, 7, 1), date(2026, 9, 30)  # 92 days
RATE = Course(first=FIRST, last=LAST, target=0.95, better="up", baseline=0.85)
COUNT = Course(first=FIRST, last=LAST, target=2, better="down", baseline=6, is_total=True)
ORDER = ["missed", "at_risk", "on_track", "met"]
VALUES = st.floats(0, 100, allow_nan=False)
DAYS = st.integers(0, 200).map(lambda n: FIRST + timedelta(days=n))
COURSES = st.builds(
    Course,
    first=st.just(FIRST),
    last=st.integers(0, 120).map(lambda n: FIRST + timedelta(days=n)),
    target=VALUES,
    better=st.sampled_from(["up", "down"]),
    baseline=st.none() | VALUES,
    is_total=st.booleans(),
)


@given(COURSES, VALUES, VALUES, DAYS)
def test_a_better_value_never_stands_worse(course, one, other, day):
    worse, better = sorted([one, other], reverse=course.better == "down")

    states = [standing(course, value, day).state for value in (worse, better)]

    assert ORDER.index(states[0]) <= ORDER.index(states[1])


@given(COURSES, VALUES, DAYS)
def test_what_is_over_is_met_or_missed_and_by_its_value_alone(course, value, day):
    found = standing(course, value, max(day, course.last + timedelta(days=1))).state

    reached = value >= course.target if course.better == "up" else value <= course.target
    assert found == ("met" if reached else "missed")


@given(COURSES, DAYS)
def test_the_days_of_a_value_lie_within_the_goals_time_and_before_today(course, day):
    first, last = window(course, day)

    assert course.first <= first <= last <= min(course.last, day)


@pytest.mark.parametrize(
    ("value", "day", "state"),
    [
        (0.95, date(2026, 7, 2), "on_track"),
        (0.90, date(2026, 8, 15), "on_track"),  # half of the way at half of the time
        (0.89, date(2026, 8, 15), "at_risk"),
        (0.94, LAST, "at_risk"),
        (0.94, LAST + timedelta(days=1), "missed"),
        (None, date(2026, 8, 15), "unknown"),
        (None, FIRST - timedelta(days=1), "planned"),
    ],
)
def test_a_rate_follows_the_line_from_its_baseline_to_its_target(value, day, state):
    assert standing(RATE, value, day).state == state


@pytest.mark.parametrize(
    ("value", "day", "state"),
    [
        (1, date(2026, 7, 4), "on_track"),  # the first tenth of the time says nothing of the pace
        (1, date(2026, 8, 1), "at_risk"),  # at this pace there will be nearly three
        (1, date(2026, 9, 1), "on_track"),
        (3, date(2026, 8, 1), "missed"),  # it can only become more
    ],
)
def test_a_number_that_is_to_stay_low_is_judged_by_its_pace(value, day, state):
    assert standing(COUNT, value, day).state == state


def test_a_number_that_is_to_grow_is_met_as_soon_as_it_is_reached():
    course = Course(first=FIRST, last=LAST, target=100, better="up", is_total=True)

    assert standing(course, 100, date(2026, 8, 1)).state == "met"
    assert standing(course, 20, date(2026, 8, 1)).state == "at_risk"


def test_a_baseline_that_is_better_than_the_target_draws_no_line():
    course = Course(first=FIRST, last=LAST, target=0.95, better="up", baseline=0.99)

    assert standing(course, 0.94, date(2026, 7, 20)).expected == 0.95
