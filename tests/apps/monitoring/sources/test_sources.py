"""Sources with their contacts and plans, reminders by the clock, and files brought in and undone."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from msgspec.structs import replace
from openpyxl import load_workbook

from apps.monitoring.goals.conftest import at, by_the_clock
from shuli.apps.cases.models import Notification
from shuli.apps.directory.models import Person
from shuli.apps.monitoring.sources import importing, keeping
from shuli.apps.monitoring.sources.cleaning import Columns
from shuli.apps.monitoring.sources.importing import File, Wanted
from shuli.apps.monitoring.sources.models import DataSource, Import, ImportedValue
from shuli.kit.errors import Denied, Refusal
from shuli.kit.workbooks import Sheet, workbook_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 17)
REMIND = "shuli.apps.monitoring.sources.jobs.remind_of_extractions"
CSV = "日期,流程,部门,金额\n2026-11-02,P-PURCHASE,finance,1200\n2026年11月9日,P-PURCHASE,finance,¥800\n"
WANTED = Wanted(
    measure="采购付款",
    unit="元",
    adding="sum",
    columns=Columns(day=0, process_column=1, department_column=2, value=3),
)


@pytest.fixture
def source(people):
    facts = {"name": "金蝶", "kind": "finance", "department": "finance", "contact": people["tech"], "note": "",
             "is_active": True}  # fmt: skip
    return keeping.save_source(people["money"], None, facts)


@pytest.fixture
def plan(people, source):
    facts = {"what": "付款明细", "place": "应付报表", "person": people["colleague"], "every": "month",
             "next_due": date(2026, 11, 30), "is_active": True}  # fmt: skip
    return keeping.save_plan(people["money"], source.pk, None, facts)


def brought(who, source, text=CSV, wanted=WANTED, plan=None):
    with at(TODAY):
        made = importing.upload(who, source.pk, File(name="a.csv", data=text.encode()), plan)
        assert isinstance(made, Import), made
        return importing.take(who, made.pk, wanted)


@pytest.mark.accepts("H1-09", "H1-10")
def test_a_source_has_a_system_a_department_and_a_contact_and_is_kept_by_its_head(people, source):
    assert (source.kind, source.department, source.contact) == ("finance", "finance", people["tech"])
    facts = {"name": "别的", "kind": "erp", "department": "finance", "contact": people["tech"]}
    assert isinstance(keeping.save_source(people["starter"], None, facts), Denied)
    assert keeping.save_source(people["money"], None, {**facts, "name": "金蝶"}).code == "source_name_taken"
    assert {"crm", "erp", "project", "finance", "service"} <= set(DataSource.Kind.values)


@pytest.mark.accepts("H1-11")
def test_a_plan_reminds_by_the_clock_once_and_moves_on_when_the_figures_have_come(people, source, plan):
    for day in (29, 30, 30):
        with at(date(2026, 11, day)):
            by_the_clock(REMIND)
    told = Notification.objects.filter(code="extraction_due").values_list("person", flat=True)
    assert sorted(told) == sorted([people["colleague"], people["tech"]])

    with at(date(2026, 12, 1)):
        made = importing.upload(
            people["colleague"], source.pk, File(name="a.csv", data=CSV.encode()), plan.pk
        )
        importing.take(people["colleague"], made.pk, WANTED)

    plan.refresh_from_db()
    assert plan.next_due == date(2026, 12, 30)


def test_a_monthly_plan_of_the_31st_stays_within_its_month():
    assert keeping.next_after(date(2027, 1, 31), "month") == date(2027, 2, 28)
    assert keeping.next_after(date(2026, 12, 1), "week") == date(2026, 12, 8)
    assert keeping.next_after(date(2026, 11, 30), "quarter") == date(2027, 2, 28)


@pytest.mark.accepts("H1-12")
def test_a_file_is_brought_in_with_where_each_value_stood(people, source):
    row = brought(people["tech"], source)

    values = list(ImportedValue.objects.order_by("line").values_list("line", "day", "value", "department"))
    assert values == [(2, date(2026, 11, 2), 1200, "finance"), (3, date(2026, 11, 9), 800, "finance")]
    assert row.counts == {"read": 2, "taken": 2, "wrong": 0, "doubles": 0, "empty": 0, "changed": 1}
    assert (row.by, row.rows[0][0], row.mapping["measure"]) == (people["tech"], "日期", "采购付款")


def test_one_wrong_row_and_nothing_is_kept(people, source):
    answer = brought(people["tech"], source, CSV + "2026-11-10,P-PURCHASE,finance,很多\n")

    assert (answer.code, answer.params["n"]) == ("import_has_wrong_rows", 1)
    assert not ImportedValue.objects.exists()


@pytest.mark.accepts("H1-12")
def test_an_import_is_undone_and_the_same_file_comes_again(people, source):
    first = brought(people["tech"], source)
    assert brought(people["tech"], source).code == "import_has_wrong_rows"  # it would count twice

    importing.undo(people["money"], first.pk)

    assert isinstance(brought(people["tech"], source), Import)
    assert ImportedValue.objects.filter(is_undone=False).count() == 2
    assert importing.undo(people["money"], first.pk).code == "import_undone_already"


@pytest.mark.accepts("H1-12")
def test_other_tools_read_what_was_brought_in_and_not_what_was_undone(people, source):
    from django.db import connection

    made = brought(people["tech"], source)
    with connection.cursor() as cursor:
        cursor.execute("SELECT source, measure, value FROM bi_brought_in ORDER BY day")
        assert cursor.fetchall() == [("金蝶", "采购付款", 1200.0), ("金蝶", "采购付款", 800.0)]
        importing.undo(people["tech"], made.pk)
        cursor.execute("SELECT count(*) FROM bi_brought_in")
        assert cursor.fetchone() == (0,)


def test_others_bring_nothing_in_and_see_no_file(people, source):
    made = brought(people["tech"], source)

    assert (
        importing.upload(people["starter"], source.pk, File(name="a.csv", data=b"x")).code == "no_such_source"
    )
    assert importing.undo(people["starter"], made.pk).code == "no_such_import"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [("a.xlsx", b"no workbook", "import_unreadable"), ("a.csv", b"\xff\xff\x00", "import_unreadable"),
     ("a.csv", b"", "import_without_rows"), ("a.csv", b"a,b\n" * 5_002, "import_too_large")],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_so(name, data, code):
    answer = importing.read_file(File(name=name, data=data))

    assert isinstance(answer, Refusal)
    assert answer.code == code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_files_are_read_as_excel_in_china_writes_them(encoding):
    rows = importing.read_file(File(name="a.csv", data=CSV.replace(",", ";").encode(encoding)))

    assert rows[0] == ["日期", "流程", "部门", "金额"]


def test_an_excel_file_is_read_too():
    data = workbook_of(Sheet(title="a", head=["日期", "值"], rows=[["2026-11-02", "3"]]))

    assert importing.read_file(File(name="a.XLSX", data=data)) == [["日期", "值"], ["2026-11-02", "3"]]


def test_the_mean_of_a_month_is_a_mean_and_a_sum_is_a_sum(people, source):
    from shuli.apps.monitoring.periods import last_periods
    from shuli.apps.monitoring.queries import EVERYTHING
    from shuli.apps.monitoring.sources.series import lines

    brought(people["tech"], source)
    brought(people["tech"], source, wanted=replace(WANTED, measure="满意度", adding="mean"))

    found = {
        one.measure.name: one.values
        for one in lines(EVERYTHING, last_periods("month", TODAY, 2), "P-PURCHASE")
    }
    assert found == {"采购付款": (None, 2000.0), "满意度": (None, 1000.0)}


@pytest.mark.accepts("H1-09", "H1-12")
def test_the_pages_lead_from_the_file_to_the_page_of_the_process_and_its_excel(client, people, source):
    with at(TODAY):
        client.force_login(Person.objects.get(username=people["tech"]))
        sent = {"file": SimpleUploadedFile("付款.csv", CSV.encode()), "plan": ""}
        address = client.post(f"/monitor/sources/of/{source.pk}/upload/", sent).url
        seen = client.get(address)
        assert (seen.context["good_count"], seen.context["wrong_count"]) == (2, 0)
        said = {name: seen.context["form"][name].value() for name in seen.context["form"].fields}
        client.post(
            address, {**{k: v for k, v in said.items() if v is not None}, "measure": "采购付款", "take": "1"}
        )

        client.force_login(Person.objects.get(username=people["owner"]))
        page = client.get("/monitor/processes/P-PURCHASE/")
        book = load_workbook(BytesIO(client.get("/monitor/figures.xlsx?process=P-PURCHASE").getvalue()))

    assert [one.name for one in page.context["brought_in"]] == ["采购付款"]
    assert [cell.value for cell in book.worksheets[-1][2]][1] == "采购付款"
