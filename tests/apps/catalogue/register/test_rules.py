"""The register of operating rules: its nine columns, its item-by-item review, Excel both ways."""

import pytest

from shuli.apps.catalogue import queries
from shuli.apps.catalogue.models import OperatingRule
from shuli.apps.catalogue.register import rules
from shuli.apps.directory import queries as directory
from shuli.kit.workbooks import Sheet, rows_of, workbook_of

NINE = {
    "name": "仓库盘点", "kind": "practice", "scope": "成品仓", "performer": "仓管员", "steps": "停止出入库\n清点\n核对差异",
    "resources": "盘点机 2 台", "deliverables": "盘点表", "frequency": "每月一次", "issues": "与账面不符时无人处理",
}  # fmt: skip


@pytest.fixture
def owner(company):
    return directory.members("post:owner-complaint")[0]


@pytest.fixture
def keeper(company):
    return directory.members("group:process-office")[0]


@pytest.fixture
def rule(keeper):
    made = rules.make_rule(keeper, {**NINE, "number": "XZ-01", "process": queries.process("P-COMPLAINT")})
    assert isinstance(made, OperatingRule)
    return made


@pytest.mark.accepts("H1-25", "H1-26", "H1-27")
def test_a_rule_has_its_nine_columns_and_a_kind(rule, client_of):
    page = client_of("limin").get(f"/rules/{rule.pk}/").content.decode()

    for text in (
        "仓库盘点",
        "成品仓",
        "仓管员",
        "核对差异",
        "盘点机 2 台",
        "盘点表",
        "每月一次",
        "无人处理",
        "操作规范",
    ):
        assert text in page


@pytest.mark.accepts("H1-26")
def test_a_rule_is_reviewed_item_by_item(rule, owner):
    assert rules.progress() == (0, 1)

    assert rules.review(owner, rule.pk, "differs", "").code == "review_needs_words"
    rules.review(owner, rule.pk, "differs", "实际由领班清点")
    rules.review(owner, rule.pk, "fits", "")

    assert rules.progress() == (1, 1)
    assert [one.state for one in rule.reviews.all()] == ["fits", "differs"]


def test_a_rule_that_changes_is_to_be_reviewed_anew(rule, owner):
    rules.review(owner, rule.pk, "fits", "")

    assert rules.edit_rule(owner, rule.pk, {"frequency": "每季一次"}).state == "open"


def test_a_supervisor_reviews_and_a_stranger_does_nothing(rule):
    assert rules.review("limin", rule.pk, "fits", "").code == "rule_not_yours"
    assert rules.edit_rule("limin", rule.pk, {"name": "x"}).code == "rule_not_yours"
    assert rules.delete_rule("limin", rule.pk).code == "rule_not_yours"


def test_an_owner_writes_rules_of_their_own_process_only(rule, owner):
    mine, other = queries.process("P-COMPLAINT"), queries.process("P-NEW")

    assert isinstance(rules.make_rule(owner, {**NINE, "number": "XZ-02", "process": mine}), OperatingRule)
    assert rules.make_rule(owner, {**NINE, "number": "XZ-03", "process": other}).code == "rule_not_yours"
    assert rules.edit_rule(owner, rule.pk, {"process": other}).code == "rule_not_yours"
    assert rules.make_rule(owner, {**NINE, "number": "XZ-01", "process": mine}).code == "rule_number_taken"


def test_the_list_is_narrowed(rule):
    assert rules.rules(text="盘点机") == []
    assert rules.rules(text="仓管员 成品仓", kind="practice", state="open", process="P-COMPLAINT") == [rule]
    assert rules.rules(kind="regulation") == []


def test_the_export_is_imported_without_a_change(rule, keeper):
    outcome = rules.take_in(keeper, rules.workbook(rules.rules()))

    assert (outcome.new, outcome.changed, outcome.same) == ((), (), 1)


def test_an_import_that_fails_says_which_rows_and_why_and_changes_nothing(rule, keeper):
    head = ["编号", "名称", "类型", "所属流程"]
    rows = [
        ["XZ-05", "好的一行", "管理制度", "P-NEW"],
        ["XZ-06", "", "流程", ""],
        ["XZ-05", "重复", "备忘", "没有的流程"],
    ]

    outcome = rules.take_in(keeper, workbook_of(Sheet(title="x", head=head, rows=rows)))

    assert [(one.row, one.column) for one in outcome.problems] == [
        (3, "编号"), (4, "类型"), (4, "所属流程"), (4, "编号"),
    ]  # fmt: skip
    assert rules.rules() == [rule]


def test_an_import_writes_every_row(rule, keeper):
    head = ["Number", "Name", "Kind of rule", "Belongs to the process"]
    rows = [
        ["XZ-01", "仓库盘点", "Management regulation", "P-NEW"],
        ["XZ-07", "夜班交接", "流程", "客户投诉处理"],
    ]

    outcome = rules.take_in(keeper, workbook_of(Sheet(title="x", head=head, rows=rows)))

    assert (outcome.new, outcome.changed) == (("XZ-07",), ("XZ-01",))
    assert len(rows_of(rules.workbook(rules.rules()), 10)) == 3
