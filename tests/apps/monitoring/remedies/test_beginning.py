"""What an action's form knows already: from an alert, a violation, a goal; never from what is not the reader's."""

import pytest

from shuli.apps.directory.models import Person
from shuli.apps.monitoring.alerting.models import Alert, AlertRule
from shuli.apps.monitoring.knowledge.models import Entry
from shuli.apps.monitoring.remedies.beginning import known_of
from shuli.kit import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def alert(people):
    rule = AlertRule.objects.get(name_en="Node on-time rate below 95%")
    return Alert.objects.create(
        rule=rule,
        process_key="P-PURCHASE",
        node="detail",
        value=0.5,
        last_value=0.5,
        limit=0.95,
        raised_at=clock.now(),
    )


def test_an_alert_gives_place_indicator_problem_and_the_entry_that_fits(people, alert):
    known = known_of(people["owner"], "alert", str(alert.pk), {})

    assert (known["place"], known["indicator"]) == ("P-PURCHASE/detail", "on_time_rate")
    assert known["entry"] == str(Entry.objects.get(number=1).pk)
    assert "50" in known["problem"]


def test_an_alert_of_others_gives_nothing(people, alert):
    assert "problem" not in known_of(people["starter"], "alert", str(alert.pk), {})


@pytest.mark.accepts("H2-120")
def test_the_page_of_alerts_shows_what_is_known_and_the_way_to_act(client, people, alert):
    client.force_login(Person.objects.get(username=people["owner"]))

    [item] = client.get("/monitor/alerts/").context["items"]

    assert [one["row"].number for one in item["known"]] == [1]
    assert item["action_url"] == f"/monitor/actions/new/?source=alert&key={alert.pk}"


def test_the_cases_behind_a_figure_lead_to_an_action_about_it(client, people):
    client.force_login(Person.objects.get(username=people["owner"]))
    address = client.get("/monitor/cases/?figure=waiting_time&process=P-PURCHASE&node=detail").context[
        "action_url"
    ]

    known = client.get(address).context["form"].initial

    assert (known["place"], known["indicator"], known["source"]) == (
        "P-PURCHASE/detail",
        "waiting_time",
        "figure",
    )
    client.force_login(Person.objects.get(username=people["starter"]))
    assert client.get("/monitor/cases/?figure=waiting_time&process=P-PURCHASE").context["action_url"] == ""
