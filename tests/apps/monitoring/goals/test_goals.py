"""Goals set by owners and heads, told and read, followed by the clock."""

from datetime import date, timedelta

import pytest
from django.core import mail
from msgspec.structs import replace

from apps.monitoring.goals.conftest import FIRST, FOLLOW, LAST, WATCH, at, by_the_clock, count
from shuli.apps.cases.models import Notification
from shuli.apps.directory import queries as directory
from shuli.apps.monitoring.alerting.models import Alert
from shuli.apps.monitoring.goals import setting
from shuli.apps.monitoring.goals.models import Goal
from shuli.apps.monitoring.goals.reckoning import Span
from shuli.apps.monitoring.indicators import INDICATORS
from shuli.apps.monitoring.measuring import Where, half_year_before, is_total
from shuli.kit.errors import Denied

pytestmark = pytest.mark.django_db


def alerts():
    return Alert.objects.filter(rule__kind="goal")


@pytest.fixture
def published(people, half_year, facts):
    with at(FIRST):
        goal = setting.save(people["owner"], None, facts)
        assert isinstance(setting.publish(people["owner"], goal.pk), Goal)
        by_the_clock()
    return Goal.objects.get(pk=goal.pk)


@pytest.mark.accepts("H1-03")
def test_the_baseline_is_the_half_year_before_reckoned_from_the_counts(people, half_year, facts):
    count(date(2026, 5, 1), closed=1_000, due=1_000, on_time=0)  # longer ago
    first, last = half_year_before(FIRST)

    goal = setting.save(people["owner"], None, replace(facts, baseline=Span(first=first, last=last)))

    assert (goal.baseline_first, goal.baseline_last) == (date(2026, 5, 16), date(2026, 11, 15))
    assert goal.baseline == pytest.approx(0.5)


def test_the_baseline_of_a_number_is_scaled_to_the_time_of_the_goal(people, half_year, facts):
    count(date(2026, 6, 1), node="", started=184)  # in the 184 days of the baseline

    goal = setting.save(people["owner"], None, replace(facts, indicator="volume", better="up", target=120))

    assert goal.baseline == pytest.approx(90)


@pytest.mark.accepts("H1-62")
def test_whom_a_goal_concerns_is_told_and_says_that_they_have_read_it(people, published):
    told = set(published.readers.values_list("person", flat=True))
    assert told == {people["starter"], *directory.members("department:finance")}
    assert Notification.objects.filter(code="goal", person=people["starter"]).count() == 1

    setting.read(people["starter"], published.pk)

    assert published.readers.exclude(read_at=None).get().person == people["starter"]


def test_a_mail_says_what_the_goal_is(people, published):
    [letter] = [
        one for one in mail.outbox if published.title in one.subject and people["starter"] in one.to[0]
    ]

    assert f"/monitor/goals/of/{published.pk}/" in letter.body


def test_who_comes_to_a_department_is_told_with_the_next_round(people, published):
    from shuli.apps.directory import operations

    with at(FIRST):
        operations.add_place(operations.PROGRAM, people["tech"], "finance")
        by_the_clock(FOLLOW)

    assert published.readers.filter(person=people["tech"]).exists()


@pytest.mark.accepts("H1-63")
def test_a_status_that_gets_worse_becomes_an_alert_by_the_clock_alone(people, published):
    count(date(2026, 12, 20), closed=20, due=20, on_time=12)  # 60 %, where half of the way would be 70 %
    with at(date(2026, 12, 30)):
        by_the_clock(FOLLOW, WATCH)
        published.refresh_from_db()
        [alert] = alerts()

    assert (published.state, alert.subject) == ("at_risk", f"{published.pk}:at_risk")
    assert published.expected == pytest.approx(0.5 + 0.4 * 45 / 90)
    assert Notification.objects.filter(code="alert", person=people["owner"]).exists()


def test_a_goal_that_is_missed_is_another_alert_and_one_on_track_again_clears_it(people, published):
    count(LAST - timedelta(days=3), closed=20, due=20, on_time=12)
    with at(LAST):
        by_the_clock(FOLLOW, WATCH)
    with at(LAST + timedelta(days=1)):
        by_the_clock(FOLLOW, WATCH)
    states = {one.subject.partition(":")[2]: one.cleared_at is None for one in alerts()}
    assert states == {"at_risk": False, "missed": True}

    count(LAST - timedelta(days=2), closed=500, due=500, on_time=500)
    with at(LAST + timedelta(days=2)):
        by_the_clock(FOLLOW, WATCH)

    assert not alerts().filter(cleared_at=None).exists()


def test_only_who_answers_for_a_place_sets_its_goals(people, facts):
    head = people["money"]
    own = replace(facts, where=Where(department="finance"))

    assert isinstance(setting.save(people["starter"], None, facts), Denied)
    assert isinstance(setting.save(head, None, facts), Denied)
    assert isinstance(setting.save(head, None, own), Goal)


def test_what_is_published_stays_and_can_only_be_withdrawn(people, published, facts):
    assert setting.save(people["owner"], published.pk, facts).code == "goal_is_published"
    assert setting.withdraw(people["owner"], published.pk, " ").code == "reason_missing"

    setting.withdraw(people["owner"], published.pk, "换了系统")

    assert Notification.objects.filter(code="goal_withdrawn", person=people["starter"]).exists()
    assert setting.read(people["starter"], published.pk).code == "no_such_goal"


def test_an_indicator_of_whole_cases_is_no_goal_of_a_step(people, facts):
    step = replace(facts, where=Where(process="P-PURCHASE", node="detail"))

    assert (
        setting.save(people["owner"], None, replace(step, indicator="cycle_time")).code
        == "indicator_not_of_steps"
    )
    assert isinstance(setting.save(people["owner"], None, step), Goal)


def test_totals_are_told_from_rates_by_their_formula():
    totals = {one.key for one in INDICATORS if is_total(one)}

    assert totals >= {"volume", "throughput", "transfers", "violations", "cost"}
    assert not totals & {
        "on_time_rate",
        "cycle_time",
        "cycle_time_median",
        "handovers",
        "steps",
        "approvals",
        "conformance",
        "unit_cost",
        "complaint_rate",
    }
