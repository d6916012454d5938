"""What the islands do, in a real browser, on the HTML that the parts draw."""

import json

import pytest

pytestmark = pytest.mark.browser


def values(page, name):
    return page.eval_on_selector_all(f'[name="{name}"]', "all => all.map(one => one.value)")


def test_the_theme_is_remembered(browse):
    page = browse("/style/", language="en")

    page.get_by_label("Light or dark").click()
    page.get_by_role("menuitemradio", name="Dark").first.click()
    page.reload()

    assert page.evaluate("document.documentElement.dataset.bsTheme") == "dark"


def test_a_question_mark_shows_the_keys_and_escape_closes_them(browse):
    page = browse("/style/", language="en")

    page.keyboard.press("?")
    shown = page.locator("#sl-keys").is_visible()
    page.keyboard.press("Escape")

    assert shown
    assert not page.locator("#sl-keys").is_visible()


@pytest.fixture
def entries(monkeypatch):
    from shuli.kit import navigation

    monkeypatch.setattr(navigation, "_entries", {})
    navigation.add(
        navigation.Entry(key="a", label="Elsewhere", icon="inbox", url_name="elsewhere", order=1, go="s")
    )


def test_g_and_a_letter_go_there(browse, entries):
    page = browse("/style/?errors", language="en")

    page.keyboard.press("g")
    page.keyboard.press("s")
    page.wait_for_url("**/elsewhere/")

    assert page.get_by_role("heading", name="Elsewhere").is_visible()


def test_letters_in_a_field_are_letters(browse):
    page = browse("/style/", language="en")

    page.locator("#f-complainant").fill("")
    page.locator("#f-complainant").press_sequentially("g?/")

    assert page.locator("#f-complainant").input_value() == "g?/"
    assert not page.locator("#sl-keys").is_visible()


def test_a_dialog_keeps_the_focus_and_gives_it_back(browse):
    page = browse("/style/", language="en")
    opener = page.locator(".sl-actbar [data-opens=return]").first

    opener.click()
    inside = [
        page.keyboard.press("Tab") or page.evaluate("document.activeElement.closest('dialog')?.id")
        for _ in range(3)
    ]
    page.keyboard.press("Escape")

    assert set(inside) == {"return"}
    assert opener.evaluate("one => one === document.activeElement")


def test_a_menu_is_walked_by_arrows_and_closed_by_escape(browse):
    page = browse("/style/", language="en")
    menu = page.locator(".sl-act details.sl-menu")

    menu.locator("summary").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    focused = page.evaluate("document.activeElement.textContent.trim()")
    page.keyboard.press("Escape")

    assert focused == "Withdraw the case"
    assert menu.get_attribute("open") is None


def test_rows_are_added_and_removed_up_to_their_number(browse):
    page = browse("/style/", language="en")
    table = page.locator("[data-rows=goals]")

    for _ in range(4):
        table.get_by_role("button", name="Add a row").click()
    table.locator("[data-row-remove]").nth(1).click()
    table.get_by_role("button", name="Add a row").click()

    assert page.locator("[data-rows=goals] [data-row]").count() == 5
    assert table.get_by_role("button", name="Add a row").is_disabled()
    assert page.locator('[name="goals-5-metric"]').evaluate("one => one === document.activeElement")


def test_characters_are_counted_as_people_do(browse):
    page = browse("/style/", language="en")

    page.locator("#f-description").fill("漏水😀")

    assert page.locator('[data-counter="f-description"]').text_content() == "3/500"


def test_other_asks_for_its_text_only_while_it_is_chosen(browse):
    page = browse("/style/", language="en")
    text = page.locator('[name="kinds_other"]')
    before = text.is_visible()

    page.get_by_label("Other", exact=True).uncheck()

    assert before
    assert not text.is_visible()


def test_a_person_is_found_by_typing_and_chosen_by_keys(browse):
    page = browse("/style/", language="en")
    box = page.locator("#f-owner")

    box.press_sequentially("产品")
    page.locator("#f-owner-list [role=option]").first.wait_for()
    box.press("ArrowDown")
    box.press("Enter")

    assert values(page, "owner") == ["sunli"]
    assert not box.is_visible()


def test_nobody_found_says_what_to_try(browse):
    page = browse("/style/", language="en")

    page.locator("#f-owner").press_sequentially("zzz")
    page.locator("#f-owner-list .is-none").wait_for()

    assert "Nobody found" in page.locator("#f-owner-list").text_content()


@pytest.fixture
def uploads(monkeypatch):
    from shuli.kit.forms import sources

    monkeypatch.setattr(sources, "upload", "find_people")


def sent(route):
    route.fulfill(
        status=201, content_type="application/json", body=json.dumps({"id": 23, "name": "plan.pdf"})
    )


def refused(route):
    body = {"error": {"message": "This is no PDF."}}
    route.fulfill(status=422, content_type="application/json", body=json.dumps(body))


def test_a_file_goes_up_at_once_and_the_form_carries_its_number(browse, uploads):
    page = browse("/style/", language="en", answers={"/people/": sent})

    page.locator("#f-files").set_input_files(
        {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"}
    )
    page.locator('[name="files-1-id"]').wait_for(state="attached")

    assert values(page, "files-1-id") == ["23"]
    assert page.locator('[name="files-1-kind"]').is_visible()


def test_a_file_of_a_wrong_kind_is_refused_before_it_is_sent(browse, uploads):
    page = browse("/style/", language="en")

    page.locator("#f-files").set_input_files({"name": "run.exe", "mimeType": "text/plain", "buffer": b"MZ"})

    assert "not taken here" in page.locator(".sl-files .is-failed").text_content()


def test_what_the_server_says_of_a_file_stands_beside_it(browse, uploads):
    page = browse("/style/", language="en", answers={"/people/": refused})

    page.locator("#f-files").set_input_files(
        {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": b"x"}
    )
    page.locator(".sl-files .is-failed").wait_for()

    assert "This is no PDF." in page.locator(".sl-files .is-failed").text_content()


def test_leaving_with_something_unsaved_asks_first(browse):
    page = browse("/style/", language="en")
    asked = []
    page.on("dialog", lambda dialog: asked.append(dialog.type) or dialog.dismiss())

    page.locator("#f-complainant").fill("Ms Li")
    page.close(run_before_unload=True)
    page.wait_for_timeout(300)

    assert asked == ["beforeunload"]


def test_a_diagram_zooms_fits_and_tells_the_facts_of_a_node(browse):
    page = browse("/style/", language="en")
    page.get_by_role("button", name="Fit").click()
    view = "document.querySelector('.sl-dia svg').getAttribute('viewBox')"
    before = page.evaluate(view)

    page.get_by_label("Zoom in").click()
    closer = page.evaluate(view)
    page.get_by_role("button", name="Fit").click()
    page.locator('.sl-dia [data-id="C3b"]').click()

    assert before != closer
    assert page.evaluate(view) == before
    assert "Complainant" in page.locator(".sl-facts").text_content()


def test_a_diagram_is_moved_by_keys(browse):
    page = browse("/style/", language="en")
    page.locator(".sl-dia").focus()
    before = page.evaluate("document.querySelector('.sl-dia svg').viewBox.baseVal.x")

    page.keyboard.press("ArrowRight")

    assert page.evaluate("document.querySelector('.sl-dia svg').viewBox.baseVal.x") > before


def test_a_phone_begins_at_the_present_node(browse):
    page = browse("/style/", language="en", width=390)

    middle = page.evaluate(
        """() => { const box = document.querySelector('.sl-dia').getBoundingClientRect();
        const node = document.querySelector('.sl-dia .sl-now').getBoundingClientRect();
        return Math.abs(box.x + box.width / 2 - node.x - node.width / 2); }"""
    )

    assert middle < 2
