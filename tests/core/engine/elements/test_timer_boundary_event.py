from datetime import UTC, datetime

from core.engine.play import Play, e
from shuli.core.bpmn.graph import Multiple
from shuli.core.engine.building import Boundary, bounded, process, sub_process, task, timer_event
from shuli.core.worktime import Offset, Repeat, WorkingDays


def with_boundary(event, activity=None, **fields):
    late = Boundary(id="late", event=event, blocks=(task("chase", person="sue"),), **fields)
    return process(bounded(activity or task("a", person="ann"), late), task("last", person="ann"))


def test_an_interrupting_timer_replaces_the_token():
    case = Play(with_boundary(timer_event("PT1H"))).start()

    case.wait(hours=1)

    assert case.open == ["chase"]
    assert case.happened(e.VisitClosed)[0].reason == "late"
    assert case.complete("chase").open == ["last"]


def test_it_dies_with_its_activity():
    case = Play(with_boundary(timer_event("PT1H"))).start().complete("a")

    assert case.marking.timers == {}
    assert case.wait(hours=2).open == ["last"]


def test_a_non_interrupting_timer_starts_a_path_of_its_own():
    case = Play(with_boundary(timer_event("PT1H"), interrupting=False)).start()

    case.wait(hours=1)
    assert case.open == ["a", "chase"]
    case.complete("a").complete("last")
    assert case.status == "running"

    assert case.complete("chase").status == "approved"


def test_a_cycle_fires_as_often_as_it_says():
    case = Play(with_boundary(timer_event("R3/PT1H", kind="cycle"), interrupting=False)).start()

    case.wait(hours=10)

    assert case.open == ["a", "chase", "chase", "chase"]


def test_a_repeating_timer_keeps_its_number():
    case = Play(with_boundary(timer_event("R/P1D", kind="cycle"), interrupting=False)).start()
    number = next(iter(case.marking.timers))

    case.wait(days=2)

    assert [fired.timer for fired in case.happened(e.TimerFired)] == [number, number]
    assert case.marking.timers[number].count == 2


def test_a_missed_rhythm_is_not_caught_up():
    case = Play(with_boundary(timer_event("R/PT1H", kind="cycle"), interrupting=False)).start()
    case.world.now = case.world.now.replace(hour=10)  # the server was down for nine hours

    case.wait(minutes=0)

    assert case.open == ["a", "chase"]


def test_a_cycle_can_go_by_working_time():
    every_two_days = Offset(amount=2, unit="working_days", repeat=Repeat(every=2, unit="working_days"))
    case = Play(with_boundary(timer_event(kind="cycle", repeat=every_two_days), interrupting=False)).start()

    moments = []
    for _ in range(3):
        moments.append(next(iter(case.marking.timers.values())).due_at)
        case.wait(seconds=(moments[-1] - case.world.now).total_seconds())

    assert moments == [datetime(2026, 3, day, 10, tzinfo=UTC) for day in (3, 5, 9)]


def test_a_limit_in_working_days_goes_by_the_lead_department_s_calendar():
    case = Play(with_boundary(timer_event(limit=WorkingDays(amount=1)))).start()

    assert next(iter(case.marking.timers.values())).due_at == datetime(2026, 3, 2, 10, tzinfo=UTC)


def test_on_a_sub_process_it_cancels_everything_inside():
    inside = sub_process("part", task("x", person="ann"), task("y", person="bob"))
    case = Play(with_boundary(timer_event("PT1H"), inside)).start().complete("x")

    case.wait(hours=1)

    assert case.open == ["chase"]
    assert case.marking.scopes == {}


def test_on_many_instances_it_is_set_once_and_cancels_all():
    many = task("a", person="ann", multiple=Multiple(cardinality="3"))
    case = Play(with_boundary(timer_event("PT1H"), many)).start()
    assert len(case.marking.timers) == 1

    case.wait(hours=1)

    assert case.open == ["chase"]


def test_a_timer_that_cannot_be_set_stops_the_activity_before_it_begins():
    case = Play(with_boundary(timer_event("length"))).start(length=5)
    assert case.incidents == ["expression_error"]
    assert case.open == []

    case.retry(length="PT1H")

    assert case.open == ["a"]
    assert len(case.marking.timers) == 1
