"""The 47 papers of the handbooks: each is there, in both languages, without macros, the same at every making."""

import io
import re
import zipfile

import pytest
from docx import Document
from openpyxl import load_workbook

from shuli.apps.documents import blanks
from shuli.apps.documents.blanks.shipped import Facts, Head, Rows, Words
from shuli.apps.documents.merging import template_fields, template_problem

# The list of the requirements, in its order.
NAMES = [
    "工作计划",
    "现状流程分析报告",
    "流程图",
    "问题清单",
    "优化设计文档",
    "方案评审表",
    "试点计划",
    "问题记录表",
    "试点效果对比",
    "推广计划",
    "流程优化实施通知",
    "流程操作手册/运营手册",
    "细则清单",
    "职责清单",
    "监控报告",
    "复盘报告",
    "应急预案",
    "流程优化建议表",
    "需求规格说明书",
    "新业务需求申请表",
    "可行性分析报告",
    "新业务上线方案评审表",
    "测试报告",
    "用户验收确认函",
    "上线计划表",
    "上线确认函",
    "新业务上线效果评估报告",
    "客户投诉登记表",
    "投诉分类分级结果",
    "投诉处理方案",
    "客户处理确认函",
    "客户满意度回访表",
    "投诉处理归档表",
    "改进措施报告",
    "项目立项申请表",
    "项目目标对齐会议纪要",
    "项目组架构表",
    "项目任务清单",
    "项目周报",
    "风险预警及应对表",
    "项目成果验收表",
    "项目复盘报告",
    "客户质量反馈记录表",
    "让步使用申请单",
    "流程描述表",
    "关键管理流程清单",
    "培训计划/考核",
]
KEYS = [one.key for one in blanks.blanks()]
EVERY = pytest.mark.parametrize("key", KEYS)
BOTH = pytest.mark.parametrize("language", ["zh", "en"])
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def texts(content, kind):
    """Return everything that a file says."""
    if kind == "excel":
        return [
            str(cell.value) for row in load_workbook(io.BytesIO(content)).active for cell in row if cell.value
        ]
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [one for one in [*(paragraph.text for paragraph in document.paragraphs), *cells] if one]


def labels(block):
    if isinstance(block, Head):
        return [block.title]
    if isinstance(block, Facts):
        return [one.label for one in block.facts]
    if isinstance(block, Words):
        return [block.title]
    return [block.title, *(column.label for column in block.columns), *block.labels]


def test_the_papers_are_those_of_the_list():
    assert [one.name.zh for one in blanks.blanks()] == NAMES
    assert len(set(KEYS)) == 47


@EVERY
def test_every_wording_of_a_paper_is_in_both_languages(key):
    blank = blanks.blank(key)
    found = [blank.name, *(label for block in blank.blocks for label in labels(block))]

    assert len(found) > 4
    assert [one for one in found if not (one.zh.strip() and one.en.strip())] == []
    assert [one.en for one in found if CHINESE.search(one.en)] == []


@EVERY
@BOTH
def test_a_paper_opens_says_its_name_and_has_room_or_fields(key, language):
    blank = blanks.blank(key)

    empty = texts(blanks.blank_file(blank, language), blank.kind)
    marked = texts(blanks.blank_file(blank, language, with_fields=True), blank.kind)

    assert blank.name.in_language(language) in empty[0]
    assert not any("{{" in one for one in empty)
    assert any("{{" in one for one in marked)
    assert language == "zh" or not any(CHINESE.search(one) for one in empty)


@EVERY
def test_a_paper_has_no_macros_and_is_the_same_at_every_making(key):
    blank = blanks.blank(key)

    content = blanks.blank_file(blank, "zh")

    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert not [name for name in names if "vba" in name.lower() or "activex" in name.lower()]
    assert content == blanks.blank_file(blank, "zh")


@pytest.mark.parametrize("key", [one.key for one in blanks.blanks() if one.kind == "word"])
def test_a_word_template_names_every_field_of_its_paper(key):
    blank = blanks.blank(key)
    content = blanks.blank_file(blank, "zh", with_fields=True)
    wanted = set()
    for block in blank.blocks:
        if isinstance(block, Rows):
            wanted |= {f"{block.key}.{column.key}" for column in block.columns}
        elif isinstance(block, Facts):
            wanted |= {one.key for one in block.facts}
        elif isinstance(block, Words):
            wanted.add(block.key)

    assert template_problem(content) is None
    assert wanted <= set(template_fields(content))


def test_values_fill_a_word_paper_row_by_row():
    blank = blanks.blank("project_team")
    rows = [
        {"department": "技术部", "person": "吴涛", "duty": "开发"},
        {"department": "设计部", "person": "李敏"},
    ]

    said = texts(blanks.blank_file(blank, "zh", {"leader": "赵磊", "liaisons": rows}), "word")

    assert {"赵磊", "技术部", "吴涛", "开发", "设计部", "李敏"} <= set(said)


def test_fixed_rows_keep_their_labels_empty_and_filled():
    blank = blanks.blank("launch_review")

    empty = texts(blanks.blank_file(blank, "zh"), "word")
    filled = texts(blanks.blank_file(blank, "zh", {"review_items": [{"opinion": "通过"}] * 3}), "word")

    for label in ("业务方案", "技术方案", "资源预算"):
        assert label in empty
        assert label in filled
    assert filled.count("通过") == 3


def test_what_looks_like_a_formula_stays_a_text_in_excel():
    blank = blanks.blank("project_tasks")
    rows = [{"task_name": "=1+1", "acceptance_criterion": "@SUM(A1)"}]

    sheet = load_workbook(io.BytesIO(blanks.blank_file(blank, "zh", {"project_tasks": rows}))).active

    found = [cell for row in sheet for cell in row if cell.value in ("=1+1", "@SUM(A1)")]
    assert [(cell.data_type, cell.quotePrefix) for cell in found] == [("s", True), ("s", True)]
