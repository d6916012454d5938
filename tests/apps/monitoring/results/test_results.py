"""What a version brought: its cases beside those of the version before, over equally long times."""

from datetime import timedelta

import pytest

from apps.cases.conftest import BPMN, MONDAY, OPINION_FORM, REQUEST_FORM
from shuli.apps.cases.models import Case, Visit
from shuli.apps.catalogue import operations as catalogue
from shuli.apps.catalogue import queries
from shuli.apps.monitoring.results.comparing import compared
from shuli.apps.monitoring.results.reading import sides
from shuli.kit import clock

CHANGED = MONDAY + timedelta(days=40)
TODAY = CHANGED + timedelta(days=30)


@pytest.fixture
def changed(people):
    """Put a second version of the purchase in force, forty days after the first one."""
    facts = {
        "key": "P-PURCHASE",
        "name": {"zh": "采购", "en": "Purchase"},
        "action": {"zh": "申请采购", "en": "Ask"},
    }
    forms = {form["key"]: form for form in (REQUEST_FORM, OPINION_FORM)}
    documents = {"opinion": {"zh": "技术意见", "en": "Technical opinion"}}
    bpmn = BPMN.replace("按时买到", "三天内买到")
    with clock.frozen(CHANGED):
        installed = catalogue.publish(
            catalogue.Package(facts=facts, bpmn=bpmn, forms=forms, documents=documents)
        )
    assert not installed.is_refused, installed
    return [pk for pk, _number in reversed(queries.version_numbers("P-PURCHASE"))]


def ran(version, started, days, *, late=False, departments=("service", "tech")):
    """Write a completed case as the engine leaves it: a visit in each department."""
    case = Case.objects.create(
        number=f"CG{version}{Case.objects.count()}", process_key="P-PURCHASE", version_id=version, status="approved",
        starter="limin", starter_department="service", started_at=started, ended_at=started + timedelta(days=days),
    )  # fmt: skip
    for number, department in enumerate(departments, 1):
        due = case.ended_at - timedelta(days=1 if late else -1)
        Visit.objects.create(
            case=case, number=number, node="detail", round=1, department=department, opened_at=started, due_at=due,
            closed_at=case.ended_at, outcome="completed", waiting_seconds=3600, handling_seconds=60,
        )  # fmt: skip
    return case


ADDRESS = "/monitor/processes/P-PURCHASE/versions/%s/"


def newest():
    return queries.version_numbers("P-PURCHASE")[0][1]


def findings():
    with clock.frozen(TODAY):
        return {row.measure.key: row for row in compared(sides("P-PURCHASE", newest()))}


@pytest.mark.accepts("H3-22", "H1-68")
def test_shorter_times_after_a_change_are_found_and_what_stayed_alike_is_not(changed, people, client):
    old, new = changed
    for day in range(6):
        ran(old, CHANGED - timedelta(days=29 - day), 15 + day / 10)
        ran(new, CHANGED + timedelta(days=day), 8 + day / 10)

    found = findings()

    assert found["cycle_time_median"].finding == "better"
    assert (
        round(float(found["cycle_time_median"].before) / 86_400, 2),
        found["cycle_time_median"].chance < 0.05,
    ) == (
        15.25,
        True,
    )
    assert found["steps"].finding == found["on_time_rate"].finding == "alike"
    assert found["satisfaction"].finding == "few"
    with clock.frozen(TODAY):
        client.force_login(person_of(people["owner"]))
        shown = client.get(ADDRESS % newest())
        listed = client.get("/monitor/processes/P-PURCHASE/").content.decode()
    assert "明显变好：周期中位数" in shown.content.decode()
    assert ADDRESS % newest() in listed


def person_of(username):
    from shuli.apps.directory.models import Person

    return Person.objects.get(username=username)


def test_slow_cases_are_missing_on_neither_side(changed):
    """Cases of the old version that took longer than the new one has run are left out, as those of the new one are."""
    old, new = changed
    for day in range(8):
        ran(old, CHANGED - timedelta(days=35), 60)
        ran(old, CHANGED - timedelta(days=29), 10 + day / 10)
        ran(new, CHANGED, 10 + day / 10)

    row = findings()["cycle_time_median"]

    assert (row.before, row.finding) == (row.after, "alike")


def test_more_lateness_is_told_as_worse(changed):
    old, new = changed
    for _ in range(10):
        ran(old, CHANGED - timedelta(days=20), 2)
        ran(new, CHANGED, 2, late=True)

    row = findings()["on_time_rate"]

    assert (row.before, row.after, row.finding) == (1, 0, "worse")


def test_few_cases_say_nothing(changed, people, client):
    old, new = changed
    for _ in range(4):
        ran(old, CHANGED - timedelta(days=20), 30 / 7)
        ran(new, CHANGED, 1)

    assert {row.finding for row in findings().values() if row.measure.of_case} == {"few"}


def test_the_first_version_has_nothing_to_be_compared_with(changed, people, client):
    with clock.frozen(TODAY):
        client.force_login(person_of(people["owner"]))
        shown = client.get("/monitor/processes/P-PURCHASE/versions/1.0/").content.decode()
        unknown = client.get("/monitor/processes/P-PURCHASE/versions/9.9/")

    assert sides("P-PURCHASE", "1.0") is None
    assert "还没有可对比的版本" in shown
    assert unknown.status_code == 404
