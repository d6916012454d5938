"""The pages of goals, as owner, as whom a goal concerns, and as a stranger."""

import pytest

from apps.monitoring.goals.conftest import FIRST, at, by_the_clock
from shuli.apps.directory.models import Person
from shuli.apps.monitoring.alerting.models import AlertRule
from shuli.apps.monitoring.goals import setting
from shuli.apps.monitoring.goals.models import Goal

pytestmark = pytest.mark.django_db
ENTERED = {
    "title": "投诉按时", "indicator": "on_time_rate", "place": "P-PURCHASE", "department": "", "better": "",
    "target": "90", "first": "2026-11-16", "last": "2027-02-13", "baseline_first": "", "baseline_last": "",
    "standard": "按月考核", "departments": ["finance"],
}  # fmt: skip


def as_person(client, name):
    client.force_login(Person.objects.get(username=name))
    return client


@pytest.mark.accepts("H1-62")
def test_an_owner_sets_a_goal_and_a_recipient_reads_it_from_my_work(client, people, half_year):
    with at(FIRST):
        owner = as_person(client, people["owner"])
        made = owner.post("/monitor/goals/new/", {**ENTERED, "people": [people["starter"]]})
        goal = Goal.objects.get()
        assert (made.status_code, goal.target, goal.baseline) == (302, pytest.approx(0.9), pytest.approx(0.5))
        owner.post(f"/monitor/goals/of/{goal.pk}/publish/")

        reader = as_person(client, people["starter"])
        assert "/monitor/goals/mine/" in reader.get("/").content.decode()
        page = reader.get("/monitor/goals/mine/").content.decode()
        reader.post(f"/monitor/goals/of/{goal.pk}/read/")

    assert "按月考核" in page
    assert goal.readers.get(person=people["starter"]).read_at is not None


def test_a_draft_is_changed_until_it_is_published(client, people, half_year):
    with at(FIRST):
        owner = as_person(client, people["owner"])
        owner.post("/monitor/goals/new/", ENTERED)
        goal = Goal.objects.get()
        owner.post(f"/monitor/goals/of/{goal.pk}/edit/", {**ENTERED, "target": "95"})
        shown = owner.get(f"/monitor/goals/of/{goal.pk}/edit/").content.decode()

    goal.refresh_from_db()
    assert goal.target == pytest.approx(0.95)
    assert 'value="95"' in shown


def test_a_draft_is_nobody_elses_and_a_stranger_sees_no_goal(client, people, half_year, facts):
    with at(FIRST):
        goal = setting.save(people["owner"], None, facts)
        address = f"/monitor/goals/of/{goal.pk}/"
        assert as_person(client, people["starter"]).get(address).status_code == 404
        setting.publish(people["owner"], goal.pk)
        by_the_clock()

        assert as_person(client, people["starter"]).get(address).status_code == 200
        assert as_person(client, people["colleague"]).get(address).status_code == 404


def test_who_answers_for_nothing_is_not_offered_to_set_goals(client, people):
    stranger = as_person(client, people["starter"])

    assert stranger.get("/monitor/goals/new/").status_code == 403
    assert stranger.get("/monitor/goals/").context["actions"] == []


def test_a_rule_about_goals_needs_no_limit(client, people):
    rule = {"name": "采购目标", "kind": "goal", "process_key": "P-PURCHASE", "period": "month", "side": "below",
            "least": "0", "to_owner": "on"}  # fmt: skip

    answer = as_person(client, people["owner"]).post("/monitor/alerts/rules/new/", rule)

    assert answer.status_code == 302
    assert AlertRule.objects.get(name="采购目标").kind == "goal"
