"""What is wrong with a table is said with names, in the reader's language."""

import pytest
from django.utils import translation

from shuli.apps.catalogue.decisions import findings, queries
from shuli.apps.catalogue.decisions.grid import Column, Grid, Row, grid_of, model_with, new_model
from shuli.apps.catalogue.decisions.labels import Labels
from shuli.apps.catalogue.models import Decision


def said(model, decision, language="zh-hans"):
    with translation.override(language):
        return [one["words"] for one in findings.findings_view(Labels(decision=decision, model=model))]


def amounts(*tests, policy="UNIQUE", kind="number"):
    """Return the model of a table of two columns: an amount and a department."""
    grid = Grid(
        hit_policy=policy,
        inputs=[
            Column(id="a", label="金额", label_en="Amount", expression="amount", type=kind),
            Column(
                id="b", label="部门", label_en="Department", expression="dept", type="string", values='"市场部", "财务部"'
            ),
        ],
        outputs=[Column(id="c", label="审批", label_en="Approver", name="approver", type="number")],
        rows=[Row(id=f"r{at}", tests=list(row), outputs=[str(at)]) for at, row in enumerate(tests)],
    )  # fmt: skip
    return model_with(new_model("who", "谁审批", grid), grid)


@pytest.fixture
def nobodys(db):
    return Decision(key="who", name="谁审批")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-hans", "没有一行符合（金额：≥ 1000 且 < 5000；部门：财务部）。"),
        ("en", "No row fits (Amount: ≥ 1000 and < 5000; Department: 财务部)."),
    ],
)
def test_a_gap_is_said_by_the_names_of_columns_and_values(nobodys, language, words):
    model = amounts(("< 1000", "-"), ("[1000..5000)", '"市场部"'), (">= 5000", "-"))

    assert said(model, nobodys, language) == [words]


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh-hans", "第 1、2 行同时符合（金额：7；部门：市场部）。"), ("en", "Rows 1, 2 fit the same values (Amount: 7; Department: 市场部).")],
)  # fmt: skip
def test_an_overlap_is_said_by_names_too(nobodys, language, words):
    model = amounts(("7", "-"), ("-", '"市场部"'), ("not(7)", '"财务部"'))

    assert said(model, nobodys, language)[0] == words


def test_other_values_and_dates_are_said_in_words(nobodys):
    model = amounts(('<= date("2026-01-01")', "-"), kind="date")
    assert said(model, nobodys) == ["没有一行符合（金额：> 2026-01-01）。"]

    model = model_with(model, grid_of(amounts(("-", '"市场部"'))))
    labels = Labels(decision=nobodys, model=model)
    with translation.override("zh-hans"):
        words = findings.value_words(labels, labels.table.inputs[0], 'not("甲", "乙")')
    assert words == "除甲、乙以外"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-hans", "没有一行符合（造成损失：否；影响多名客户：否；影响企业声誉：否；需多部门协同：否；重复投诉：否）。"),
        ("en", "No row fits (Loss caused: No; Several customers: No; Reputation: No; Several departments: No; Repeated: No)."),
    ],
)  # fmt: skip
def test_the_shipped_table_without_its_last_row_lacks_the_case_without_any_criterion(
    company, language, words
):
    model = queries.model(queries.version_in_force("complaint-level").pk)
    grid = grid_of(model)
    grid.rows.pop()

    assert said(model_with(model, grid), queries.decision("complaint-level"), language) == [words]


def test_a_cell_of_another_type_names_both(nobodys):
    assert (
        said(amounts(('"many"', "-"), (">= 0", "-"), ("< 0", "-")), nobodys)[0]
        == "本列应为数字，这里却是文字。"
    )
