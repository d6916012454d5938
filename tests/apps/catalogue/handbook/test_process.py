"""The handbook of a process says all that its model says, in both languages, and nothing that it does not."""

import re

import pytest

from shuli.apps.catalogue import queries
from shuli.apps.catalogue.handbook import editions
from shuli.apps.catalogue.handbook.process import process_handbook
from shuli.apps.catalogue.handbook.roles import human_nodes, parts_of
from shuli.apps.documents.paper import Card, Grid, Picture

pytestmark = pytest.mark.django_db

CHAPTERS = [
    "scope",
    "diagram",
    "chart",
    "description",
    "steps",
    "responsibilities",
    "sipoc",
    "forms",
    "assessment",
]
# The limits of handbook 3's table in its order; key points and standards have none.
HANDBOOK_3_LIMITS = [
    "即时", "即时", "", "",
    "0.5天内", "", "",
    "即时", "即时", "0.5天内", "按与客户协商时间", "按与客户协商时间", "按与客户协商时间", "", "",
    "处理完毕1天之内", "", "",
]  # fmt: skip
HANDBOOK_3_SAYS = (
    "程序：1、销售部业务人员认真接受客户投诉", "2、如果客户直接向技质科投诉产品质量", "重点：客户投诉接受和记录", "标准：态度友好，认真了解，详细记录",
    "程序：销售业务人员得到客户质量投诉信息后", "重点：质量问题归属判定", "3、技术中心得到客户投诉信息后", "4、经过营销业务人员与客户进行沟通",
    "5、如果客户要求退货", "6、如果经过与客户沟通可以让步使用", "标准：保证公司最小损失和客户的满意度前提下进行选择处理",
    "程序：客户质量投诉处理完毕后", "重点：客户投诉信息的汇总报告", "标准：准确、全面，包括业务人员自行解决的投诉信息",
)  # fmt: skip
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture
def version(company):
    return queries.version_in_force("P-COMPLAINT")


def book(version, language="zh"):
    return process_handbook(version.pk, language).paper


def chapter(paper, key):
    return next(one for one in paper.chapters if one.key == key)


def grids(paper, key):
    return [block for block in chapter(paper, key).blocks if isinstance(block, Grid)]


def texts(grid):
    return [[cell.text for cell in row] for row in grid.rows]


@pytest.mark.accepts("H2-01", "H1-45")
def test_a_handbook_has_diagram_steps_responsibilities_and_assessment(version):
    paper = book(version)

    assert [one.key for one in paper.chapters] == CHAPTERS
    assert all(one.blocks for one in paper.chapters)
    assert any(isinstance(block, Picture) for block in chapter(paper, "diagram").blocks)


@pytest.mark.accepts("H1-47")
def test_the_cover_says_version_and_dates_and_the_revisions_follow(version):
    paper = book(version)

    cover = {row.label: row.lines[0].text for row in paper.cover.rows}
    assert cover["版本"] == "v1.0"
    assert cover["发布日期"] == cover["生效日期"] == "2026-11-16"
    assert cover["密级"] == "内部"
    assert texts(paper.revisions)[0][:3] == ["v1.0", "2026-11-16", "2026-11-16"]


def test_every_step_has_a_card_with_procedure_key_point_standard_and_limit(version):
    cards = [block for block in chapter(book(version), "steps").blocks if isinstance(block, Card)]

    nodes = human_nodes(queries.graph(version.pk))
    assert sorted(card.number for card in cards) == sorted(node.id for node in nodes)
    labels = {row.label for row in cards[0].facts.rows}
    assert {"主导部门", "执行人", "任务程序", "重点", "标准", "时限", "下一步"} <= labels
    assert cards[0].code.url.endswith("/processes/P-COMPLAINT/problem/?step=C1a")


@pytest.mark.accepts("H3-20")
def test_the_chart_in_columns_stands_there_with_the_legend_of_its_symbols(version):
    *parts, legend = [block for block in chapter(book(version), "chart").blocks if isinstance(block, Picture)]

    assert all("客服部" in part.svg for part in parts)  # the departments stand above every part
    assert [name for name in ("动作", "子流程", "存档", "流程终止", "联系") if name not in legend.svg] == []


@pytest.mark.accepts("H3-33")
def test_the_description_table_has_a_row_for_each_step_within_its_phase(version):
    (grid,) = grids(book(version), "description")

    assert [column.title for column in grid.columns] == [
        "任务名称",
        "节点",
        "任务程序、重点及标准",
        "时限",
        "相关资料",
    ]
    first = texts(grid)[0]
    assert first[0] == "接收与登记"
    assert first[2].splitlines()[1] == "重点：首问负责：谁响应谁跟到结案，不让客户找第二个人。"
    assert first[3] == "10 分钟"
    assert len(grid.rows) == len(human_nodes(queries.graph(version.pk)))


@pytest.mark.accepts("H1-72")
def test_the_list_of_duties_names_every_party_of_every_step(version):
    graph = queries.graph(version.pk)
    _division, raci, duties = grids(book(version), "responsibilities")

    parts = {node.id: parts_of(graph, node) for node in human_nodes(graph)}
    assert all(sum(part.letter == "A" for part in found) == 1 for found in parts.values())
    assert len(raci.rows) == len(parts)
    assert sum(bool(text) for row in texts(raci) for text in row[1:]) == len(duties.rows)


def test_suppliers_and_customers_stand_around_each_phase(version):
    (grid,) = grids(book(version), "sipoc")

    rows = texts(grid)
    assert len(rows) == 5
    assert rows[0][0] == "客服部"
    assert "《客户投诉登记表》" in rows[1][1]


def test_every_form_stands_there_with_all_its_fields(version):
    found = grids(book(version), "forms")

    forms = queries.forms(version.pk)
    assert len(found) == len(forms)
    assert min(len(grid.rows) for grid in found) >= 1


@pytest.mark.parametrize("key", ["P-COMPLAINT", "P-NEW"])
def test_an_english_handbook_holds_no_chinese(company, key):
    paper = book(queries.version_in_force(key), "en")

    said = editions.WRITERS["html"](paper, None).decode()
    body = re.sub(r"(?s)<style>.*?</style>|font-family=\"[^\"]*\"|<svg.*?</svg>", "", said)
    assert CHINESE.findall(body.replace("清源净水", "")) == []


def test_a_diagram_that_is_too_wide_is_cut_between_its_nodes(company):
    paper = book(queries.version_in_force("P-NEW"))

    pictures = chapter(paper, "diagram").blocks
    assert len(pictures) == 2
    assert [picture.caption for picture in pictures] == [
        "第 1 部分，共 2 部分，从左到右",
        "第 2 部分，共 2 部分，从左到右",
    ]
    assert max(picture.width for picture in pictures) < 1900


def test_what_comes_after_a_step_is_said_with_its_conditions(version):
    cards = {
        block.number: block for block in chapter(book(version), "steps").blocks if isinstance(block, Card)
    }

    onward = next(row for row in cards["C2"].facts.rows if row.label == "下一步")
    assert {(line.label, line.text) for line in onward.lines} == {
        ("一般：", "C3a 指派责任部门"),
        ("重大：", "C2x 升级通知"),
    }


@pytest.mark.accepts("H3-33")
def test_handbook_3s_table_stands_in_its_handbook_row_by_row(company):
    (grid,) = grids(book(queries.version_in_force("P-QUALITY")), "description")

    first = [row for row in texts(grid) if len(row) == 5]
    assert [row[0] for row in first] == ["信息收集", "信息确认", "投诉处理", "分析改进"]
    assert [row[1].split()[0] for row in first] == ["1.1", "2.1", "3.1", "4.1"]
    assert first[2][1].split()[-1] == "3.16"
    assert first[0][4].splitlines()[0] == "《客户质量反馈记录表》"
    assert [row[-2] if len(row) == 5 else row[-1] for row in texts(grid)] == HANDBOOK_3_LIMITS
    said = "\n".join(row[2] if len(row) == 5 else row[0] for row in texts(grid))
    assert [text for text in HANDBOOK_3_SAYS if text not in said] == []
