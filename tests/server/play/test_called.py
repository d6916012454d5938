"""Called processes are entered where their model is given; whoever plays stands in one case at a time."""

import json

import pytest

from server.play.tables import replayed, table_of, told
from shuli.core.bpmn.graph import Call
from shuli.core.engine.building import Boundary, bounded, node, process, task, timer_event
from shuli.server.play.automatic import Player


def call(name, key):
    return node("call_activity", name, call=Call(process=key))


def calling():
    return process(task("before"), call("inner", "called"), task("after"), key="caller")


@pytest.fixture
def entered():
    case = table_of(calling(), also=[process(task("work"), key="called")])
    told(case, "1", "1")
    return case


def at(case):
    return sorted({token.node for token in case.session.marking.tokens.values()})


def test_a_called_process_is_entered_and_left_with_its_data(entered):
    assert (entered.session.graph.key, at(entered)) == ("called", ["work"])

    screen = told(entered, "complete work result=5")

    assert (entered.session.graph.key, at(entered)) == ("caller", ["after"])
    assert "caller" in screen


def test_without_its_model_a_call_is_one_step():
    case = table_of(calling())
    told(case, "1", "1")

    assert at(case) == ["inner"]
    told(case, "finish inner")
    assert at(case) == ["after"]


def test_one_goes_up_and_in_again(entered):
    told(entered, "up")
    assert at(entered) == ["inner"]

    told(entered, "enter inner")
    assert at(entered) == ["work"]
    assert "No other case" in told(entered, "up", "up")


def test_the_call_may_still_be_ended_by_decree(entered):
    told(entered, "up", "finish inner")

    assert (at(entered), entered.session.case.called) == (["after"], {})


def test_undo_goes_back_into_the_called_case(entered):
    told(entered, "complete work result=5")

    told(entered, "undo")

    assert (entered.session.graph.key, at(entered)) == ("called", ["work"])
    told(entered, "undo")
    assert (entered.session.graph.key, at(entered)) == ("caller", ["before"])
    assert entered.session.case.called == {}


def test_a_script_with_a_called_case_plays_again(entered):
    told(entered, "up", "enter inner", "complete work result=5", "complete after")

    again = replayed(entered)

    assert again.session.marking == entered.session.marking
    assert again.session.marking.status == "approved"


def test_it_plays_itself_through_both(entered):
    assert Player(entered.session, "en").play(50).how == "ended"
    assert entered.session.graph.key == "caller"


def test_a_process_that_calls_itself_is_not_entered_for_ever():
    round_and_round = process(call("again", "caller"), key="caller")
    case = table_of(round_and_round, also=[round_and_round])

    told(case, "1")

    assert at(case) == ["again"]


def test_programs_are_told_in_which_case_they_are(entered):
    found = json.loads(entered.screen.data())

    assert (found["process"], found["called_by"]) == ("called", ["caller"])


def test_a_timer_of_the_calling_case_fires_while_one_stands_in_the_called_one():
    late = Boundary(id="late", event=timer_event("PT2H"), blocks=(task("rescue"),))
    case = table_of(
        process(bounded(call("inner", "called"), late), key="caller"),
        also=[process(task("work"), key="called")],
    )
    told(case, "1")
    assert at(case) == ["work"]

    told(case, "wait 3h")

    assert (case.session.graph.key, at(case)) == ("caller", ["rescue"])
    assert replayed(case).session.marking == case.session.marking
