"""A process owner changes the level table in a real browser like a spreadsheet; the next complaint uses it."""

import re

import pytest
from playwright.sync_api import expect

from journeys.conftest import CHINESE
from journeys.decision_editor import TableEditor

pytestmark = pytest.mark.browser


@pytest.fixture
def editor(person):
    """Open the level table as the owner of complaints."""

    def open_as(language):
        return TableEditor(person("hankai", language))

    return open_as


def test_cells_are_typed_and_walked_like_in_a_spreadsheet(editor):
    table = editor("zh-hans")
    table.person.picture("decision-editor")

    table.choose(1, 1)
    table.press("ArrowRight", "ArrowDown")
    assert table.present() == (2, 2)
    table.press("Tab", "Shift+Tab", "ArrowUp", "ArrowLeft")
    assert table.present() == (1, 1)
    table.page.keyboard.type("否")
    table.press("Enter")
    assert table.present() == (2, 1)
    expect(table.cell(1, 1)).to_have_text("否")

    table.press("ArrowUp", "Control+z")
    expect(table.cell(1, 1)).to_have_text("是")
    table.press("Control+y")
    expect(table.cell(1, 1)).to_have_text("否")
    table.press("Enter")
    table.page.keyboard.type("是")
    table.press("Escape")
    expect(table.cell(1, 1)).to_have_text("否")


def test_cells_from_excel_become_codes_and_rows_come_and_go(editor):
    table = editor("zh-hans")

    table.choose(6, 4)
    table.paste("是\t是\t一般投诉\r\n否\t否\t重大投诉\r\n")
    assert table.texts(6)[3:6] == ["是", "是", "一般投诉"]
    assert table.texts(7)[:6] == ["–", "–", "–", "否", "否", "重大投诉"]
    table.press("Control+z")
    assert table.rows() == 6

    table.choose(2, 1)
    table.press("Alt+Enter")
    assert (table.rows(), table.present()) == (7, (3, 1))
    table.choose(3, 6)
    table.press("Control+d")
    expect(table.cell(3, 6)).to_have_text("重大投诉")
    table.press("Alt+Backspace")
    assert table.rows() == 6
    assert table.texts(3)[2] == "是"


def test_columns_move_by_keys(editor):
    table = editor("zh-hans")

    table.choose(1, 1)
    table.press("Alt+Shift+ArrowRight")
    assert (table.texts(1)[:2], table.present()) == (["–", "是"], (1, 2))
    table.press("Control+z")
    assert table.texts(1)[:2] == ["是", "–"]


def test_the_check_says_live_which_rows_never_decide_and_what_no_row_covers(editor):
    table = editor("zh-hans")

    table.choose(3, 1)
    table.page.keyboard.type("是")
    table.press("Tab", "Tab", "Delete")  # row 3 now asks the same as row 1
    expect(table.findings()).to_contain_text("第 3 行")
    table.findings().locator("button", has_text="第 3 行").first.click()
    assert table.present()[0] == 3

    table.choose(6, 1)
    table.press("Alt+Backspace")
    # whatever row 3 once asked: the reputation makes no difference any more
    none = "造成损失：否；影响多名客户：否；需多部门协同：否；重复投诉：否"
    expect(table.findings().locator("li")).to_have_text(
        ["提示第 3 行永远轮不到：上面的行已全部覆盖。", f"提示没有一行符合（{none}）。"]
    )
    table.person.picture("decision-editor-findings")


def test_the_owner_tries_and_publishes_a_table_and_the_next_complaint_uses_it(editor, person):
    table = editor("zh-hans")
    table.choose(5, 6)
    table.page.keyboard.type("一般投诉")
    table.press("Enter")
    samples = table.page.locator("[data-table-samples-host]")
    samples.locator("button", has_text="+").click()
    added = samples.locator("tbody tr").last
    added.locator("input").nth(0).fill('["repeated"]')
    added.locator("input").nth(1).fill('"minor"')
    expect(added).to_contain_text("第 5 行")
    expect(table.page.locator("#row-5 th")).to_have_class("is-firing")
    table.person.picture("decision-editor-tried")

    table.publish("重复投诉先由客服处理")

    page = table.person.go("/decisions/complaint-level/versions/2/")
    expect(page.locator("main del")).to_have_text("重大投诉")
    expect(page.locator("main ins")).to_have_text("一般投诉")
    expect(page.locator("main")).to_contain_text("重复投诉先由客服处理")
    table.person.picture("decision-version")
    page = to_classification(person("limin"))
    page.locator('[name="level_criteria"][value="repeated"]').check()
    expect(page.locator("#complete")).to_contain_text("第 5 行：同一客户就同一问题再次投诉")
    expect(page.locator(".sl-decided").first).to_contain_text("v2")


def test_an_english_reader_edits_the_same_table(editor):
    table = editor("en")

    table.choose(1, 6)
    table.page.keyboard.type("Minor complaint")
    table.press("Tab")
    expect(table.cell(1, 6)).to_have_text("Minor complaint")
    assert table.present() == (1, 7)
    table.press("Control+z")
    expect(table.cell(1, 6)).to_have_text("Major complaint")
    assert not re.search(CHINESE, table.page.locator("[data-table-host] .sl-grid-bar").inner_text())
    table.person.picture("decision-editor")


def to_classification(agent):
    """Register a complaint and answer it, up to the form that asks for its level."""
    agent.go("/start/P-COMPLAINT/")
    agent.fill(channel="phone", summary="同一问题再次投诉", complainant="王女士", contact="13800002207")
    agent.press("start")
    agent.page.wait_for_load_state()
    agent.complete(response_channel="phone", response_note="已致歉。")
    agent.complete(
        problem_types=["product_quality"],
        problem_description="再次渗水。",
        demands=["exchange"],
        urgency="normal",
    )
    return agent.page
