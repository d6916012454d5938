"""A process owner draws a process of three departments from nothing, publishes it, and its first case runs."""

from itertools import pairwise

import pytest
from playwright.sync_api import expect

from journeys.conftest import Person
from journeys.drawing import LANE, Studio

pytestmark = pytest.mark.browser

OWNER = "hankai"
IN_THE_POOL = {"department:opsmgmt": "fengmingyuan"}
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
def test_from_an_empty_draft_to_the_end_of_the_first_case(owner, chromium, server):
    registered(chromium, server, "P-TRAVEL")
    studio = begun(owner, "P-TRAVEL", "template:empty")

    steps = drawn(studio)
    described(studio, steps)
    studio.page.locator("[data-do=layout]").click()
    studio.is_saved()
    expect(studio.errors()).to_have_count(0)
    owner.picture("studio-travel")
    published(studio)

    cheap, dear = begun_case(owner, "200"), begun_case(owner, "5000")
    carried_to_the_end(owner, chromium, server, cheap, ["预订行程"])
    carried_to_the_end(owner, chromium, server, dear, ["审批差旅", "预订行程"])


def begun_case(owner, cost):
    """Start a case as the process owner, do its first step, and return its number."""
    owner.go("/start/P-TRAVEL/")
    owner.fill(text="拜访客户", date="2027-01-05", number=cost)
    owner.press("start")
    expect(owner.page.locator("h1")).to_have_text("补充行程")
    number = owner.number()
    owner.complete()
    return number


def waiting(owner, number):
    """Return the open step of a case, who does it, and when it is due."""
    case = owner.page.request.get(f"{owner.server}/api/v1/cases/{number}").json()
    (task,) = [one for one in case["tasks"] if one["state"] == "open"]
    return task["name"], task["holder"] or IN_THE_POOL[task["pool"]], task["due_at"]


def carried_to_the_end(owner, chromium, server, number, steps):
    """Let whoever has each step do it, until the case is closed."""
    for step in steps:
        name, who, due = waiting(owner, number)
        assert name == step
        assert due
        somebody = Person(chromium, server, who, "zh-hans")
        somebody.open_task(number, step)
        for box in somebody.page.locator('[name="signed"]').all():
            box.check()
        somebody.complete()
        assert somebody.problems == []
        somebody.context.close()
    page = owner.go(f"/cases/{number}/")
    expect(page.locator(".sl-head .sl-tag").first).to_have_text("已完成")


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
    """Draw three lanes with a step each and a decision between them, and return lanes and steps by their ids."""
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
    adds, approves, books = steps
    studio.join("start", adds)
    gateway = studio.part(adds)
    dear = studio.join(gateway, approves)
    otherwise = studio.join(gateway, books)
    for source, target in pairwise([approves, books, "end"]):
        studio.join(source, target)
    return lanes, steps, (gateway, dear, otherwise)


def described(studio, drawing):
    """Say whose the lanes are, what the steps are called, who decides when, and what the form asks."""
    lanes, steps, (gateway, dear, otherwise) = drawing
    for lane, (name, english) in zip(lanes, DEPARTMENTS, strict=True):
        studio.choose(lane, studio.edge(lane))
        studio.name(name, english)
        studio.department("lane", name)
    for step, (name, english) in zip(steps, STEPS, strict=True):
        studio.choose(step)
        studio.name(name, english)
    studio.limit("3")  # of the last step
    studio.choose(gateway)
    studio.name("费用超过 1000 元？", "Dearer than 1,000?")
    studio.choose("start")
    studio.new_form(
        ("差旅申请单", "Travel request"),
        (("去哪里做什么", "Where and why"), "text"),
        (("出发日期", "Departure"), "date"),
        (("预计费用", "Expected cost"), "number"),
    )
    studio.choose_flow(dear)
    studio.name("是", "Yes")
    studio.condition("number > 1000")
    studio.choose_flow(otherwise)
    studio.name("否", "No")
    studio.otherwise()
