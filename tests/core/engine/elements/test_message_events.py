"""The throwing and catching message events, and the message end event."""

from core.engine.play import Play, c, e
from shuli.core.bpmn.graph import EventRule
from shuli.core.engine.building import end, message, node, process, task


def test_a_message_end_event_sends_the_case_s_variables():
    case = Play(process(end("tell", "message", name="done"))).start(amount=5)

    thrown = case.happened(e.MessageThrown)[0]

    assert (thrown.name, thrown.data["amount"]) == ("done", 5)
    assert case.status == "approved"


def test_a_throw_event_sends_and_goes_on():
    event = EventRule(trigger="message", name="order", correlation="number")
    graph = process(node("intermediate_throw_event", "tell", event=event), task("a", person="ann"))

    case = Play(graph).start(number="TS1")

    assert case.happened(e.MessageThrown)[0].correlation == "TS1"
    assert case.open == ["a"]


def test_a_catch_event_waits_for_its_message_and_takes_what_it_brings():
    case = Play(process(message("answer", "reply", correlation="number"), task("a", person="ann")))
    case.start(number="TS1")
    assert next(iter(case.marking.subscriptions.values())).correlation == "TS1"

    case.deliver("reply", amount=7)

    assert case.open == ["a"]
    assert case.marking.variables["amount"] == 7


def test_a_message_counts_once():
    case = Play(process(message("answer", "reply"), task("a", person="ann"))).start()
    subscription = next(iter(case.marking.subscriptions))
    case.deliver("reply")

    answer = case.refused(c.Deliver(subscription=subscription))

    assert answer.code == "no_such_subscription"


def test_a_correlation_that_cannot_be_worked_out_is_an_incident():
    case = Play(process(message("answer", "reply", correlation="number +"))).start()

    assert case.incidents == ["expression_error"]
