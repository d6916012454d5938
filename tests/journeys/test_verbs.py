"""What people do beside approving, in a real browser: return and come straight back, ask others, take back."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

STEP = {"zh-hans": "办理{}", "en": "Step {}"}
SIGN = {"zh-hans": "会签", "en": "Countersign"}
ASK = {"zh-hans": "加签", "en": "Add signers"}


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


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_countersignature_in_a_branch_is_sent_back_and_comes_straight_back(prepared, person, language):
    starter, voter, other = (person(name, language) for name in ("limin", "hejia", "sunli"))
    number = begin(starter, "P-SIGN", "会签设备")

    voter.open_task(number, SIGN[language])
    voter.picture("verb-countersign")
    open_dialog(voter, "return")
    dialog = in_dialog(voter, "return")
    dialog.locator('[name="to"][value="prepare"]').check()
    dialog.locator('[name="resubmit"][value="straight"]').check()
    dialog.locator('[name="reason"]').fill("缺少报价")
    voter.picture("verb-return")
    send(voter, "return")

    starter.open_task(number, STEP[language].format("prepare"))
    expect(starter.page.locator("main")).to_contain_text("缺少报价")
    starter.complete()
    for one in (voter, other):
        one.open_task(number, SIGN[language])
        one.page.locator('[name="decision"][value="approve"]').check()
        one.complete()
    starter.open_task(number, STEP[language].format("check"))
    starter.complete()
    starter.open_task(number, STEP[language].format("last"))
    starter.complete()
    starter.go(f"/cases/{number}/")
    starter.picture("verb-timeline")


def test_signers_are_asked_before_the_holder_decides(prepared, person):
    starter, holder, asked = (person(name) for name in ("limin", "hejia", "wutao"))
    number = begin(starter, "P-LINE", "加签设备")

    holder.open_task(number, "办理first")
    open_dialog(holder, "signers")
    choose(holder, "signers", "signers", "吴涛")
    in_dialog(holder, "signers").locator('[name="position"][value="before"]').check()
    in_dialog(holder, "signers").locator('[name="reason"]').fill("请看接口")
    holder.picture("verb-signers")
    send(holder, "signers")
    holder.go("/")
    expect(holder.page.locator(".sl-row", has_text=number).first).to_contain_text("吴涛")

    asked.open_task(number, "办理first")
    expect(asked.page.locator("main")).to_contain_text("请看接口")
    asked.page.locator('[name="opinion"]').fill("接口可行")
    asked.picture("verb-asked")
    asked.complete()

    holder.open_task(number, "办理first")
    expect(holder.page.locator("main")).to_contain_text("接口可行")
    holder.complete()


def test_a_decision_is_taken_back_until_the_next_person_has_acted(prepared, person):
    starter, holder, following = (person(name) for name in ("limin", "hejia", "sunli"))
    number = begin(starter, "P-LINE", "拿回设备")
    holder.open_task(number, "办理first")
    address = holder.page.url
    holder.complete()

    holder.page.goto(address)
    open_dialog(holder, "take-back")
    holder.picture("verb-take-back")
    send(holder, "take-back")
    holder.open_task(number, "办理first")
    address = holder.page.url
    holder.complete()

    holder.page.goto(address)
    open_dialog(holder, "take-back")
    following.open_task(number, "办理second")
    following.complete()
    send(holder, "take-back")
    expect(holder.page.locator("h1")).to_have_text("未作任何更改")
    holder.picture("verb-too-late")
