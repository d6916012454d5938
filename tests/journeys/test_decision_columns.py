"""What a column asks is written with help: an editor with the variables by their names, errors at once, values to try."""

import re

import pytest
from playwright.sync_api import expect

from journeys.decision_editor import TableEditor

pytestmark = pytest.mark.browser


@pytest.fixture
def editor(person):
    """Open the level table as the owner of complaints."""

    def open_as(language, width=1280):
        return TableEditor(person("hankai", language, width))

    return open_as


def open_panel(table, row, column):
    table.choose(row, column)
    table.page.locator(".sl-grid-bar button", has_text=re.compile(r"^(列设置|Column)$")).click()
    return table.page.locator(".sl-grid-column")


def field(panel, name):
    """Return a field of the panel: its part for writing lies in a shadow root of its own."""
    return panel.locator(".sl-grid-feel", has_text=name)


def write(part, text):
    part.locator(".cm-content").click()
    part.page.keyboard.press("Control+a")
    part.page.keyboard.type(text)


def test_the_expression_of_a_column_is_completed_by_what_people_call_its_variables(editor):
    table = editor("zh-hans")
    part = field(open_panel(table, 1, 1), "表达式")

    write(part, "紧急")
    option = part.locator(".cm-tooltip-autocomplete li", has_text="urgency")
    expect(option).to_contain_text("紧急程度 · 文字")
    table.person.picture("decision-column-completion")
    option.click()
    table.page.keyboard.type(' = "urgent"')
    expect(part.locator(".cm-text")).to_have_text('"urgent"')
    table.choose(2, 2)

    expect(field(table.page.locator(".sl-grid-column"), "表达式").locator(".cm-content")).to_contain_text(
        "several"
    )
    assert table.kept()["inputs"][0]["expression"] == 'urgency = "urgent"'


def test_errors_of_a_column_show_in_its_editor_in_chinese(editor):
    table = editor("zh-hans")
    panel = open_panel(table, 1, 1)

    write(field(panel, "表达式"), 'urgency = "urgent')
    table.press("Delete")  # the quotation mark that the editor has closed
    wrong = field(panel, "表达式").locator(".cm-lintRange-error")
    wrong.first.hover()
    expect(field(panel, "表达式").locator(".cm-diagnostic")).to_have_text("文字缺少右引号。")
    table.person.picture("decision-column-error")
    write(field(panel, "允许的值"), "true,")
    expect(field(panel, "允许的值").locator(".cm-lintRange-error").first).to_be_attached()


def test_a_column_is_tried_with_values_where_it_is_written(editor):
    table = editor("zh-hans")
    part = field(open_panel(table, 1, 1), "表达式")

    write(part, 'urgency = "urgent" and complaint_at < now()')
    part.locator("summary", has_text="试一试").click()
    part.get_by_label("紧急程度").fill("urgent")
    part.get_by_label("投诉日期").fill("2020-01-31")
    expect(part.locator("pre")).to_have_text("true")
    table.person.picture("decision-column-tried")
    part.get_by_label("紧急程度").fill("normal")
    expect(part.locator("pre")).to_have_text("false")

    assert "urgent" in table.kept()["inputs"][0]["expression"]


def test_a_cell_of_the_wrong_type_is_marked_and_explained_at_the_cell(editor):
    table = editor("zh-hans")

    table.choose(3, 1)
    table.page.keyboard.type("7")
    table.press("Enter")
    expect(table.cell(3, 1)).to_have_class(re.compile("is-wrong"))
    expect(table.cell(3, 1)).to_have_attribute("title", "本列应为真或假，这里却是数字。")
    expect(table.grid.locator(".is-wrong")).to_have_count(1)
    table.choose(3, 1)
    expect(table.page.locator("#table-cell-problem")).to_have_text("本列应为真或假，这里却是数字。")
    table.person.picture("decision-cell-type")

    table.press("Delete")
    expect(table.grid.locator(".is-wrong")).to_have_count(0)
    expect(table.page.locator("#table-cell-problem")).to_be_hidden()


def test_an_english_reader_is_helped_in_english_on_a_phone(editor):
    table = editor("en", width=390)
    part = field(open_panel(table, 1, 1), "Expression")

    write(part, "urg")
    expect(part.locator(".cm-tooltip-autocomplete li", has_text="urgency")).to_contain_text("Urgency")
    table.press("Escape")
    write(part, "urgency =")
    part.locator(".cm-lintRange-error").first.hover()
    expect(part.locator(".cm-diagnostic")).to_have_text(re.compile("^Something is missing at the end"))
    table.person.picture("decision-column-phone")
