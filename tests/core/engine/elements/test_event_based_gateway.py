from core.engine.play import Play
from shuli.core.bpmn.graph import EventRule
from shuli.core.engine.building import message, node, process, race, task, timer


def graph():
    receive = node("receive_task", "mail", event=EventRule(trigger="message", name="letter"))
    return process(
        race(
            (message("reply", "reply"), [task("a", person="ann")]),
            (timer("wait", "P1D"), [task("b", person="bob")]),
            (receive, [task("c", person="sue")]),
        )
    )


def test_it_waits_for_all_its_events():
    case = Play(graph()).start()

    assert case.at == ["race1"]
    assert len(case.marking.subscriptions) == 2
    assert len(case.marking.timers) == 1


def test_the_first_message_decides_and_the_others_are_given_up():
    case = Play(graph()).start().deliver("reply")

    assert case.open == ["a"]
    assert case.marking.timers == case.marking.subscriptions == {}


def test_the_timer_decides_when_nothing_comes():
    assert Play(graph()).start().wait(days=1).open == ["b"]


def test_a_receive_task_can_be_one_of_the_events():
    assert Play(graph()).start().deliver("letter").open == ["c"]
