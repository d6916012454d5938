"""An owner announces how many cases a month has; the share of cases in the system is held against it."""

from datetime import date
from fractions import Fraction
from io import BytesIO

import pytest

from apps.cases.conftest import MONDAY
from apps.monitoring.conftest import start
from shuli.apps.monitoring import counting
from shuli.apps.monitoring.models import AnnouncedVolume
from shuli.apps.monitoring.periods import period_of
from shuli.apps.monitoring.queries import EVERYTHING, figures
from shuli.kit import clock
from shuli.kit.workbooks import Sheet, workbook_of

pytestmark = pytest.mark.django_db
PAGE = "/monitor/volumes/?process=P-PURCHASE"
NOVEMBER = date(2026, 11, 1)


@pytest.fixture
def owner(client, people):
    from shuli.apps.directory.models import Person

    client.force_login(Person.objects.get(username=people["owner"]))
    with clock.frozen(MONDAY):
        yield client


def kept():
    return dict(AnnouncedVolume.objects.filter(process_key="P-PURCHASE").values_list("month", "count"))


def test_a_number_is_entered_by_month_and_taken_back_by_emptying_its_field(owner):
    owner.post(PAGE, {"m202611": "40", "m202610": "30"})
    assert kept() == {NOVEMBER: 40, date(2026, 10, 1): 30}

    owner.post(PAGE, {"m202611": "40", "m202610": ""})

    assert kept() == {NOVEMBER: 40}


def test_rows_are_pasted_from_a_table_and_count_more_than_the_fields(owner):
    owner.post(PAGE, {"m202611": "1", "pasted": "2026-11\t50\nP-PURCHASE\t2026-09\t20"})

    assert kept() == {NOVEMBER: 50, date(2026, 9, 1): 20}


def test_an_excel_file_is_read_and_a_wrong_row_keeps_nothing(owner):
    good = workbook_of(Sheet(title="x", head=["月份", "件数"], rows=[["2026-11", "50"]]))
    owner.post(PAGE, {"file": named(good)})
    assert kept() == {NOVEMBER: 50}

    bad = workbook_of(Sheet(title="x", head=["月份", "件数"], rows=[["2026-11", "60"], ["2026-12", "?"]]))
    sent = owner.post(PAGE, {"file": named(bad)})

    assert "3" in sent.context["form"].errors["file"][0]
    assert kept() == {NOVEMBER: 50}


def named(content):
    file = BytesIO(content)
    file.name = "volumes.xlsx"
    return file


def test_the_share_of_cases_in_the_system_is_held_against_what_was_announced(owner, people):
    owner.post(PAGE, {"m202611": "4"})
    start(people, 0)
    counting.count_up()

    month = period_of("month", NOVEMBER)
    shares = [one.value for one in figures(EVERYTHING, month, process_key="P-PURCHASE")
              if one.indicator.key == "adoption" and set(one.place) == {"process"}]  # fmt: skip
    assert shares == [Fraction(1, 4)]


def test_nobody_announces_for_the_process_of_others(owner):
    sent = owner.post(PAGE, {"pasted": "P-AUDIT\t2026-11\t5"})

    assert sent.context["form"].errors["pasted"]
    assert not AnnouncedVolume.objects.exists()
