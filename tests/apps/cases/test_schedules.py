"""Processes that start by themselves: once, whatever number of workers, and as their owner wants."""

from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from django.db import connection
from django.utils import translation

from apps.cases.conftest import MONDAY
from shuli.apps.cases import schedules as starting
from shuli.apps.cases import timers
from shuli.apps.cases.models import Case
from shuli.apps.catalogue import operations as catalogue
from shuli.apps.catalogue import queries as register
from shuli.apps.catalogue import schedules
from shuli.apps.catalogue.models import Schedule
from shuli.apps.catalogue.presentation import process_page
from shuli.apps.directory import operations as directory_operations
from shuli.apps.directory import queries as directory
from shuli.kit import clock

DAILY = "<bpmn:timeCycle>R/2026-11-17T09:00/P1D</bpmn:timeCycle>"
MODEL = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:shuli="urn:shuli:bpmn:1"
    id="d" targetNamespace="test"><bpmn:process id="p" name="晨会" isExecutable="true">
  <bpmn:extensionElements><shuli:process key="P-MORNING" owner="owner-complaint"/></bpmn:extensionElements>
  <bpmn:startEvent id="every_day"><bpmn:timerEventDefinition id="t">{rule}</bpmn:timerEventDefinition></bpmn:startEvent>
  <bpmn:userTask id="meet" name="开会"><bpmn:extensionElements><shuli:duty><shuli:lead>"service"</shuli:lead></shuli:duty>
  </bpmn:extensionElements></bpmn:userTask><bpmn:endEvent id="end"/>
  <bpmn:sequenceFlow id="f1" sourceRef="every_day" targetRef="meet"/>
  <bpmn:sequenceFlow id="f2" sourceRef="meet" targetRef="end"/></bpmn:process></bpmn:definitions>"""


def publish(rule=DAILY, note=""):
    facts = {"key": "P-MORNING", "name": {"zh": "晨会", "en": "Morning meeting"}}
    bpmn = MODEL.format(rule=rule).replace("开会", f"开会{note}")
    installed = catalogue.publish(catalogue.Package(facts=facts, bpmn=bpmn, forms={}))
    assert not installed.is_refused, installed


@pytest.fixture
def morning(db, at_monday):
    directory_operations.load_example_company()
    publish()
    return directory.members("post:owner-complaint")[0]


def started():
    return list(Case.objects.filter(process_key="P-MORNING").order_by("pk"))


def test_a_case_is_started_at_its_moment_by_the_program(morning):
    timers.advance_clock(datetime(2026, 11, 17, 0, 59, tzinfo=UTC))
    assert started() == []

    timers.advance_clock(datetime(2026, 11, 17, 1, 0, tzinfo=UTC))

    (case,) = started()
    assert (case.starter, case.status) == ("system", "running")
    assert case.variables["scheduled_at"] == "2026-11-17T01:00:00+00:00"
    assert Schedule.objects.get().next_at == datetime(2026, 11, 18, 1, 0, tzinfo=UTC)


def test_each_day_that_the_clock_passes_has_its_case(morning):
    timers.advance_clock(MONDAY + timedelta(days=5))

    assert len(started()) == 5


def test_what_was_missed_is_started_once(morning):
    clock.move_to(MONDAY + timedelta(days=5))

    assert timers.fire_due() == 1
    assert timers.fire_due() == 0
    assert len(started()) == 1


def test_a_new_version_with_the_same_rule_goes_on_and_another_rule_begins_anew(morning):
    before = Schedule.objects.get().since
    clock.advance(hours=1)
    publish(note="十分钟")
    assert Schedule.objects.get().since == before

    publish("<bpmn:timeCycle>R/2026-11-20T09:00/P7D</bpmn:timeCycle>")

    assert Schedule.objects.get().next_at == datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


def test_a_start_that_is_no_longer_in_the_model_is_over(morning):
    publish("<bpmn:timeDate>2020-01-01</bpmn:timeDate>")

    timers.advance_clock(MONDAY + timedelta(days=9))

    assert started() == []
    assert schedules.of_process("P-MORNING") == []


def test_its_owner_pauses_it_and_lets_it_go_on_without_what_was_left_out(morning):
    assert schedules.pause("P-MORNING", "every_day", "limin").status == 403
    schedules.pause("P-MORNING", "every_day", morning)
    timers.advance_clock(MONDAY + timedelta(days=3))
    assert started() == []

    schedules.resume("P-MORNING", "every_day", morning)
    timers.advance_clock(MONDAY + timedelta(days=4))

    assert len(started()) == 1


def test_the_process_page_says_when_it_starts_next_and_lets_the_owner_pause(
    morning, client, django_user_model
):
    client.force_login(django_user_model.objects.get(username=morning))
    page = client.get("/processes/P-MORNING/").content.decode()
    assert "每 1 自然日" in page
    assert "下次：11-17 09:00" in page

    client.post("/processes/P-MORNING/starts/every_day/", {"pause": "on"})

    assert Schedule.objects.get().paused_by == morning
    assert "继续" in client.get("/processes/P-MORNING/").content.decode()


def test_nobody_starts_by_hand_what_only_the_clock_starts(morning):
    assert not register.may_start("P-MORNING", "limin")


def test_a_failing_start_leaves_the_schedule_due_and_holds_up_nobody(morning, monkeypatch):
    clock.move_to(MONDAY + timedelta(days=1))
    monkeypatch.setattr(starting.execution, "start", lambda *_: 1 / 0)
    assert timers.fire_due() == 0

    monkeypatch.undo()

    assert (timers.fire_due(), len(started())) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_several_workers_start_one_case(django_db_blocker):
    with clock.frozen(MONDAY):
        directory_operations.load_example_company()
        publish()

    def work():
        with clock.frozen(MONDAY + timedelta(days=1)):
            timers.fire_due()
        connection.close()

    workers = [Thread(target=work) for _ in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert len(started()) == 1


def test_limits_are_longer_in_a_transition_and_only_for_what_begins_then(started_purchase_in_transition):
    before, during, after = started_purchase_in_transition

    assert (before, during, after) == ("2026-11-17 10:00", "2026-11-17 15:00", "2026-11-24 10:00")


@pytest.fixture
def started_purchase_in_transition(purchase):
    """Return when the first step is due that begins before, in and after a transition with limits 1.5 times as long."""
    from decimal import Decimal

    from django.utils import timezone

    from shuli.apps.cases import operations
    from shuli.apps.cases.models import Task
    from shuli.apps.catalogue import transition

    def due(title):
        operations.start_case("P-PURCHASE", "limin", {"what": title, "amount": "5"})
        return f"{timezone.localtime(Task.objects.get(case__title=title).due_at):%Y-%m-%d %H:%M}"

    owner, today = directory.members("post:owner-complaint")[0], directory.today()
    found = [due("之前")]
    transition.set_buffer(owner, "P-PURCHASE", Decimal("1.5"), today, today + timedelta(days=3))
    with translation.override("zh-hans"):
        assert "1.5" in process_page(register.process("P-PURCHASE"), owner)["buffer_line"]
    found.append(due("之中"))
    clock.advance(days=7)
    return [*found, due("之后")]


def test_a_transition_needs_the_owner_two_days_and_a_factor_that_lengthens(purchase):
    from datetime import date
    from decimal import Decimal

    from shuli.apps.catalogue.transition import set_buffer

    owner, first, last = directory.members("post:owner-complaint")[0], date(2026, 11, 17), date(2026, 11, 18)

    assert set_buffer("limin", "P-PURCHASE", Decimal(2), first, last).code == "process_owner_only"
    assert set_buffer(owner, "P-PURCHASE", Decimal(2), last, first).code == "buffer_days_unusable"
    assert set_buffer(owner, "P-PURCHASE", Decimal(2), first, None).code == "buffer_days_unusable"
    assert set_buffer(owner, "P-PURCHASE", Decimal("0.5"), first, last).code == "buffer_unusable"
