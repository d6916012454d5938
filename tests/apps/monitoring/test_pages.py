"""The pages of monitoring: figures for whoever oversees something, and the cases behind each."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from apps.monitoring.conftest import start
from shuli.apps.monitoring import counting
from shuli.kit import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def counted(played):
    with clock.frozen(played):
        counting.count_up()
        yield played


def page(client, person, address):
    from shuli.apps.directory.models import Person

    client.force_login(Person.objects.get(username=person))
    return client.get(address)


def test_an_owner_sees_figures_trend_and_heat_and_finds_the_cases_behind_them(client, people, counted):
    shown = page(client, people["owner"], "/monitor/processes/P-PURCHASE/").content.decode()

    assert "sl-h" in shown
    assert 'class="is-line"' in shown
    assert "figure=on_time_rate" in shown

    behind = page(
        client, people["owner"], "/monitor/cases/?figure=on_time_rate&period=quarter&process=P-PURCHASE"
    )
    assert behind.context["page"].paginator.count > 0


def test_an_employee_sees_no_figures_of_others(client, people, counted):
    shown = page(client, people["starter"], "/monitor/")

    assert shown.context["scope"].is_empty
    assert page(client, people["starter"], "/monitor/processes/P-PURCHASE/").status_code == 404


def test_a_head_sees_the_departments_share_only(client, people, counted):
    shown = page(client, people["money"], "/monitor/?period=quarter")

    codes = [row.cells[0].url for row in shown.context["departments"].rows]
    assert codes
    assert codes == ["/monitor/departments/finance/"]
    assert page(client, people["money"], f"{codes[0]}?period=quarter").status_code == 200
    assert page(client, people["starter"], codes[0]).status_code == 404


def test_the_figures_go_to_excel_with_their_formulas(client, people, counted):
    sent = page(client, people["owner"], "/monitor/figures.xlsx?period=quarter")

    book = load_workbook(BytesIO(sent.content))
    assert len(book.sheetnames) == 5
    assert book.worksheets[0].max_row > 10


def test_a_person_sees_their_own_figures_and_the_head_those_of_the_department(client, people, counted):
    own = page(client, people["tech"], "/monitor/mine/?period=quarter")

    assert own.status_code == 200
    assert own.context["tiles"][1]["value"] > 0
    assert page(client, people["starter"], f"/monitor/mine/?person={people['tech']}").status_code == 404
    assert page(client, people["sign"], f"/monitor/mine/?person={people['tech']}").status_code == 200


def test_the_diagram_is_warm_by_waiting_or_by_lateness_and_open_cases_stand_along_the_days(
    client, people, counted
):
    address = "/monitor/processes/P-PURCHASE/?period=quarter"
    start(people, 0)
    waiting = page(client, people["owner"], address)
    late = page(client, people["owner"], f"{address}&heat=late")

    assert waiting.context["heat_label"] != late.context["heat_label"]
    assert "is-lanes" in waiting.context["funnel"]
    assert "/cases/CG20" in waiting.context["open_cases"]
