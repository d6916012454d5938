"""Withdraw, terminate, suspend, resume, retry."""

from datetime import UTC, datetime

import pytest

from core.engine.play import Play, c, e
from shuli.core.bpmn.graph import Call
from shuli.core.engine.building import message, node, parallel, process, task, timer
from shuli.core.worktime import Offset, WorkingHours


def two(**fields):
    return Play(process(task("a", person="bob"), task("b", person="sue"), **fields)).start("ann")


def test_the_starter_withdraws_before_anybody_has_acted():
    case = two().do(c.Withdraw(actor="ann", reason="mistake"))

    assert (case.status, case.at) == ("withdrawn", [])
    assert case.happened(e.CaseEnded)[0].reason == "mistake"


def test_after_that_it_is_refused_with_who_has_acted():
    case = two().complete("a")

    answer = case.refused(c.Withdraw(actor="ann"))

    assert (answer.code, answer.params["who"]) == ("withdraw_not_allowed", ["bob"])


def test_what_the_starter_did_does_not_count():
    case = Play(process(task("a", person="ann"), task("b", person="sue"))).start("ann").complete("a")

    assert case.do(c.Withdraw(actor="ann")).status == "withdrawn"


@pytest.mark.parametrize(("policy", "allowed"), [("any_time", True), ("never", False)])
def test_the_process_says_when_a_case_may_be_withdrawn(policy, allowed):
    case = two(withdraw=policy)
    if allowed:
        case.complete("a")

    answer = case.ask(c.Withdraw(actor="ann"))

    assert (case.status == "withdrawn") is allowed
    assert allowed or answer.code == "never_withdrawn"


def test_only_the_starter_withdraws():
    assert two().refused(c.Withdraw(actor="bob")).code == "not_starter"


def test_terminating_cancels_everything_with_a_reason():
    branches = parallel([task("a", person="ann"), timer("t", "PT1H")], [message("m", "reply")])
    case = Play(process(branches)).start().complete("a")
    assert case.refused(c.Terminate(actor="sue", reason="")).code == "reason_missing"

    case.do(c.Terminate(actor="sue", reason="duplicate"))

    assert (case.status, case.at, case.marking.timers) == ("terminated", [], {})
    assert case.happened(e.CaseEnded)[0].reason == "duplicate"


# Standing still -----------------------------------------------------------------------------------------


def limited():
    reminders = (Offset(amount=1, when="before"),)
    return Play(
        process(task("a", person="ann", limits=(WorkingHours(amount=4),), reminders=reminders))
    ).start()


def test_nothing_can_be_done_while_a_case_stands_still():
    case = limited()
    command = case.completion("a")
    case.do(c.Suspend(actor="sue", reason="strike"))

    answer = case.refused(command)

    assert (answer.code, answer.params) == ("case_not_running", {"status": "suspended"})
    assert case.marking.timers == {}


def test_the_working_time_that_was_left_is_kept_and_not_the_date():
    case = limited().wait(hours=2)  # eleven o'clock; the lunch break is from twelve to one, due at two
    case.do(c.Suspend(actor="sue")).wait(days=1)

    case.do(c.Resume(actor="sue"))

    assert case.visits("a")[0].due_at == datetime(2026, 3, 3, 6, tzinfo=UTC)
    moments = {timer.kind: timer.due_at for timer in case.marking.timers.values()}
    assert moments == {
        "due": datetime(2026, 3, 3, 6, tzinfo=UTC),
        "reminder": datetime(2026, 3, 3, 4, tzinfo=UTC),
    }


def test_a_fixed_date_stays_and_a_duration_keeps_its_rest():
    branches = parallel([timer("date", "2026-03-05T09:00:00+08:00", kind="date")], [timer("length", "P3D")])
    case = Play(process(branches)).start()
    case.do(c.Suspend(actor="sue")).wait(days=1)

    case.do(c.Resume(actor="sue"))

    moments = {timer.node: timer.due_at for timer in case.marking.timers.values()}
    assert moments == {
        "date": datetime(2026, 3, 5, 1, tzinfo=UTC),
        "length": datetime(2026, 3, 6, 1, tzinfo=UTC),
    }


def test_what_arrives_while_it_stands_still_counts_when_it_goes_on():
    call = node("call_activity", "call", call=Call(process="P-OTHER"))
    case = Play(process(parallel([message("m", "reply")], [call]), task("last", person="ann"))).start()
    child = next(iter(case.marking.children))
    case.do(c.Suspend(actor="sue"))

    case.deliver("reply", x=1).deliver("reply", x=2).do(c.ChildEnded(child=child, status="approved"))
    assert case.at == ["call", "m"]

    assert case.do(c.Resume(actor="sue")).open == ["last"]
    assert case.marking.variables["x"] == 1


def test_a_case_that_stands_still_can_be_terminated():
    case = limited().do(c.Suspend(actor="sue")).do(c.Terminate(actor="sue", reason="x"))

    assert (case.status, case.marking.paused) == ("terminated", {})


def test_suspending_and_resuming_twice_is_refused():
    case = limited()
    assert case.refused(c.Resume(actor="sue")).code == "not_suspended"
    case.do(c.Suspend(actor="sue"))

    assert case.refused(c.Suspend(actor="sue")).code == "case_not_running"


def test_an_incident_that_is_gone_is_refused():
    assert limited().refused(c.Retry(incident=99)).code == "no_such_incident"
