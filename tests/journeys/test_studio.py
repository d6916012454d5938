"""A process owner draws a process of three departments from nothing, publishes it, and its first case runs."""

from itertools import pairwise

import pytest
from playwright.sync_api import expect

from journeys.conftest import Person
from journeys.drawing import LANE, Studio

pytestmark = pytest.mark.browser

OWNER = "hankai"
APPROVAL, HANDLING, STARTER_ADDS = 0, 2, 3  # places in the menu of ready-made steps
DEPARTMENTS = (("客服部", "Customer service"), ("财务部", "Finance"), ("运营管理部", "Process management"))
STEPS = (
    ("补充行程", "Add the itinerary"),
    ("审批差旅", "Approve the travel"),
    ("预订行程", "Book the travel"),
)


def registered(chromium, server, key):
    """Let the process office register the process; its owner then draws it."""
    office = Person(chromium, server, "fengmingyuan", "zh-hans")
    page = office.go("/processes/new/")
    page.locator('[name="key"]').fill(key)
    page.locator('[name="name"]').fill("差旅申请")
    page.locator('[name="name_en"]').fill("Business travel")
    page.locator('[name="owner_post"]').select_option("owner-complaint")
    page.locator("main form button.btn-primary").click()
    office.context.close()


@pytest.fixture
def owner(chromium, server):
    someone = Person(chromium, server, OWNER, "zh-hans")
    yield someone
    assert someone.problems == []
    someone.context.close()


def begun(owner, key, source):
    page = owner.go(f"/processes/{key}/studio/?draft=new")
    page.locator(f'[name="source"][value="{source}"]').check()
    page.locator("main form button.btn-primary").click()
    return Studio(page)


@pytest.mark.accepts("H1-28", "H2-07", "H2-08", "H2-09")
def test_from_an_empty_draft_to_the_first_case(owner, chromium, server):
    registered(chromium, server, "P-TRAVEL")
    studio = begun(owner, "P-TRAVEL", "template:empty")

    steps = drawn(studio)
    described(studio, steps)
    studio.page.locator("[data-do=layout]").click()
    studio.is_saved()
    expect(studio.errors()).to_have_count(0)
    owner.picture("studio-travel")
    published(studio)

    owner.go("/start/P-TRAVEL/")
    owner.fill(text="拜访客户", date="2027-01-05")
    owner.press("start")
    expect(owner.page.locator("h1")).to_have_text("补充行程")
    owner.complete()


def published(studio):
    """Publish the first version: say what it is for, and that it complies."""
    page = studio.page
    page.locator("[data-do=publish]").click()
    page.wait_for_url("**/publish/")
    page.fill('[name="summary"]', "出差先申请、后预订")
    page.check('[name="complies"]')
    page.locator(".sl-dialog-foot .btn-primary").click()
    page.wait_for_url("**/processes/P-TRAVEL/")


def drawn(studio):
    """Draw three lanes with a step each, from start to end, and return lanes and steps by their ids."""
    x, y = studio.edge("pool")
    studio.choose("pool", (x, y))
    studio.do("lane-divide-three")
    expect(studio.page.locator(LANE)).to_have_count(3)
    lanes = studio.ids("Lane")
    studio.choose("to_end")
    studio.page.keyboard.press("Delete")
    steps = []
    for at, ready_made in enumerate((STARTER_ADDS, APPROVAL, HANDLING)):
        steps.append(studio.place(ready_made, (at + 1) / 4, lanes[at]))
    for source, target in pairwise(["start", *steps, "end"]):
        studio.join(source, target)
    return lanes, steps


def described(studio, drawing):
    """Say whose the lanes are, what the steps are called, and what the form asks."""
    lanes, steps = drawing
    for lane, (name, english) in zip(lanes, DEPARTMENTS, strict=True):
        studio.choose(lane, studio.edge(lane))
        studio.name(name, english)
        studio.department("lane", name)
    for step, (name, english) in zip(steps, STEPS, strict=True):
        studio.choose(step)
        studio.name(name, english)
    studio.limit("3")  # of the last step
    studio.choose("start")
    studio.new_form(
        ("差旅申请单", "Travel request"),
        (("去哪里做什么", "Where and why"), "text"),
        (("出发日期", "Departure"), "date"),
    )
