"""Moving cases where people do not go by themselves, in a real browser: a migration of some, a jump with its preview."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_some_cases_move_to_another_version_after_a_dry_run(prepared, person):
    owner = person(prepared["owner"])
    page = owner.go("/processes/P-MOVE/migration/")
    page.locator('[name="from"]').first.select_option(index=1)
    page.locator("#versions button").click()
    expect(page.locator("#cases")).to_contain_text("3 件中有 0 件可迁移")
    page.locator('[name="map-first"]').select_option("primo")
    page.locator("#mapping button").click()
    expect(page.locator("#cases")).to_contain_text("3 件中有 3 件可迁移")
    page.locator(f'#cases input[value="{prepared["numbers"][2]}"]').uncheck()
    page.locator("#migrate textarea").fill("新版生效")
    owner.picture("migration")
    page.locator("#migrate .btn-primary").click()

    expect(page.locator("progress")).to_have_js_property("value", 2, timeout=30_000)
    expect(page.locator("main")).to_contain_text("完成 2")
    owner.picture("migration-run")
    page = owner.go(f"/cases/{prepared['numbers'][0]}/")
    expect(page.locator("main")).to_contain_text("办理primo")
    page = owner.go(f"/cases/{prepared['numbers'][2]}/")
    expect(page.locator("main")).to_contain_text("办理first")


def test_an_administrator_sees_what_a_jump_does_before_it_is_done(prepared, person):
    administrator, number = person(prepared["administrator"]), prepared["numbers"][2]
    page = administrator.go("/system/jump/")
    page.locator("#number").fill(number)
    page.locator("main .btn-primary").click()
    page.locator("#to").select_option("last")
    page.locator("main form[method=get] button").click()
    expect(page.locator("#preview")).to_contain_text("办理last")
    administrator.picture("jump")
    expect(page.locator("main")).not_to_contain_text("迁移设备")
    page.locator("#reason").fill("办理人离职")
    page.locator("#preview .btn-primary").click()

    expect(page.locator("main")).to_contain_text("案件已跳转")
    starter = person("limin")
    starter.open_task(number, "办理last")
