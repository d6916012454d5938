"""A process owner designs a form in a real browser; the first case starts with it."""

import re

import pytest
from playwright.sync_api import expect

from journeys.conftest import CHINESE
from journeys.form_designing import FormDesigner

pytestmark = pytest.mark.browser


@pytest.mark.accepts("H0-65")
def test_a_form_is_designed_previewed_published_and_filled_in(person):
    design = FormDesigner(person("hankai", "zh-hans"), "P-SEAL")
    design.choose("wanted_by")

    design.add("money", "合同金额", "Contract amount")
    design.set("key", "amount")
    design.add("choice", "印章种类", "Seal")
    design.add("text", "法务意见编号", "Number of the legal opinion")
    design.unfold("help")
    design.set("example.zh", "FW102")
    design.set("guidance.zh", "见法务部的意见书右上角。")
    design.unfold("checks")
    design.set("pattern", "[A-Z]{2}[0-9]{3}")
    design.show_when("amount > 10000")
    design.page.keyboard.press("Escape")
    design.canvas.locator('[data-field="choice"]').focus()
    design.page.keyboard.press("Alt+ArrowUp")
    expect(design.fields().nth(3)).to_have_attribute("data-field", "choice")
    design.saved()
    design.person.picture("form-designer")

    preview(design)
    published = design.publish()
    assert published["process"] == design.process, published
    start(design)
    assert design.person.problems == []


def preview(design):
    """Look at the form as the first step has it, on a phone: what a condition shows appears."""
    page = design.page
    page.locator('[data-tool="preview"]').click()
    page.locator('[data-tool="phone"]').click()
    frame = page.frame_locator("[data-frame]")
    expect(frame.locator('[data-field="text"]')).to_be_hidden()
    frame.locator('[name="amount"]').fill("20000")
    expect(frame.locator('[data-field="text"]')).to_be_visible()
    assert page.locator("[data-frame]").bounding_box()["width"] == 390
    design.person.picture("form-designer-preview")


def start(design):
    page = design.person.go(f"/start/{design.process}/")
    design.person.fill(subject="盖合同章", reason="签约", amount="20000", choice="option_1", text="XX")
    design.person.press("start")
    expect(page.locator("#form-problems")).to_contain_text("格式不对")
    expect(page.locator('[data-field="text"]')).to_contain_text("FW102")
    expect(page.locator('[data-field="text"]')).to_contain_text("见法务部的意见书右上角。")
    design.person.fill(text="AB123")
    design.person.press("start")
    expect(page.locator("main")).to_contain_text("盖合同章")


def test_what_was_done_is_taken_back_and_two_never_overwrite_one_another(person):
    design = FormDesigner(person("hankai", "en"), "P-TWICE")
    before = design.keys()
    design.page.locator('[data-add="date"]').click()
    expect(design.fields()).to_have_count(len(before) + 1)
    design.page.locator('[data-tool="undo"]').click()
    expect(design.fields()).to_have_count(len(before))

    address = f"/drafts/{design.draft}/forms/request/save/"
    other = {"key": "request", "title": {"zh": "别人的", "en": "Theirs"}, "sections": []}
    whole = design.page.request.get(f"{design.person.server}/api/v1/drafts/{design.draft}").json()
    design.send(address, {"form": other, "revision": whole["revision"], "seen": whole["forms"]["request"]})
    design.page.locator('[data-add="number"]').click()
    expect(design.page.locator("[data-message]")).to_contain_text("saved this draft meanwhile")
    design.page.locator('[data-tool="mine"]').click()
    design.page.wait_for_url("**/forms/request_2/**")

    expect(design.fields()).to_have_count(len(before) + 1)
    assert not re.search(CHINESE, design.page.locator(".fd-tools").first.inner_text())
    assert design.person.problems == []
