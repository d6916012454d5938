"""Handing over on leaving, merging departments, and what is left behind."""

from datetime import timedelta

import pytest

from shuli.apps.cases import handover, operations, queries
from shuli.apps.cases.models import Case, StartDraft, Task
from shuli.apps.directory import leaving
from shuli.apps.directory import operations as directory_operations
from shuli.apps.directory import queries as directory
from shuli.apps.directory.models import Department, Person
from shuli.kit import clock
from shuli.kit.errors import Denied

PROGRAM = directory_operations.PROGRAM
EVERYTHING = dict.fromkeys(handover.Plan.__dataclass_fields__, "hejia")


@pytest.fixture
def administrator(cast):
    return directory.members("post:system-administrator")[0]


@pytest.fixture
def leaver(started, cast):
    """Return somebody whom everything names: a task, a case, a post, roles, a group, rules both ways, a draft."""
    person = cast["starter"]
    directory_operations.add_place(PROGRAM, person, "service", "owner-new")
    directory_operations.appoint(PROGRAM, "legal", head=person, executive="", liaison=person)
    directory_operations.save_group(PROGRAM, "helpers", name="支援组", name_en="", is_new=True)
    directory_operations.join_group(PROGRAM, "helpers", "people", person)
    now = clock.now()
    for one, other in ((person, "wutao"), ("chenjing", person)):
        directory_operations.arrange_substitute(one, one, other, now, now + timedelta(days=5))
    operations.save_start_draft("P-PURCHASE", person, {"what": "纸"})
    return person


def handed(administrator, leaver, **plan):
    return handover.hand_over(administrator, leaver, handover.Plan(**plan), "离职转交")


def test_everything_that_names_the_person_is_found(leaver):
    counts = handover.held_by(leaver).counts()

    assert counts == {
        "tasks": 1,
        "custody": 0,
        "posts": 2,
        "roles": 2,
        "groups": 1,
        "substitutions": 2,
        "processes": 0,
        "drafts": 1,
    }
    posts = {post.code: post.is_alone for post in leaving.named(leaver).posts}
    assert posts == {"service-agent": False, "owner-new": False}


def test_one_batch_gives_everything_to_its_successors(leaver, started, administrator):
    report = handed(administrator, leaver, **EVERYTHING | {"roles": "wutao"})

    assert (report.moved, report.refused, report.left) == (9, (), 0)
    assert Task.objects.get(case=started, node="detail").holder == "hejia"
    assert directory.head("legal") == "wutao"
    assert "hejia" in directory.members("group:helpers")
    assert {"post:owner-new", "post:service-agent"} <= set(directory.pools_of("hejia"))
    assert directory.substitute_of("chenjing", "P-PURCHASE") == "hejia"
    assert directory.substitute_of(leaver, "P-PURCHASE") is None
    assert StartDraft.objects.get().person == "hejia"


def test_a_batch_can_be_run_again_and_does_nothing_twice(leaver, started, administrator):
    handed(administrator, leaver, tasks="hejia")
    before = Task.objects.get(case=started, node="detail")

    again = handed(administrator, leaver, **EVERYTHING)
    third = handed(administrator, leaver, **EVERYTHING)

    after = Task.objects.get(case=started, node="detail")
    assert (again.moved, third.moved, third.left) == (8, 0, 0)
    assert (after.holder, after.transfers) == (before.holder, before.transfers) == ("hejia", 1)


def test_what_cannot_be_given_is_told_and_stays(leaver, started, administrator):
    Case.objects.filter(pk=started.pk).update(status="suspended")
    started.refresh_from_db()
    Case.objects.filter(pk=started.pk).update(marking={**started.marking, "status": "suspended"})

    report = handed(administrator, leaver, **EVERYTHING)

    assert report.refused == ((started.number, "case_not_running"),)
    assert report.left == 1


def test_the_account_closes_only_when_nothing_names_the_person(leaver, administrator):
    assert handover.close_account(administrator, leaver).code == "still_named"
    assert Person.objects.get(username=leaver).is_active

    handed(administrator, leaver, **EVERYTHING)

    assert handover.close_account(administrator, leaver) is None
    assert not Person.objects.get(username=leaver).is_active


def test_what_a_case_still_asks_of_who_left_goes_to_the_successor(leaver, started, administrator, cast):
    handed(administrator, leaver, **EVERYTHING)
    handover.close_account(administrator, leaver)
    detail = Task.objects.get(case=started, node="detail")
    operations.complete(detail.pk, "hejia", {}, operations.Verdict())
    tech = Task.objects.get(case=started, node="tech")

    operations.return_task(tech.pk, cast["tech"], "detail", "再补充")

    assert Task.objects.get(case=started, node="detail", state="open").holder == "hejia"
    assert directory.active_username(leaver) == "hejia"


def test_a_first_responder_who_leaves_hands_on_the_case(started, administrator, cast):
    from shuli.apps.cases import execution
    from shuli.core.engine import commands as c

    execution.execute(started.pk, c.Entrust(person=cast["starter"]))
    assert handover.held_by(cast["starter"]).counts()["custody"] == 1

    handed(administrator, cast["starter"], custody="hejia")

    started.refresh_from_db()
    assert (started.custodian, started.marking["custodian"]) == ("hejia", "hejia")
    assert queries.case_for("hejia", started.number) is not None


def test_only_administrators_hand_over_and_never_to_the_same_person(leaver, administrator):
    assert isinstance(handover.hand_over("wutao", leaver, handover.Plan(**EVERYTHING), ""), Denied)
    assert handed(administrator, leaver, tasks=leaver).code == "successor_is_same"
    assert handed(administrator, leaver, tasks="nobody").code == "no_such_person"


def test_the_page_shows_first_what_will_be_done(leaver, administrator, client, started):
    client.force_login(Person.objects.get(username=administrator))
    address = f"/organisation/people/of/{leaver}/hand-over/"
    assert "采购" not in client.get(address).content.decode()  # an administrator sees no case by office
    assert started.number in client.get(address).content.decode()

    page = client.post(address, {"step": "preview", "everything": "hejia"}).content.decode()
    assert Task.objects.get(case=started, node="detail").holder == leaver
    assert "何佳" in page
    client.post(address, {"step": "do", "everything": "hejia"})

    assert Task.objects.get(case=started, node="detail").holder == "hejia"
    assert "可以注销" in client.get(address).content.decode()


# Departments --------------------------------------------------------------------------------------------


def test_a_merged_departments_people_posts_head_and_open_pools_go_to_the_other(started, cast, administrator):
    detail = Task.objects.get(case=started, node="detail")
    operations.complete(detail.pk, cast["starter"], {}, operations.Verdict())
    tech = Task.objects.get(case=started, node="tech")

    directory_operations.merge_department(administrator, "tech", "rnd")

    rnd_engineer = directory.members("post:rnd-engineer")[0]
    assert directory.main_department(cast["tech"]) == "rnd"
    assert operations.claim(tech.pk, rnd_engineer) == operations.Done(case_id=started.pk)
    assert directory.head("tech") == directory.head("rnd")
    assert not Department.objects.get(code="tech").is_active


def test_a_department_is_not_merged_into_itself_its_part_or_a_closed_one(administrator, cast):
    merge = directory_operations.merge_department

    assert merge(administrator, "tech", "tech").code == "department_circle"
    assert merge(administrator, "production", "quality").code == "department_circle"
    assert isinstance(merge(administrator, "tech", "rnd"), Department)
    assert merge(administrator, "rnd", "tech").code == "department_closed"
    assert merge(administrator, "tech", "legal").code == "department_closed"


def test_a_head_sees_the_tasks_of_who_moved_away_and_pools_follow_by_themselves(started, cast, administrator):
    head = cast["service_head"]
    assert handover.unattended(head) == []

    directory_operations.move_person(administrator, cast["starter"], "legal")

    (task,) = handover.unattended(head)
    assert (task.node, task.holder) == ("detail", cast["starter"])
    assert handover.unattended(cast["stranger"]) == []
    assert cast["starter"] not in directory.members("department:service")


def test_a_task_of_a_closed_account_is_left_behind(started, cast, administrator, client):
    directory_operations.disable_person(administrator, cast["starter"])

    client.force_login(Person.objects.get(username=cast["service_head"]))
    page = client.get("/left-behind/").content.decode()

    assert started.number in page
