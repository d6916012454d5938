"""The pages of alerts: seen, looked after, and rules kept by whoever answers for them."""

import pytest

from shuli.apps.directory.models import Person
from shuli.apps.monitoring.alerting import raising
from shuli.apps.monitoring.alerting.models import Alert, AlertRule
from shuli.kit import clock

pytestmark = pytest.mark.django_db
RULE = {
    "name": "采购按时", "kind": "threshold", "indicator": "on_time_rate", "process_key": "P-PURCHASE", "department": "",
    "per": "node", "period": "week", "side": "below", "limit": "90", "least": "3", "to_owner": "on", "by_mail": "on",
}  # fmt: skip


@pytest.fixture
def raised(rule, counted):
    with clock.frozen(counted):
        raising.watch()
        yield Alert.objects.get()


def as_person(client, name):
    client.force_login(Person.objects.get(username=name))
    return client


def test_an_owner_sees_the_alert_and_looks_after_it(client, people, raised):
    owner = as_person(client, people["owner"])
    assert f"alert-{raised.pk}" in owner.get("/monitor/alerts/").content.decode()

    owner.post(f"/monitor/alerts/{raised.pk}/acknowledge/", {"note": "在查"})

    raised.refresh_from_db()
    assert (raised.acknowledged_by, raised.note) == (people["owner"], "在查")
    assert raised.cleared_at is None


def test_who_has_nothing_to_do_with_it_sees_and_changes_nothing(client, people, raised):
    other = as_person(client, people["starter"])

    assert other.get("/monitor/alerts/").context["items"] == []
    assert other.post(f"/monitor/alerts/{raised.pk}/acknowledge/").status_code == 404


def test_an_owner_makes_and_changes_a_rule_of_their_process(client, people):
    owner = as_person(client, people["owner"])

    assert owner.post("/monitor/alerts/rules/new/", RULE).status_code == 302
    row = AlertRule.objects.get(name="采购按时")
    assert row.limit == pytest.approx(0.9)
    owner.post(f"/monitor/alerts/rules/{row.pk}/", {**RULE, "limit": "80"})

    row.refresh_from_db()
    assert (row.limit, row.changed_by) == (pytest.approx(0.8), people["owner"])
    assert "80" in owner.get(f"/monitor/alerts/rules/{row.pk}/").content.decode()


def test_rules_of_the_whole_company_are_not_an_owners(client, people):
    owner = as_person(client, people["owner"])
    answer = owner.post("/monitor/alerts/rules/new/", {**RULE, "process_key": ""})

    assert answer.status_code == 403
    assert owner.post(f"/monitor/alerts/rules/{AlertRule.objects.first().pk}/switch/").status_code == 403


def test_a_rule_that_makes_no_sense_comes_back_with_words(client, people):
    answer = as_person(client, people["owner"]).post(
        "/monitor/alerts/rules/new/", {**RULE, "kind": "overload", "per": "node"}
    )

    assert answer.status_code == 200
    assert "per" in answer.context["form"].errors


def test_switching_a_rule_off_clears_what_it_raised(client, people, raised):
    Person.objects.filter(username=people["owner"]).update(is_administrator=True)
    as_person(client, people["owner"]).post(f"/monitor/alerts/rules/{raised.rule_id}/switch/", {"on": "0"})

    raised.refresh_from_db()
    assert raised.cleared_at is not None
