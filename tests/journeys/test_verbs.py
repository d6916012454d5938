"""What people do beside approving, in a real browser: return and come straight back, ask others, take back."""

import pytest
from playwright.sync_api import expect

from journeys.dialogs import begin, choose, in_dialog, open_dialog, send

pytestmark = pytest.mark.browser

STEP = {"zh-hans": "办理{}", "en": "Step {}"}
SIGN = {"zh-hans": "会签", "en": "Countersign"}
ASK = {"zh-hans": "加签", "en": "Add signers"}


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


def test_a_rejecting_voter_sends_it_back_and_the_resubmission_comes_straight_to_the_vote(prepared, person):
    starter, voter = person("limin"), person("hejia")
    number = begin(starter, "P-STRAIGHT", "否决设备")
    starter.open_task(number, "办理check")
    starter.complete()

    voter.open_task(number, "会签")
    voter.page.locator('[name="decision"][value="reject"]').check()
    voter.page.locator('[name="opinion"]').fill("报价过高")
    voter.complete()
    starter.open_task(number, "办理prepare")
    expect(starter.page.locator("main")).to_contain_text("报价过高")
    starter.picture("verb-rejected")
    starter.complete()

    for one in (voter, person("sunli")):
        one.open_task(number, "会签")
        one.page.locator('[name="decision"][value="approve"]').check()
        one.complete()
    starter.open_task(number, "办理last")


def test_a_signer_beside_the_voters_votes_with_them(prepared, person):
    starter, voter, other, asked = (person(name) for name in ("limin", "hejia", "sunli", "wutao"))
    number = begin(starter, "P-SIGN", "并签设备")
    starter.open_task(number, "办理check")
    starter.complete()

    voter.open_task(number, "会签")
    open_dialog(voter, "signers")
    choose(voter, "signers", "signers", "吴涛")
    in_dialog(voter, "signers").locator('[name="position"][value="beside"]').check()
    send(voter, "signers")
    for one in (voter, other):
        one.open_task(number, "会签")
        one.page.locator('[name="decision"][value="approve"]').check()
        one.complete()
    starter.go("/")
    expect(starter.page.locator(".sl-row", has_text=number)).to_have_count(0)

    asked.open_task(number, "会签")
    expect(asked.page.locator("main")).to_contain_text("何佳请您一同签署")
    asked.page.locator('[name="decision"][value="approve"]').check()
    asked.complete()
    starter.open_task(number, "办理last")
