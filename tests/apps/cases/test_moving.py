"""Taking back, jumping, reopening and migrating: over pages and over REST, with previews and refusals."""

import re
from urllib.parse import urlsplit

import pytest
from django.http import QueryDict

from apps.cases import verb_processes
from apps.cases.test_api import Program
from apps.cases.test_bulk_execution import picture
from apps.cases.test_case_verbs import complete, open_task, start
from apps.cases.test_pages import client_of
from shuli.apps.cases import bulk_execution, execution, operations, queries, verification
from shuli.apps.cases.lots import Move
from shuli.apps.cases.models import BulkRun, Case, Event, Task
from shuli.apps.cases.pages import migration
from shuli.apps.catalogue import queries as catalogue
from shuli.core.engine import Accepted
from shuli.kit import jobs

HE, SUN = "hejia", "sunli"


@pytest.fixture
def in_line(cast):
    verb_processes.publish("P-LINE", verb_processes.line())
    case = start("P-LINE", cast["starter"], what="抽检仪")
    complete(case, "prepare", cast["starter"])
    yield case
    assert list(verification.verify_state([case.pk])) == []


@pytest.fixture
def administrator(cast):
    from shuli.apps.directory.models import Person

    Person.objects.filter(username=cast["stranger"]).update(is_administrator=True)
    return cast["stranger"]


def test_a_decision_is_taken_back_while_nobody_has_acted_on_it(in_line):
    complete(in_line, "first", HE)
    done = Task.objects.get(case=in_line, node="first", state="done")

    listed = client_of(HE).get("/", {"tab": "done"}).content.decode()
    page = client_of(HE).get(f"/tasks/{done.pk}/").content.decode()
    client_of(HE).post(f"/tasks/{done.pk}/take-back/", {"reason": "附件拿错"})

    assert "可拿回" in listed
    assert 'data-opens="take-back"' in page
    assert open_task(in_line, "first").holder == HE
    assert not Task.objects.filter(case=in_line, node="second", state="open").exists()
    assert "附件拿错" in client_of(HE).get(f"/cases/{in_line.number}/").content.decode()


def test_a_decision_is_not_taken_back_once_the_next_person_has_acted(in_line, cast):
    complete(in_line, "first", HE)
    done = Task.objects.get(case=in_line, node="first", state="done")
    operations.transfer(open_task(in_line, "second").pk, SUN, cast["colleague"], "休假")

    late = Program(HE).post(f"/tasks/{done.pk}/take-back", {"reason": "x"})
    other = Program(cast["starter"]).post(f"/tasks/{done.pk}/take-back", {"reason": "x"})

    assert (late.status_code, late.json()["code"]) == (409, "successor_touched")
    assert other.status_code in {403, 409}
    assert 'data-opens="take-back"' not in client_of(HE).get(f"/tasks/{done.pk}/").content.decode()


def test_an_administrator_sees_what_a_jump_would_do_and_then_does_it(in_line, administrator):
    client, token = client_of(administrator), queries.tokens_to_move(in_line)[0].id
    address = f"/system/jump/{in_line.number}/"

    seen = client.get(address, {"token": token, "to": "last"}).content.decode()
    bare = client.post(address, {"token": token, "to": "last", "reason": " "})
    client.post(address, {"token": token, "to": "last", "reason": "办理人离职"})

    assert 'id="preview"' in seen
    assert "何佳" in seen
    assert "抽检仪" not in seen
    assert bare.status_code == 422
    assert open_task(in_line, "last")
    assert Event.objects.filter(case=in_line, type="Jumped").count() == 1


def test_a_program_of_an_administrator_jumps_and_reads_no_content(in_line, administrator):
    program = Program(administrator)

    places = program.get(f"/jumps/{in_line.number}").json()
    token = places["places"][0]["token"]
    foreseen = program.get(f"/jumps/{in_line.number}/preview?token={token}&to=second").json()
    moved = program.post(f"/jumps/{in_line.number}", {"token": token, "to": "second", "reason": "催"})

    assert (foreseen["cancelled_nodes"], foreseen["starts"]) == (["first"], ["second"])
    assert [place["node"] for place in moved.json()["places"]] == ["second"]
    assert program.get(f"/cases/{in_line.number}").status_code == 404


def test_a_closed_case_is_reopened_at_a_step_by_its_owner(in_line, cast):
    for node, person in (("first", HE), ("second", SUN), ("last", cast["starter"])):
        complete(in_line, node, person)
    owner = client_of(cast["owner"])

    page = owner.get(f"/cases/{in_line.number}/").content.decode()
    owner.post(f"/cases/{in_line.number}/reopen/", {"to": "second", "reason": "复核"})
    again = Program(cast["owner"]).post(f"/cases/{in_line.number}/reopen", {"to": "second", "reason": "x"})

    in_line.refresh_from_db()
    assert 'data-opens="reopen"' in page
    assert (in_line.status, in_line.ended_at, again.json()["code"]) == ("running", None, "case_not_closed")
    assert open_task(in_line, "second")


@pytest.fixture
def two_versions(cast):
    """Three cases under the first version, which waits at `first`; the second version calls it otherwise."""
    verb_processes.publish("P-LINE", verb_processes.line())
    cases = [start("P-LINE", cast["starter"], what=f"设备{n}") for n in range(3)]
    for case in cases[:2]:
        complete(case, "prepare", cast["starter"])
    newer = verb_processes.line().replace('id="first"', 'id="primo"').replace('"first"', '"primo"')
    verb_processes.publish("P-LINE", newer.replace("办理first", "办理primo"))
    new, old = (pk for pk, _ in catalogue.version_numbers("P-LINE"))
    return cases, old, new


def test_a_chosen_subset_is_migrated_after_a_dry_run_and_moved_back(two_versions, cast):
    cases, old, new = two_versions
    owner, query = client_of(cast["owner"]), {"from": old, "to": new}

    blind = owner.get("/processes/P-LINE/migration/", query).content.decode()
    seen = owner.get("/processes/P-LINE/migration/", {**query, "map-first": "primo"}).content.decode()
    seen_there = ",".join(case.number for case in cases)
    ticked = [cases[0].number, cases[2].number]
    body = {**query, "map-first": "primo", "seen": seen_there, "case": ticked, "reason": "新版生效"}
    begun = owner.post("/processes/P-LINE/migration/begin/", body)
    jobs.run_jobs()
    versions = [Case.objects.get(pk=case.pk).version_id for case in cases]
    moved = open_task(cases[0], "primo")
    owner.post(f"{begun.url}undo/")
    jobs.run_jobs()

    assert 'value="primo"' in blind
    assert blind.count("checked>") == 1
    assert seen.count("checked>") == 3
    assert (versions, moved.holder) == ([new, old, new], HE)
    assert [Case.objects.get(pk=case.pk).version_id for case in cases] == [old] * 3
    assert open_task(cases[0], "first").holder == HE
    assert list(verification.verify_state([case.pk for case in cases])) == []


def shown(client, query):
    """Return the numbers of the cases in the page's list, and those of them that are ticked."""
    text = client.get("/processes/P-LINE/migration/", query).content.decode()
    ticks = re.findall(r'name="case" form="migrate" value="(\w+)" aria-label="[^"]*"( checked)?>', text)
    return [number for number, _ in ticks], [number for number, checked in ticks if checked]


def turned(client, address, body):
    """Send the list to another page of it and return what is shown there."""
    return shown(client, QueryDict(urlsplit(client.post(address, body).url).query).dict())


def test_the_cases_of_a_migration_are_filtered_by_step_state_and_text(two_versions, cast):
    cases, old, new = two_versions
    owner, query = client_of(cast["owner"]), {"from": old, "to": new, "map-first": "primo"}
    operations.suspend(cases[1].pk, cast["owner"], "等")

    assert shown(owner, {**query, "node": "first"})[0] == [cases[0].number, cases[1].number]
    assert shown(owner, {**query, "status": "suspended"})[0] == [cases[1].number]
    assert shown(owner, {**query, "q": "设备2"})[0] == [cases[2].number]
    assert shown(owner, {**query, "result": "impossible"})[0] == []


def test_what_is_unticked_on_one_page_stays_out_on_the_others(two_versions, cast, monkeypatch):
    cases, old, new = two_versions
    monkeypatch.setattr(migration, "PAGE", 1)
    owner, query = client_of(cast["owner"]), {"from": old, "to": new, "map-first": "primo"}
    first, second = cases[0].number, cases[1].number
    address = "/processes/P-LINE/migration/begin/"

    on_second = turned(owner, address, {**query, "seen": first, "page": 2})
    on_first = turned(owner, address, {**query, "seen": second, "out": first, "case": [second], "page": 1})
    owner.post(address, {**query, "seen": first, "out": first, "reason": "新版生效"})
    jobs.run_jobs()

    assert (on_second, on_first) == (([second], [second]), ([first], []))
    assert [Case.objects.get(pk=case.pk).version_id for case in cases] == [old, new, new]


def test_a_filter_of_the_list_is_the_choice_of_what_moves(two_versions, cast):
    cases, old, new = two_versions
    body = {"from": old, "to": new, "map-first": "primo", "node": "first", "reason": "新版生效"}

    client_of(cast["owner"]).post("/processes/P-LINE/migration/begin/", body)
    jobs.run_jobs()

    assert [Case.objects.get(pk=case.pk).version_id for case in cases] == [new, new, old]


def test_versions_of_another_process_move_nothing(two_versions, cast):
    cases, old, new = two_versions
    verb_processes.publish("P-GATE", verb_processes.gate())
    body = {"from": old, "to": new, "map-first": "primo", "reason": "x"}

    client_of(cast["owner"]).post("/processes/P-GATE/migration/begin/", body)
    jobs.run_jobs()

    assert [Case.objects.get(pk=case.pk).version_id for case in cases] == [old] * 3


def test_cases_that_move_as_a_lot_have_the_rows_of_those_that_move_one_by_one(two_versions, cast):
    (one, other, _), _old, new = two_versions
    move = Move(actor=cast["owner"], version=new, mapping={"first": "primo"}, reason="新版生效")

    answers = bulk_execution.execute_many([(one.pk, move)])
    execution.migrate_case(other.pk, new, {"first": "primo"}, cast["owner"], "新版生效")

    first, second = picture(one), picture(other)
    first["events"][1] = second["events"][1] = None  # what each is about
    assert [type(answer) for answer in answers] == [Accepted]
    assert {**first, "case": None} == {**second, "case": None}
    assert {case.version_id for case in Case.objects.filter(pk__in=[one.pk, other.pk])} == {new}
    assert list(verification.verify_state([one.pk, other.pk])) == []


def test_a_step_that_the_newer_version_dropped_keeps_its_name(two_versions, cast):
    cases, _old, new = two_versions
    complete(cases[0], "first", HE)
    operations.migrate(cases[0].pk, cast["owner"], new, {"first": "primo"}, "新版生效")

    cases[0].refresh_from_db()
    page = client_of(cast["owner"]).get(f"/cases/{cases[0].number}/").content.decode()

    assert cases[0].version_id == new
    assert "办理first" in page


def test_a_case_whose_place_is_not_mapped_stays_and_says_why(two_versions, cast):
    cases, _old, _new = two_versions
    number = catalogue.version_numbers("P-LINE")[0][1]
    body = {
        "verb": "migrate",
        "cases": [cases[0].number],
        "process": "P-LINE",
        "version": number,
        "reason": "x",
    }
    program = Program(cast["owner"])

    begun = program.post("/cases/bulk", body).json()
    jobs.run_jobs()

    row = program.get(f"/bulk/{begun['id']}/cases").json()["items"][0]
    assert (row["state"], row["code"]) == ("refused", "migration_incomplete")
    assert BulkRun.objects.get().state == "done"


def test_the_owner_and_the_supervisor_see_who_looked_at_masked_answers(started, cast):
    from shuli.apps.directory import queries as directory

    record = queries.form_records(started.pk)[0]
    client_of(cast["starter"]).post(f"/cases/{started.number}/forms/{record.pk}/reveal/", {"field": "phone"})
    supervisor = directory.members("post:supervisor")[0]

    for person in (cast["owner"], supervisor):
        text = client_of(person).get("/processes/P-PURCHASE/reveals/").content.decode()
        assert "李敏" in text
        assert "电话" in text
    assert client_of(cast["starter"]).get("/processes/P-PURCHASE/reveals/").status_code == 403


def test_incidents_of_ones_processes_stand_in_one_list_and_are_tried_again_together(cast):
    verb_processes.publish("P-GATE", verb_processes.gate())
    case = start("P-GATE", cast["starter"], what="设备")
    complete(case, "prepare", cast["starter"])
    owner = client_of(cast["owner"])

    page = owner.get("/incidents/").content.decode()
    operations.correct(case.pk, cast["owner"], {"amount": 5}, "补金额")
    owner.post("/bulk/begin/", {"verb": "retry", "case": [case.number]})
    jobs.run_jobs()

    assert case.number in page
    assert case.number not in client_of(cast["starter"]).get("/incidents/").content.decode()
    assert open_task(case, "small")
