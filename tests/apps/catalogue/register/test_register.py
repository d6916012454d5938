"""The register of processes: found, edited, exported, imported, deleted only where nothing needs it."""

from datetime import date

import pytest

from shuli.apps.catalogue import queries
from shuli.apps.catalogue.models import Process
from shuli.apps.catalogue.operations import install_library
from shuli.apps.catalogue.register import excel, listing, operations
from shuli.apps.directory import queries as directory
from shuli.kit.errors import Refusal
from shuli.kit.workbooks import Sheet, rows_of, workbook_of

HEAD = ["标识", "流程名称", "层级", "类别", "归口部门", "下次复盘", "法规与制度依据"]


@pytest.fixture
def keeper(company):
    return directory.members("group:process-office")[0]


def keys(**wanted):
    return [row.process.key for row in listing.narrowed(listing.entries(), listing.Wanted(**wanted))]


def book(*rows, head=HEAD):
    return workbook_of(Sheet(title="x", head=head, rows=rows))


@pytest.mark.accepts("H3-14", "H3-15", "H3-16")
def test_the_twelve_key_processes_are_registered(company):
    import json

    from shuli.apps.catalogue.register.shipped import FOLDER

    shipped = [row["key"] for row in json.loads((FOLDER / "key_processes.json").read_text())]

    found = {row.process.key: row for row in listing.entries()}
    assert len(shipped) == 12
    assert all(found[key].process.importance == "key" and found[key].department for key in shipped)
    planned = [key for key in shipped if found[key].state == "planned"]
    assert all(found[key].process.next_step for key in planned)


@pytest.mark.accepts("H3-10", "H3-11", "H3-12")
def test_the_list_is_narrowed_and_searched(company):
    assert "P-COMPLAINT" in keys(category="core", state="in_force")
    assert "P-RECRUITMENT" in keys(category="support", state="planned")
    assert keys(category="strategic", domain="生产管理") == []
    assert "P-COMPLAINT" in keys(text="消费者权益")
    assert keys(text="no such word") == []
    assert keys(department="purchasing") == ["P-PURCHASING"]


def test_the_list_is_sorted_both_ways(company):
    up, down = keys(sort="name"), keys(sort="-name")

    assert up == down[::-1]
    assert set(up) == set(keys())


@pytest.mark.accepts("H2-06")
def test_a_review_that_is_overdue_is_found(company, keeper):
    operations.edit_entry(keeper, "P-CONTRACT", {"next_review_on": date(2026, 11, 1)})
    operations.edit_entry(keeper, "P-INSPECTION", {"next_review_on": date(2027, 1, 1)})

    assert keys(state="review_due") == ["P-CONTRACT"]


@pytest.mark.accepts("H2-06")
def test_the_owner_is_reminded_of_a_review_in_my_work_and_by_mail(company, keeper, client_of, mailoutbox):
    from shuli.apps.catalogue.register import reviewing

    operations.edit_entry(keeper, "P-COMPLAINT", {"next_review_on": date(2026, 11, 23)})
    owner = directory.members("post:owner-complaint")[0]

    assert "客户投诉处理 应在 2026-11-23 前复盘" in client_of(owner).get("/?tab=to_read").content.decode()
    assert "前复盘" not in client_of("limin").get("/?tab=to_read").content.decode()
    assert reviewing.remind(date(2026, 11, 16)) == 1
    assert reviewing.remind(date(2026, 11, 17)) == 0
    assert mailoutbox[0].subject == "客户投诉处理：2026-11-23 前复盘"


def test_what_is_edited_here_the_library_leaves_alone(company, keeper):
    operations.edit_entry(keeper, "P-COMPLAINT", {"name": "投诉", "importance": "key"})

    install_library()

    found = Process.objects.get(key="P-COMPLAINT")
    assert (found.name, found.importance) == ("投诉", "key")
    assert found.owner_post == "owner-complaint"


@pytest.mark.accepts("H2-03")
def test_an_entry_carries_its_regulations(company, keeper):
    from shuli.apps.catalogue.register.facts import regulation_words

    assert "中华人民共和国产品质量法" in regulation_words(queries.process("P-COMPLAINT"))


def test_owner_and_supervisor_of_a_model_are_not_edited_beside_it(company, keeper):
    answer = operations.edit_entry(keeper, "P-COMPLAINT", {"owner_post": "owner-new"})

    assert answer.code == "owner_in_the_model"
    assert isinstance(operations.edit_entry(keeper, "P-CONTRACT", {"owner_post": "owner-new"}), Process)


def test_only_owner_office_and_administrators_edit(company, keeper):
    owner = directory.members("post:owner-complaint")[0]

    assert isinstance(operations.edit_entry(owner, "P-COMPLAINT", {"level": "L2"}), Process)
    assert operations.edit_entry(owner, "P-CONTRACT", {"level": "L2"}).code == "register_not_yours"
    assert operations.make_entry(owner, "P-X", {"name": "x"}).code == "entry_post_not_yours"
    assert operations.make_entry("limin", "P-X", {"name": "x"}).code == "register_not_yours"
    assert operations.make_entry(keeper, "p x", {"name": "x"}).code == "entry_key_wrong"
    assert operations.make_entry(keeper, "P-CONTRACT", {"name": "x"}).code == "entry_key_taken"


# Deleting -----------------------------------------------------------------------------------------------


def test_an_entry_that_nothing_needs_is_deleted(company, keeper):
    assert isinstance(operations.delete_entry(keeper, "P-CONTRACT"), Process)

    assert queries.process("P-CONTRACT") is None


def test_deleting_what_cases_use_is_refused_with_the_list(company, keeper):
    from shuli.apps.cases import operations as cases
    from shuli.apps.cases.models import Case

    arrival = {"channel": "phone", "complaint_at": "2026-11-16T10:00:00+08:00", "summary": "接口渗水"}
    number = Case.objects.get(pk=cases.start_case("P-COMPLAINT", "limin", arrival).case_id).number

    supervisor = directory.members("post:supervisor")[0]  # of the process office, too
    answer = operations.delete_entry(supervisor, "P-COMPLAINT")

    words = " ".join(use.words for use in answer.uses)
    assert number in words
    assert number not in str(operations.delete_entry(keeper, "P-COMPLAINT"))  # who may not see it
    assert "1.0" in words
    assert "complaint-level" in words
    assert queries.process("P-COMPLAINT") is not None


def test_a_process_out_of_service_starts_nothing_by_hand_or_by_the_clock(company, keeper):
    from shuli.apps.catalogue import schedules

    assert isinstance(operations.retire(keeper, "P-REVIEW"), Process)

    assert "P-REVIEW" not in [
        row.key for row in queries.startable(directory.members("post:owner-complaint")[0])
    ]
    assert list(schedules.of_process("P-REVIEW")) == []
    assert keys(state="retired") == ["P-REVIEW"]


# Excel --------------------------------------------------------------------------------------------------


def test_the_export_is_imported_without_a_change(company, keeper):
    data = excel.workbook(listing.entries())

    outcome = excel.take_in(keeper, data)

    assert (outcome.new, outcome.changed, outcome.same) == ((), (), len(listing.entries()))


def test_rows_of_a_file_are_written_by_their_names(company, keeper):
    outcome = excel.take_in(
        keeper,
        book(
            ["P-CONTRACT", "合同评审", "l2", "战略流程", "法务部", "2027/03/31", "民法典 | Civil Code"],
            ["P-PAYMENT", "付款管理", "L4", "support", "finance", "", ""],
        ),
    )

    assert (outcome.new, outcome.changed) == (("P-PAYMENT",), ("P-CONTRACT",))
    found = queries.process("P-CONTRACT")
    assert (found.level, found.category, found.department) == ("L2", "strategic", "legal")
    assert found.next_review_on == date(2027, 3, 31)
    assert found.regulations == [{"zh": "民法典", "en": "Civil Code"}]


def test_an_import_that_fails_says_which_rows_and_why_and_changes_nothing(company, keeper):
    before = rows_of(excel.workbook(listing.entries()), 100)

    outcome = excel.take_in(
        keeper,
        book(
            ["P-FIRST", "好的一行", "L3", "core", "", "", ""],
            ["p-wrong", "付款", "L9", "其他", "没有的部门", "明年", ""],
            ["P-FIRST", "再来一次", "L3", "core", "", "", ""],
            ["P-SECOND", "", "L3", "core", "", "", ""],
        ),
    )

    assert [(one.row, one.column) for one in outcome.problems] == [
        (3, "标识"), (3, "层级"), (3, "类别"), (3, "归口部门"), (3, "下次复盘"), (4, "标识"), (5, "标识"),
    ]  # fmt: skip
    assert "L9" in outcome.problems[1].words
    assert rows_of(excel.workbook(listing.entries()), 100) == before


def test_a_file_without_the_key_is_refused(company, keeper):
    outcome = excel.take_in(keeper, book(["付款"], head=["流程名称"]))

    assert [(one.row, one.column) for one in outcome.problems] == [(1, "标识")]


def test_what_is_no_excel_file_is_refused(company, keeper):
    assert excel.take_in(keeper, b"hello").code == "not_a_workbook"


def test_who_does_not_keep_the_register_imports_nothing(company):
    answer = excel.take_in("limin", book(["P-PAYMENT", "付款", "", "", "", "", ""]))

    assert isinstance(answer, Refusal)
    assert answer.status == 403


def test_names_that_look_like_formulas_are_exported_as_texts(company, keeper):
    from io import BytesIO

    from openpyxl import load_workbook

    operations.make_entry(keeper, "P-EVIL", {"name": "=HYPERLINK(1)", "goal": "+1"})

    page = load_workbook(BytesIO(excel.workbook(listing.entries()))).active
    assert {cell.data_type for row in page for cell in row if cell.value} == {"s"}
