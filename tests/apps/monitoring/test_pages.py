"""The pages of monitoring: figures for whoever oversees something, and the cases behind each."""

from fractions import Fraction
from io import BytesIO

import pytest
from openpyxl import load_workbook

from apps.cases.conftest import MONDAY
from apps.monitoring.conftest import start
from shuli.apps.cases.behind import OF_CASES
from shuli.apps.cases.models import FormRecord
from shuli.apps.monitoring import counting, words
from shuli.apps.monitoring.indicators import BY_KEY, INDICATORS, judged, verdict
from shuli.apps.monitoring.models import CostField, DayCount
from shuli.apps.monitoring.periods import KINDS, Period
from shuli.apps.monitoring.queries import EVERYTHING, sums_of
from shuli.kit import clock

pytestmark = pytest.mark.django_db
PAGE = "/monitor/processes/P-PURCHASE/"


@pytest.fixture
def counted(played):
    with clock.frozen(played):
        counting.count_up()
        yield played


def page(client, person, address):
    from shuli.apps.directory.models import Person

    client.force_login(Person.objects.get(username=person))
    return client.get(address)


@pytest.mark.accepts("H1-13")
def test_an_owner_sees_figures_trend_and_heat_and_finds_the_cases_behind_them(client, people, counted):
    shown = page(client, people["owner"], "/monitor/processes/P-PURCHASE/").content.decode()

    assert "sl-h" in shown
    assert 'class="is-line"' in shown
    assert 'class="is-bar"' in shown
    DayCount.objects.exclude(node="").update(handling_seconds=600)
    assert (
        "is-pie" in page(client, people["owner"], f"{PAGE}?period=quarter&day=2026-12-01").context["workers"]
    )
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


def test_every_figure_of_whole_cases_leads_to_cases():
    assert {one.key for one in INDICATORS if one.grain == "case"} <= set(OF_CASES)


@pytest.mark.accepts("H1-64", "H3-46")
def test_the_usual_indicators_stand_on_the_first_page_and_response_is_one_of_the_large_ones(
    client, people, counted
):
    shown = page(client, people["owner"], "/monitor/processes/P-PURCHASE/?period=quarter&day=2026-11-30")

    large = [tile["name"] for tile in shown.context["tiles"]]
    told = {str(row.cells[0].value): row.cells[1].value for row in shown.context["indicators"].rows}
    assert large[1] == BY_KEY["first_response"].name
    for key in ("volume", "handling_time", "utilisation", "unit_cost", "satisfaction"):
        assert str(BY_KEY[key].name) in told
    assert [int(told[str(BY_KEY["volume"].name)]), told[str(BY_KEY["handling_time"].name)][0].isdigit()] == [
        18,
        True,
    ]


@pytest.mark.accepts("H1-04", "H1-05")
@pytest.mark.parametrize("kind", ["day", "week", "month"])
def test_volume_and_mean_times_are_there_by_day_week_and_month_and_times_for_each_step(
    client, people, counted, kind
):
    shown = page(
        client, people["owner"], f"/monitor/processes/P-PURCHASE/?period={kind}&day=2026-11-30&tile=volume"
    )

    assert shown.context["tiles"][0]["name"] == BY_KEY["volume"].name
    assert len(shown.context["charts"][1].points) > 6
    told = [row.cells[0].value for row in shown.context["indicators"].rows]
    assert {str(BY_KEY[key].name) for key in ("volume", "cycle_time", "handling_time")} <= set(told)
    assert [column.label for column in shown.context["steps"].columns][3:5] == ["平均等待", "平均处理"]


@pytest.mark.accepts("H1-66")
def test_each_indicator_says_how_often_it_is_looked_at(client, people, counted):
    shown = page(client, people["owner"], "/monitor/processes/P-PURCHASE/?period=quarter")

    notes = {row.cells[0].value: row.cells[0].note for row in shown.context["indicators"].rows}
    assert notes[str(BY_KEY["volume"].name)].endswith("每日")
    assert notes[str(BY_KEY["throughput"].name)].endswith("每周")
    assert notes[str(BY_KEY["cost"].name)].endswith("每月")


@pytest.mark.accepts("H1-06", "H1-07")
def test_what_people_material_and_payments_cost_is_told_by_kind_in_all_and_for_each_case(
    client, people, played
):
    field = CostField.objects.create(process_key="P-PURCHASE", form_key="request", field="amount")
    paid = sum(int(record.answers["amount"]) for record in FormRecord.objects.filter(form_key="request"))
    for kind in CostField.Kind.values:
        CostField.objects.filter(pk=field.pk).update(kind=kind)
        with clock.frozen(played):
            counting.count_again()
        whole = sums_of(EVERYTHING, Period(kind="month", first=MONDAY.date(), last=played.date()))
        assert BY_KEY[f"cost_{kind}"].value(whole) == BY_KEY["cost"].value(whole) == paid
        assert BY_KEY["unit_cost"].value(whole) == Fraction(paid, whole["ended"] + whole["stopped"])


def test_the_page_goes_to_paper_with_its_charts_and_tables(client, people, counted):
    sent = page(client, people["owner"], "/monitor/figures.pdf?period=quarter&process=P-PURCHASE")

    assert sent["Content-Type"] == "application/pdf"
    assert sent.content[:5] == b"%PDF-"
    assert page(client, people["starter"], "/monitor/figures.pdf?process=P-PURCHASE").status_code == 404


def test_violations_are_judged_by_quarters_alone_and_nothing_new_is_told_as_unchanged(
    client, people, counted
):
    by_kind = {kind: judged(BY_KEY["violations"], kind) for kind in KINDS}

    assert [kind for kind, one in by_kind.items() if one.target is not None] == ["quarter"]
    assert verdict(by_kind["month"], Fraction(9)) == ""
    assert words.change_words(BY_KEY["volume"], Fraction(3), Fraction(3)) == "与上期持平"
