"""An owner defines an indicator on a page, tries it, and finds it wherever indicators are shown."""

import json
from io import BytesIO

import pytest
from openpyxl import load_workbook

from apps.monitoring.own.conftest import FACTS
from shuli.apps.monitoring import counting as days
from shuli.apps.monitoring.alerting import rules
from shuli.apps.monitoring.alerting.models import AlertRule
from shuli.apps.monitoring.alerting.watching import readings
from shuli.apps.monitoring.own import counting
from shuli.apps.monitoring.own.models import OwnIndicator
from shuli.kit import clock

pytestmark = pytest.mark.django_db
PAGES = "/monitor/processes/P-PURCHASE/indicators/"
ENTERED = {name: value for name, value in FACTS.items() if name not in ("grain", "target")}


@pytest.fixture
def owner(client, people, played):
    from shuli.apps.directory.models import Person

    client.force_login(Person.objects.get(username=people["owner"]))
    with clock.frozen(played):
        days.count_up()
        yield client


def test_an_owner_defines_an_indicator_and_finds_it_in_the_table_as_a_tile_and_in_the_file(owner):
    owner.post(f"{PAGES}new/", ENTERED | {"target": "2"})
    counting.count_all()
    row = OwnIndicator.objects.get()

    shown = owner.get(f"/monitor/processes/P-PURCHASE/?period=quarter&tile={row.key}")
    assert [tile["name"] for tile in shown.context["tiles"]] == ["等待"]
    assert shown.context["tiles"][0]["target"] == "目标 ≤2 小时"
    assert "等待" in [line.cells[0].value for line in shown.context["indicators"].rows]
    book = load_workbook(
        BytesIO(owner.get("/monitor/figures.xlsx?period=quarter&process=P-PURCHASE").content)
    )
    assert all("等待" in [cell.value for cell in sheet["B"]] + [cell.value for cell in sheet["A"]]
               + [cell.value for cell in sheet["C"]] for sheet in book.worksheets)  # fmt: skip
    behind = owner.get(f"/monitor/cases/?figure={row.key}&period=quarter")
    assert behind.context["page"].paginator.count > 0


def test_a_wrong_expression_is_refused_with_the_place_of_the_mistake(owner):
    sent = owner.post(f"{PAGES}new/", ENTERED | {"source": "waiting + wating"})

    assert sent.status_code == 200
    assert sent.context["form"].errors["source"][0].startswith("1:11 ")
    assert not OwnIndicator.objects.exists()


def test_trying_shows_each_visit_of_the_last_cases_and_keeps_nothing(owner):
    sent = owner.post(f"{PAGES}new/?grain=visit", ENTERED | {"try": "1"})

    trial = sent.context["trial"]
    assert 0 < trial.cases <= 20
    assert trial.known > trial.cases
    assert len(trial.table.rows) == min(trial.known, 40)
    assert trial.value.endswith("小时")
    assert not OwnIndicator.objects.exists()


def test_a_sensitive_field_is_none_of_an_indicators_business(owner):
    sent = owner.post(f"{PAGES}new/", ENTERED | {"source": "string length(phone)", "unit": "number"})

    assert "phone" in sent.context["form"].errors["source"][0]


def test_an_alert_watches_an_own_indicator_of_its_process_only(owner, define, people, played):
    row = define()
    facts = {"name": "等太久", "kind": "threshold", "indicator": row.key, "per": "", "period": "quarter",
             "side": "above", "limit": "0.1", "least": "1"}  # fmt: skip
    elsewhere = owner.post("/monitor/alerts/rules/new/", facts | {"process_key": ""})
    assert "process_key" in elsewhere.context["form"].errors

    owner.post("/monitor/alerts/rules/new/", facts | {"process_key": "P-PURCHASE"})

    (found,) = readings(AlertRule.objects.get(indicator=row.key), played)
    assert found.is_breached
    assert found.like > 1
    assert rules.may_edit(people["owner"], "P-PURCHASE")


def test_a_removed_indicator_is_gone_everywhere(owner, define):
    row = define()

    owner.post(f"{PAGES}{row.pk}/remove/")

    assert not OwnIndicator.objects.get().days.exists()
    assert owner.get(f"/monitor/cases/?figure={row.key}").status_code == 404
    assert not owner.get(PAGES).context["items"]


def test_the_command_line_prints_it(define, played):
    from argparse import Namespace

    from shuli.server.commands import figures

    row = define()
    with clock.frozen(played):
        days.count_up()
        asked = Namespace(json=True, period="quarter", day=None, process="P-PURCHASE")
        found = [one for one in figures._figures(asked) if one["indicator"] == row.key]

    assert json.loads(json.dumps(found))
    assert {one["grain"] for one in found} == {
        "company",
        "process",
        "process+version",
        "process+node",
        "department",
    }
