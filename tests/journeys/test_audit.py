"""A supervisor opens a sample, records a violation with evidence and an order, and sees what is overdue, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from journeys.conftest import CHINESE
from journeys.test_complaint import register

pytestmark = pytest.mark.browser

SUPERVISOR = "luotao"


@pytest.mark.parametrize(("language", "width"), [("zh-hans", 1280), ("en", 390)])
def test_a_violation_is_recorded_from_its_case_and_stands_in_the_register(
    person, node_names, language, width
):
    number = register(person("limin", language), node_names("P-COMPLAINT", language))
    supervisor = person(SUPERVISOR, language, width)
    page = supervisor.go(f"/cases/{number}/")
    expect(page.locator(f'a[href="/cases/{number}/violation/"]').first).to_be_attached()
    page = supervisor.go(f"/cases/{number}/violation/")
    page.select_option('[name="kind"]', "documents")
    page.select_option('[name="department"]', "service")
    page.fill('[name="text"]', "No letter" if language == "en" else "缺确认函")
    page.fill('[name="demand"]', "Add it" if language == "en" else "补齐")
    supervisor.picture(f"violation-form-{width}")
    page.locator(".sl-dialog-foot .btn-primary").click()
    page.wait_for_url(re.compile(r"/monitor/violations/of/\d+/$"))
    supervisor.picture(f"violation-{width}")
    page.locator('a[href^="/monitor/orders/"]').click()
    expect(page.locator("h1")).to_contain_text("ZG")

    page = supervisor.go("/monitor/violations/")
    expect(page.locator("main")).to_contain_text(number)
    supervisor.picture(f"violations-{width}")
    for address in ("/monitor/audits/", "/monitor/appraisal/", "/monitor/accountability/"):
        page = supervisor.go(address)
        supervisor.picture(f"{address.split('/')[2]}-{width}")
        if language == "en":
            assert re.findall(CHINESE, page.locator(".sl-head").inner_text()) == []
