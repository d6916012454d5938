"""Each kind of performer rule with the people of the example company."""

from datetime import timedelta

import pytest
from django.utils import translation

from shuli.apps.cases import operations, workload
from shuli.apps.cases.models import Task
from shuli.apps.cases.world import CompanyWorld
from shuli.apps.catalogue.presentation import performer
from shuli.apps.directory import operations as directory_operations
from shuli.apps.directory import queries as directory
from shuli.core.bpmn.graph import Performer
from shuli.core.engine.building import process, task
from shuli.core.engine.marking import Marking
from shuli.kit import clock

PROGRAM = directory_operations.PROGRAM


@pytest.fixture
def world(purchase):
    return CompanyWorld(now=clock.local_now())


def assign(world, kind, value=None, **case):
    return world.assign(kind, value, Marking(starter="limin", **case), process(owner="owner-complaint"))


def test_the_superior_of_the_starter_of_a_doer_and_of_somebody_named(world):
    first, second = directory.superiors("limin")[:2]

    assert assign(world, "superior").holder == first
    assert assign(world, "superior", 2).holder == second
    assert assign(world, "superior", "wutao").holder == directory.head("tech")
    assert assign(world, "superior", {"of": "draw", "levels": 1}, performers={"draw": "wutao"}).holder == (
        directory.head("tech")
    )


def test_nobody_stands_above_the_program(world):
    assert not world.assign("superior", None, Marking(starter="system"), process()).people


def test_a_group_is_a_pool_of_its_members(world):
    directory_operations.save_group(PROGRAM, "helpers", name="支援组", name_en="Helpers", is_new=True)
    directory_operations.join_group(PROGRAM, "helpers", "posts", "developer")

    found = assign(world, "group", "helpers")

    assert (found.holder, found.pool) == (None, "group:helpers")
    assert set(found.people) == set(directory.members("post:developer"))
    assert world.may_act("wutao", "group:helpers")


def test_whoever_was_chosen_does_it_and_in_a_vote_each_has_a_seat(world):
    assert assign(world, "chosen", "wutao").holder == "wutao"
    assert assign(world, "chosen", ["wutao", "chenjing", "gone"]).people == ("wutao", "chenjing")
    assert not assign(world, "chosen", None).people


def test_the_least_loaded_has_the_fewest_open_tasks_and_of_equals_the_longest_idle(started, cast):
    people = directory.members("post:developer")
    first, second, third = people
    detail = Task.objects.get(case=started, node="detail")
    assert workload.least_loaded(people) == first

    operations.transfer(detail.pk, cast["starter"], first, "帮忙")
    assert workload.least_loaded(people) == second
    operations.transfer(detail.pk, first, second, "帮忙")
    operations.complete(detail.pk, second, {}, operations.Verdict())

    assert workload.least_loaded([second, third]) == third
    assert workload.least_loaded([]) is None


def test_whoever_is_away_gets_no_task_by_load_while_somebody_is_there(world):
    people = directory.members("post:developer")
    first, now = workload.least_loaded(people), clock.now()
    directory_operations.arrange_substitute(first, first, "limin", now, now + timedelta(days=1))

    found = assign(world, "least_loaded", "post:developer")

    assert found.holder == min(set(people) - {first})
    assert found.pool == "post:developer"
    assert workload.least_loaded([first]) == first


@pytest.mark.parametrize(
    ("rule", "zh", "en"),
    [
        (Performer(kind="superior"), "发起人的上级", "the starter's superior"),
        (Performer(kind="superior", value="2"), "发起人的上 2 级领导", "the starter's superior, 2 levels up"),
        (
            Performer(kind="superior", value='"draw"'),
            "“draw”的处理人的上级",
            "the superior of whoever did “draw”",
        ),
        (Performer(kind="group", value='"helpers"'), "支援组成员", "somebody of the group Helpers"),
        (Performer(kind="chosen", value="reviewer"), "由发起人选定", "chosen by the starter"),
        (
            Performer(kind="least_loaded", value='"department:service"'),
            "客服部中任务最少的人",
            "whoever of Service has the least to do",
        ),
    ],
)
def test_a_rule_reads_as_words_on_the_page_of_the_process(world, rule, zh, en):
    directory_operations.save_group(PROGRAM, "helpers", name="支援组", name_en="Helpers", is_new=True)
    graph = process(task("draw", person="limin"))

    with translation.override("zh-hans"):
        assert performer(rule, graph) == zh
    with translation.override("en"):
        assert performer(rule, graph) == en
