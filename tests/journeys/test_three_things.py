"""What owners, heads, supervisors and everybody else must manage in under a minute.

What is clicked here is counted. Ways whose links stand elsewhere on a phone are gone by their address, and count as many
clicks as the reader of this file is told: that part is stated, not measured.
"""

import re

import pytest
from playwright.sync_api import expect

from journeys.conftest import CHINESE
from journeys.dialogs import in_dialog, open_dialog

pytestmark = pytest.mark.browser
MOST = 6  # clicks for one thing
STEP_OF_THE_CLOCK = 90_000  # milliseconds; all timers of the company on the way fire
BOTH = pytest.mark.parametrize(("language", "width"), [("zh-hans", 1280), ("en", 390)])


class Clicks:
    """Somebody who starts at their own first page and clicks; typing into a field counts as no click."""

    def __init__(self, person):
        self.person, self.page, self.count = person, person.go("/"), 0

    def click(self, selector):
        """Click what is seen; what a phone keeps in a menu costs one click more."""
        found = self.page.locator(selector)
        if not found.locator("visible=true").count():
            self.page.locator('.sl-bottom [aria-controls], .sl-actbar summary, [data-opens="more"]').locator(
                "visible=true"
            ).first.click()
            self.count += 1
        found.locator("visible=true").first.click()
        self.page.wait_for_load_state()
        self.count += 1
        return self.page

    def at(self, path, clicks):
        """Go by address where, as stated, so many clicks lead whose places on desk and phone differ."""
        self.count += clicks
        return self.person.go(path)

    def is_done(self, name):
        """Hold the bound, and that the page is of one language with one heading; keep its picture."""
        assert self.count <= MOST, f"{name}: {self.count} clicks"
        assert self.page.locator("main h1").count() == 1
        if self.person.language == "en":
            assert re.findall(CHINESE, self.page.locator("main h1").inner_text()) == []
        assert self.page.evaluate("document.documentElement.scrollWidth") <= self.page.viewport_size["width"]
        self.person.picture(f"three-{name}-{self.page.viewport_size['width']}")


@pytest.fixture(scope="module")
def overdue(server, chromium):
    """Have a complaint that is answered and then left alone for days; return its number."""
    from journeys.conftest import Person

    agent = Person(chromium, server, "limin", "zh-hans")
    agent.go("/start/P-COMPLAINT/")
    agent.fill(channel="phone", summary="Leaks", complainant="Wang", contact="13800000000")
    agent.press("start")
    number = agent.number()
    agent.complete(response_channel="phone", response_note="Sorry")
    agent.go("/system/clock/").locator('button[value="three_days"]').click(timeout=STEP_OF_THE_CLOCK)
    agent.page.wait_for_load_state()
    agent.context.close()
    return number


@BOTH
def test_an_owner_sees_the_node_to_blame_nudges_what_is_late_and_drafts_a_change(
    person, overdue, language, width
):
    owner = person("hankai", language, width)

    look = Clicks(owner)
    page = look.at("/monitor/processes/P-COMPLAINT/", 2)
    expect(page.locator(".sl-kpi").first).to_contain_text("95")
    expect(page.locator('[data-part="heat"] svg').first).to_be_attached()
    expect(page.locator('[data-part="steps"] table')).to_be_visible()
    look.is_done("owner-blame")

    urge = Clicks(owner)
    urge.at("/cases/?overdue=1", 3)
    page = urge.click(f'main a[href="/cases/{overdue}/"]')
    open_dialog(owner, "urge")
    in_dialog(owner, "urge").locator("textarea, input[type=text]").first.fill("!")
    urge.count += 2
    if language == "zh-hans":  # once in four working hours, whoever asks
        in_dialog(owner, "urge").locator("button.btn-primary").click()
        page.wait_for_load_state()
        expect(page.locator("[role=status], .sl-msg").first).to_be_visible()
    urge.is_done("owner-urged")

    change = Clicks(owner)
    page = owner.go("/processes/P-COMPLAINT/problem/?step=C1a")
    page.locator("textarea").fill("Too many fields")
    page.locator("main form .btn-primary, .sl-actbar .btn-primary").locator("visible=true").first.click()
    page.wait_for_load_state()
    page = change.at("/processes/P-COMPLAINT/problems/", 3)
    change.is_done("owner-problems")
    change.click('main a[href="/processes/P-COMPLAINT/studio/?node=C1a"]')
    expect(page).to_have_url(re.compile(r"/studio/"))
    change.is_done("owner-draft")


@BOTH
def test_a_head_sees_load_gives_work_to_somebody_else_and_compares_figures(person, overdue, language, width):
    head = person("hankai", language, width)

    load = Clicks(head)
    page = load.at("/monitor/departments/today/", 2)
    expect(page.locator("main")).to_contain_text(overdue)
    load.is_done("head-today")
    load.at("/cases/?overdue=1", 1)
    page.locator(".sl-several summary").click()
    page.locator('[name="which"][value="all"]').check()
    page.select_option("#several-verb", "transfer")
    picker = page.locator('[data-picker="to"]')
    picker.locator('input[role="combobox"]').fill("何佳")
    picker.locator('[role="option"]').first.click()
    page.fill("#several-reason", "On leave")
    load.count += 3  # the fold, all of them, the person
    expect(page.locator("#several .btn-primary")).to_be_enabled()
    load.is_done("head-reassigns")

    figures = Clicks(head)
    page = figures.at("/monitor/departments/service/", 3)
    expect(page.locator('[data-part="indicators"] table, main table').last).to_contain_text("95")
    figures.is_done("head-compares")


@BOTH
def test_a_supervisor_reads_a_case_records_a_violation_and_sees_what_is_overdue(
    person, overdue, language, width
):
    supervisor = person("luotao", language, width)

    sample = Clicks(supervisor)
    sample.at("/monitor/audits/", 2)
    sample.is_done("supervisor-sample")
    page = sample.at(f"/cases/{overdue}/", 1)
    expect(page.locator(".sl-tl").first).to_be_attached()
    sample.is_done("supervisor-case")

    record = Clicks(supervisor)
    page = record.at(f"/cases/{overdue}/violation/", 3)  # the case, the menu, the entry
    words = ("No letter", "Add it") if language == "en" else ("缺确认函", "补齐")
    page.select_option('[name="kind"]', "documents")
    page.select_option('[name="department"]', "service")
    page.fill('[name="text"]', words[0])
    page.fill('[name="demand"]', words[1])
    record.click(".sl-dialog-foot .btn-primary")
    expect(page).to_have_url(re.compile(r"/monitor/violations/of/\d+/$"))
    record.is_done("supervisor-recorded")

    late = Clicks(supervisor)
    page = late.at("/monitor/violations/", 2)
    expect(page.locator("main table").first).to_contain_text(" / 2")
    late.is_done("supervisor-overdue")


@BOTH
def test_an_employee_suggests_sees_what_became_of_it_and_finds_how_things_are_done(person, language, width):
    employee = person("zhaolei", language, width)

    said = Clicks(employee)
    said.at("/start/P-FEEDBACK/", 2)
    employee.fill(
        feedback_title="A shorter form", feedback_channel="online", feedback_text="Half the fields are enough"
    )
    employee.press("start")
    employee.page.wait_for_load_state()
    number = employee.number()
    said.count += 1
    said.is_done("employee-suggests")

    became = Clicks(employee)
    page = became.at("/?tab=started", 1)
    became.click(f'main a[href="/cases/{number}/"]')
    expect(page.locator(".sl-head .sl-tag").first).to_be_visible()
    became.is_done("employee-became")

    how = Clicks(employee)
    page = how.at("/search/?q=" + ("投诉" if language == "zh-hans" else "complaint"), 1)
    page = how.click('main a[href^="/processes/P-COMPLAINT/"]')
    expect(page.locator("main")).to_contain_text("v1.0" if language == "en" else "1.0")
    how.is_done("employee-how")
    duties = Clicks(employee)
    duties.at("/handbook/mine/", 1)
    duties.is_done("employee-duties")
