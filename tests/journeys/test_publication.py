"""A process owner hands a change in; the front line sees what changes; the register goes to Excel, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from journeys.conftest import CHINESE

pytestmark = pytest.mark.browser


def begin_draft(owner, old, new):
    """Begin a draft as the studio's address for programs does, and rename a step in it."""
    token = owner.page.locator('meta[name="csrf-token"]').get_attribute("content")
    headers = {
        "X-CSRFToken": token,
        "Idempotency-Key": "draft-of-a-journey",
        "Content-Type": "application/json",
    }
    url = f"{owner.server}/api/v1"
    made = owner.page.request.post(f"{url}/processes/P-REVIEW/drafts", headers=headers, data={})
    assert made.ok, made.text()
    draft = owner.page.request.get(f"{url}/drafts/{made.json()['id']}").json()
    body = {"expected_revision": draft["revision"], "bpmn": draft["bpmn"].replace(old, new)}
    headers["Idempotency-Key"] = "saving-of-a-journey"
    saved = owner.page.request.put(f"{url}/drafts/{draft['id']}", headers=headers, data=body)
    assert saved.ok, saved.text()
    return draft["id"]


@pytest.mark.parametrize("width", [1280, 390])
def test_a_change_is_handed_in_and_the_front_line_sees_what_changes(person, width):
    if width == 1280:
        owner = person("hankai", "zh-hans", width)
        draft = begin_draft(owner, 'name="分析原因"', 'name="分析根本原因"')
        page = owner.go(f"/drafts/{draft}/submit/")
        page.fill('[name="summary"]', "改称分析根本原因")
        page.fill('[name="reason"]', "避免只写表面原因")
        owner.choose_person("front_line", "李敏")
        page.check('[name="departments"][value="tech"]')
        page.check('[name="complies"]')
        page.locator(".sl-dialog-foot .btn-primary").click()
        page.wait_for_url(re.compile(r"/changes/\d+/$"))
        owner.picture("change")
    reader = person("limin", "en", width)
    reader.go("/processes/P-REVIEW/")
    reader.page.locator('a[href^="/changes/"]').click()
    expect(reader.page.locator("#changes")).to_contain_text("Analyse the causes")
    expect(reader.page.locator("svg .sl-changed")).to_have_count(2)
    reader.picture(f"change-{width}")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_map_leads_to_a_process_and_the_register_to_excel(person, language):
    someone = person("limin", language)
    page = someone.go("/processes/map/")
    someone.picture("map")
    if language == "en":
        assert re.findall(CHINESE, page.locator(".sl-map").inner_text()) == []
    page.locator('.sl-map a[href="/processes/P-COMPLAINT/"]').click()
    expect(page.locator("h1")).to_be_visible()
    page = someone.go("/processes/")
    with page.expect_download() as found:
        page.locator('.sl-act a[href^="/processes/register.xlsx"]').locator("visible=true").first.click()
    assert found.value.suggested_filename == "process-register.xlsx"
