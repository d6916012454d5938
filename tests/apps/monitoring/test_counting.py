"""Counts equal what plain Python finds in the raw events, to the last unit."""

import random
from datetime import timedelta
from fractions import Fraction

import pytest

from apps.cases.conftest import MONDAY
from apps.monitoring.conftest import play, start
from apps.monitoring.recount import ZONE, recount
from shuli.apps.cases import operations
from shuli.apps.cases import queries as cases
from shuli.apps.cases.models import Case, Task, Visit
from shuli.apps.directory import queries as directory
from shuli.apps.monitoring import counting
from shuli.apps.monitoring.indicators import BY_KEY
from shuli.apps.monitoring.models import DayCount, SatisfactionAnswer
from shuli.apps.monitoring.periods import Period, last_periods
from shuli.apps.monitoring.queries import EVERYTHING, days, summed, sums_of
from shuli.kit import clock

pytestmark = pytest.mark.django_db

COMPARED = (
    "started", "ended", "stopped", "cycle_seconds", "handovers", "closed", "due", "on_time", "returned", "transfers",
    "answered", "waiting_seconds", "handling_seconds", "paused_seconds", "answer_seconds", "reworked", "comments",
    "steps", "approvals", "departed",
)  # fmt: skip
NOT_PLAYED = {"comments", "departed", "handling_seconds"}  # the year of the example company has them


def today(moment):
    return moment.astimezone(ZONE).date()


def whole(played):
    return Period(kind="day", first=today(MONDAY), last=today(played))


def counted(period):
    places = summed(days(EVERYTHING, period), ("process_key", "node"))
    return {tuple(place.values()): {name: sums[name] for name in COMPARED} for place, sums in places}


def found_in_events(period):
    return {
        key: {name: one[name] for name in COMPARED} for key, one in recount(period.first, period.last).items()
    }


def test_every_count_equals_what_the_raw_events_say(played):
    with clock.frozen(played):
        counting.count_up()

    assert counted(whole(played)) == found_in_events(whole(played))
    sums = sums_of(EVERYTHING, whole(played))
    assert {name for name in COMPARED if not sums[name]} == NOT_PLAYED


def test_weeks_add_up_to_the_whole(played):
    with clock.frozen(played):
        counting.count_up()

    for week in last_periods("week", today(played), 4):
        assert counted(week) == found_in_events(week)


def test_counting_now_and_again_gives_what_counting_once_gives(people):
    chance, end = random.Random(11), MONDAY
    for _ in range(3):
        end = play(people, end, 4, chance)
        with clock.frozen(end):
            counting.count_up()
    step_by_step = list(
        DayCount.objects.order_by(*counting.PLACE).values_list(*counting.PLACE, *counting.WRITTEN)
    )

    with clock.frozen(end):
        counting.count_again()

    once = list(DayCount.objects.order_by(*counting.PLACE).values_list(*counting.PLACE, *counting.WRITTEN))
    assert once == step_by_step


def test_nothing_is_written_where_nothing_has_changed(played):
    with clock.frozen(played):
        counting.count_up()
        before = dict(DayCount.objects.extra(select={"x": "xmin::text"}).values_list("pk", "x"))
        counting.count_again()

    assert dict(DayCount.objects.extra(select={"x": "xmin::text"}).values_list("pk", "x")) == before


def test_times_are_the_sums_of_the_visits(played):
    with clock.frozen(played):
        counting.count_up()

    visits = [one for one in Visit.objects.exclude(closed_at=None) if one.outcome != "cancelled"]
    sums = sums_of(EVERYTHING, whole(played))
    assert sums["waiting_seconds"] == sum(one.waiting_seconds for one in visits)
    assert sums["handling_seconds"] == sum(one.handling_seconds for one in visits)


def test_the_median_is_that_of_the_cases(played):
    with clock.frozen(played):
        counting.count_up()

    ended = Case.objects.filter(status="approved")
    minutes = sorted(int((one.ended_at - one.started_at) / timedelta(minutes=1)) for one in ended)
    sums = sums_of(EVERYTHING, whole(played))
    assert sums["cycles"] == minutes
    middle = sorted([*minutes, *minutes])[len(minutes) - 1 : len(minutes) + 1]
    assert BY_KEY["cycle_time_median"].value(sums) == sum(middle) * 30


def test_an_answer_counts_its_points(played):
    SatisfactionAnswer.objects.create(
        process_key="P-PURCHASE", form_key="opinion", field="advice", answer="可以", points=80
    )
    with clock.frozen(played):
        counting.count_up()

    sums = sums_of(EVERYTHING, whole(played))
    assert sums["rated"] > 0
    assert BY_KEY["satisfaction"].value(sums) == 80


@pytest.mark.accepts("H2-125", "H3-05", "H3-08")
def test_a_case_that_was_moved_by_hand_does_not_conform_and_steps_and_approvals_are_counted(
    people,
):
    """Two cases: one goes as drawn, of the other an administrator leaves steps out."""
    with clock.frozen(MONDAY):
        start(people, 1)
        start(people, 2)
        as_drawn, moved = Case.objects.order_by("pk")
        admin, token = (
            directory.members("post:system-administrator")[0],
            cases.tokens_to_move(moved)[0].id,
        )
        jumped = operations.jump(moved.pk, admin, token, "sign", "赶时间")
        for node, person in (("detail", "starter"), ("tech", "tech"), ("money", "money"), ("sign", "sign")):
            finish(people, as_drawn, node, person)
        finish(people, moved, "sign", "sign")
        counting.count_up()

    assert isinstance(jumped, operations.Done)
    sums = sums_of(EVERYTHING, whole(MONDAY))
    told = {key: BY_KEY[key].value(sums) for key in ("conformance", "steps", "approvals")}
    assert told == {"conformance": Fraction(1, 2), "steps": Fraction(4 + 1, 2), "approvals": 1}


def finish(people, case, node, person):
    task = Task.objects.get(case=case, node=node, state="open")
    answers = {"advice": "可以"} if node == "tech" else {}
    done = operations.complete(task.pk, people[person], answers, operations.Verdict(signed=True))
    assert isinstance(done, operations.Done), done
