from core.engine.play import Play
from shuli.core.bpmn.graph import EventRule
from shuli.core.engine.building import Boundary, bounded, node, process, task, timer_event

RECEIVE = node("receive_task", "receive", event=EventRule(trigger="message", name="reply"))


def test_it_waits_for_its_message():
    case = Play(process(RECEIVE, task("a", person="ann"))).start()
    assert case.at == ["receive"]

    case.deliver("reply", text="yes")

    assert case.open == ["a"]
    assert case.marking.variables["text"] == "yes"


def test_a_boundary_timer_ends_the_waiting():
    late = Boundary(id="late", event=timer_event("P1D"), blocks=(task("call", person="sue"),))
    case = Play(process(bounded(RECEIVE, late))).start()

    case.wait(days=1)

    assert case.open == ["call"]
    assert case.marking.subscriptions == {}
