"""What every journey does with a verb: open its dialog, choose people in it, send it."""

from playwright.sync_api import expect


def begin(starter, process, what):
    """Start a case and do its first step; return its number."""
    starter.go(f"/start/{process}/")
    starter.fill(what=what)
    starter.press("start")
    number = starter.number()
    starter.complete()
    return number


def in_dialog(person, name):
    return person.page.locator(f"dialog#{name}")


def send(person, name):
    in_dialog(person, name).locator("button.btn-primary").click()
    person.page.wait_for_load_state()


def open_dialog(person, name):
    """Open a verb's dialog, from the menu where it stands there."""
    button = person.page.locator(f'[data-opens="{name}"]')
    if not button.locator("visible=true").count():
        person.page.locator(".sl-actbar summary").click()
    button.locator("visible=true").first.click()
    expect(in_dialog(person, name)).to_be_visible()


def choose(person, dialog, field, text):
    picker = in_dialog(person, dialog).locator(f'[data-picker="{field}"]')
    picker.locator('input[role="combobox"]').fill(text)
    picker.locator('[role="option"]').first.click()
