from core.engine.play import Play
from shuli.core.bpmn.graph import EventRule
from shuli.core.engine.building import Boundary, bounded, process, task


def with_boundary(**fields):
    event = EventRule(trigger="message", name="cancelled")
    one = Boundary(id="caught", event=event, blocks=(task("undo", person="sue"),), **fields)
    return process(bounded(task("a", person="ann"), one), task("last", person="ann"))


def test_an_interrupting_message_replaces_the_token():
    case = Play(with_boundary()).start()

    case.deliver("cancelled", why="changed")

    assert case.open == ["undo"]
    assert case.marking.variables["why"] == "changed"


def test_a_non_interrupting_message_may_come_again():
    case = Play(with_boundary(interrupting=False)).start()

    case.deliver("cancelled").deliver("cancelled")

    assert case.open == ["a", "undo", "undo"]


def test_nobody_waits_for_it_after_the_activity():
    case = Play(with_boundary()).start().complete("a")

    assert case.marking.subscriptions == {}
