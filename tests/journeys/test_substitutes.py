"""Somebody stands in for a colleague who is away, in a real browser: from the profile page to the record."""

import pytest
from playwright.sync_api import expect

from journeys.dialogs import begin

pytestmark = pytest.mark.browser


def arrange(person, name):
    """Arrange on one's profile page that somebody stands in from yesterday until far ahead."""
    page = person.go("/profile/")
    person.choose_person("substitute", name)
    form = page.locator('form[action$="/profile/substitutes/"]')
    form.locator('[name="since"]').fill("2026-01-01T09:00")
    form.locator('[name="until"]').fill("2099-01-01T09:00")
    form.locator('button[type="submit"]').click()
    expect(page.locator("main")).to_contain_text("代理安排已登记")


def row_of(person, number):
    return person.go("/").locator(".sl-row", has_text=number)


def test_a_substitute_does_the_work_until_the_arrangement_is_ended(prepared, person):
    starter, away, standing_in = (person(name) for name in ("limin", "hejia", "wutao"))
    arrange(away, "吴涛")
    first, second = (begin(starter, "P-LINE", what) for what in ("代理设备一", "代理设备二"))

    expect(row_of(away, first)).to_contain_text("何佳或其代理人")
    expect(row_of(standing_in, first)).to_contain_text("代客服部 何佳办理")
    standing_in.picture("substitute-inbox")
    standing_in.open_task(first, "办理first")
    standing_in.complete()
    page = starter.go(f"/cases/{first}/")
    expect(page.locator("main")).to_contain_text("吴涛代何佳")
    starter.picture("substitute-record")

    standing_in.open_task(second, "办理first")
    page = away.go("/profile/")
    page.locator('form[action*="/end/"]:has-text("吴涛") button').click()
    standing_in.press("complete")
    expect(standing_in.page.locator("main")).to_contain_text("尚未完成")
    away.open_task(second, "办理first")
    away.complete()
