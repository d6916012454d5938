"""The rules of the appraisal: scores, causes in the process before people, work that goes to and fro."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuli.apps.monitoring.appraisal.causes import Closed, causes
from shuli.apps.monitoring.appraisal.passing import Hop, passed
from shuli.apps.monitoring.appraisal.scoring import Work, card, collaboration, promptness

NOON = datetime(2026, 11, 2, 4, tzinfo=UTC)


def hops(line):
    return [
        Hop(at=NOON + timedelta(hours=n), giver=giver, taker=taker)
        for n, (giver, taker) in enumerate(pairwise(line))
    ]


def visits(step, **late_by_person):
    return [
        Closed(process="P", node=step, department="tech", person=person, is_late=late)
        for person, each in late_by_person.items()
        for late in each
    ]


@given(st.lists(st.integers(0, 50), min_size=5, max_size=5))
def test_every_score_is_from_0_to_100(counts):
    due, late, violations, answered, hours = counts
    work = Work(
        due=due + late, on_time=due, violations=violations, answered=answered, answer_seconds=hours * 3600
    )

    found = card(work)

    assert 0 <= found["score"] <= 100
    assert 0 <= found["met"] <= found["of"] <= 4


def test_a_scorecard_says_each_figure_and_which_targets_are_met():
    work = Work(due=20, on_time=19, rated=2, points=180, violations=3, handed=10, caused=2)

    found = card(work)

    told = (found["on_time"], found["satisfaction"], found["violations"], found["collaboration"])
    assert told == (95.0, 90.0, 3, 80.0)
    assert (found["met"], found["of"], found["score"]) == (2, 4, 85.0)


@pytest.mark.parametrize(("hours", "points"), [(1, 100), (4, 100), (14, 50), (24, 0), (90, 0)])
def test_who_answers_others_within_half_a_day_has_all_points(hours, points):
    assert promptness(Work(answered=2, answer_seconds=hours * 2 * 3600)) == points


def test_ratings_of_partners_count_as_much_as_promptness_and_returns():
    work = Work(answered=1, answer_seconds=0, handed=4, caused=2, partner_rated=2, partner_points=180)

    assert collaboration(work) == 80


@pytest.mark.accepts("H2-123")
@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("AB", []),
        ("ABA", []),
        ("ABAB", [3]),
        ("ABABA", [4]),
        ("ABCABC", []),
        ("AABAAB", [3]),
        ("XABABY", [3]),
    ],
)
def test_work_that_goes_there_back_and_there_again_was_passed_to_and_fro(line, found):
    assert [one.hops for one in passed(hops(line))] == found


def test_what_is_late_for_everybody_is_the_process():
    own, everybody = visits("slow", a=[True, False]), visits("slow", a=[True, False], b=[True], c=[False])

    assert [one.is_process for one in causes(own, everybody)] == [True]


def test_what_is_late_for_one_of_many_is_not_the_process_and_comes_after_it():
    mine = visits("own", a=[True, True, True]) + visits("slow", a=[True])
    others = visits("own", b=[False], c=[False]) + visits("slow", b=[True])

    found = causes(mine, mine + others)

    assert [(one.node, one.is_process, one.late) for one in found] == [("slow", True, 1), ("own", False, 3)]


def test_of_a_step_that_one_person_does_nothing_is_said_of_everybody():
    assert not causes(visits("x", a=[True]), visits("x", a=[True]))[0].is_process
