"""Whoever leads an ad-hoc sub-process starts what is in it and says when it is done, on the page and over REST."""

import pytest

from apps.cases import verb_processes
from apps.cases.test_api import Program
from apps.cases.test_case_verbs import complete, open_task, start
from apps.cases.test_pages import client_of
from reliability.processes import chain, model, starter
from shuli.apps.cases import verification


def looking():
    """Something that people look into: by a visit or a call, as the department of legal affairs sees fit."""
    duty = '<bpmn:extensionElements><shuli:duty><shuli:lead>"legal"</shuli:lead></shuli:duty></bpmn:extensionElements>'
    inside = verb_processes.person("visit", "hejia") + verb_processes.person("call", "sunli")
    part = f'<bpmn:adHocSubProcess id="look" name="调查">{duty}{inside}</bpmn:adHocSubProcess>'
    flows = chain("start", "prepare", "look", "last", "end")
    return model("P-LOOK", "DC{yyyymmdd}{seq}", starter("prepare"), part, starter("last"), flows=flows)


@pytest.fixture
def case(cast):
    verb_processes.publish("P-LOOK", looking())
    made = start("P-LOOK", cast["starter"], what="投诉")
    complete(made, "prepare", cast["starter"])
    yield made
    assert list(verification.verify_state([made.pk])) == []


@pytest.fixture
def counsel(case):
    from shuli.apps.directory import queries as directory

    return next(iter(directory.members("department:legal")))


def part_of(person, case):
    return Program(person).get(f"/cases/{case.number}/parts").json()


def test_the_lead_department_starts_an_activity_on_the_case_page(case, counsel):
    browser, (part,) = client_of(counsel), part_of(counsel, case)
    address = f"/cases/{case.number}/parts/{part['token']}/start/"

    page = browser.get(f"/cases/{case.number}/").content.decode()
    assert address in page
    assert browser.post(address, {"node": "visit"}).status_code == 302

    assert open_task(case, "visit").holder == "hejia"


def test_who_works_in_it_starts_more_and_finishes_it_and_the_case_goes_on(case, cast):
    (part,) = part_of(cast["owner"], case)
    address = f"/cases/{case.number}/parts/{part['token']}"
    Program(cast["owner"]).post(f"{address}/start", {"node": "visit"})
    complete_later = Program("hejia")

    more = complete_later.post(f"{address}/start", {"node": "call"})
    strange = complete_later.post(f"{address}/start", {"node": "last"})
    done = complete_later.post(f"{address}/finish")

    assert (more.status_code, strange.json()["code"]) == (200, "activity_not_startable")
    assert (done.status_code, open_task(case, "last").holder) == (200, cast["starter"])


def test_the_timeline_tells_who_started_what_and_who_said_that_all_is_done(case, cast):
    (part,) = part_of(cast["owner"], case)
    address = f"/cases/{case.number}/parts/{part['token']}"
    Program(cast["owner"]).post(f"{address}/start", {"node": "visit"})
    Program("hejia").post(f"{address}/finish")

    page = client_of(cast["owner"]).get(f"/cases/{case.number}/").content.decode()

    assert "已启动“调查”中的“办理visit”" in page
    assert "已宣布“调查”完成" in page


def test_whoever_only_started_the_case_is_offered_nothing_and_refused(case, cast):
    (part,) = part_of(cast["owner"], case)
    address = f"/cases/{case.number}/parts/{part['token']}"

    refused = Program(cast["starter"]).post(f"{address}/finish")

    assert part_of(cast["starter"], case) == []
    assert (refused.status_code, refused.json()["code"]) == (403, "leaders_only")
    page = client_of(cast["starter"]).get(f"/cases/{case.number}/").content.decode()
    assert "/parts/" not in page
