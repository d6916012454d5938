"""Event sub-processes by message, signal, condition, timer, error and escalation, interrupting and not."""

from core.engine.elements.drawn import played
from core.engine.play import c


def ready(**more):
    return played(__file__).start(urgent=False, fault=False, **more)


def made(**more):
    return ready(**more).complete("check").complete("make")


def finished(case):
    return case.complete("ship").status


def test_the_case_ends_without_asking_those_that_never_began():
    case = made().complete("assist_work").complete("test")

    assert finished(case) == "approved"
    assert case.marking.subscriptions == {}


def test_an_interrupting_one_takes_the_place_of_everything_and_its_end_ends_the_case():
    case = made()

    case.deliver("客户撤单", reason="late")

    assert case.open == ["withdrawn_work"]
    assert case.marking.subscriptions == {}
    assert case.marking.timers == {}
    assert case.complete("withdrawn_work").status == "rejected"


def test_another_runs_beside_the_case_as_often_as_its_message_comes():
    case = ready()

    case.deliver("补充资料").deliver("补充资料")

    assert case.open == ["check", "more_work", "more_work"]


def test_the_case_waits_for_one_that_has_begun():
    case = made().deliver("警报").complete("assist_work").complete("test").complete("ship")
    assert case.open == ["alarm_work"]
    assert case.status == "running"

    assert case.complete("alarm_work").status == "approved"


def test_a_condition_begins_one_once():
    case = ready().complete("check", answers={"urgent": True})
    assert case.open == ["make", "rush_work"]

    case.complete("make", answers={"urgent": True}).complete("rush_work")

    assert "rush_work" not in case.open


def test_a_condition_that_holds_from_the_beginning_is_seen():
    assert played(__file__).start(urgent=True, fault=False).open == ["check", "rush_work"]


def test_an_error_inside_is_dealt_with_in_the_place_of_its_sub_process_which_then_goes_on():
    case = made().complete("assist_work").complete("test", answers={"fault": True})
    assert case.open == ["repair_work"]

    assert case.complete("repair_work").open == ["ship"]


def test_an_escalation_inside_begins_one_beside_the_work():
    assert made().open == ["assist_work", "test"]


def test_a_timer_counts_from_when_its_sub_process_begins_and_dies_with_it():
    case = ready().wait(hours=100).complete("check")

    case.wait(hours=9)
    assert case.open == ["make", "remind_work"]
    case.wait(hours=100)
    assert case.open == ["make", "remind_work", "remind_work"]

    case.complete("make").complete("test").complete("remind_work").complete("remind_work")
    case.complete("assist_work")

    assert case.open == ["ship"]
    assert case.marking.timers == {}


def test_a_return_out_of_the_sub_process_cancels_what_its_events_began():
    case = made()

    case.send_back("test", to="check")

    assert case.open == ["check"]
    assert len(case.marking.subscriptions) == 4


def test_a_return_into_the_sub_process_lets_its_events_wait_again():
    case = made().complete("assist_work").complete("test")
    assert case.marking.timers == {}

    case.send_back("ship", to="make").wait(hours=9)

    assert case.open == ["make", "remind_work"]
    assert case.complete("make").open == ["assist_work", "remind_work", "test"]


def test_nobody_goes_back_from_it_into_what_it_interrupted():
    case = made().complete("assist_work").complete("test", answers={"fault": True})

    assert case.targets("repair_work") == ["check"]
    assert case.send_back("repair_work", to="check").open == ["check"]


def test_suspending_stops_its_clocks():
    case = ready().complete("check").do(c.Suspend()).wait(hours=50)

    case.do(c.Resume())

    assert case.open == ["make"]
    assert case.wait(hours=9).open == ["make", "remind_work"]
