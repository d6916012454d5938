from core.engine.play import Play
from shuli.core.bpmn.graph import EventRule
from shuli.core.engine.building import node, parallel, process, task

WAIT = node(
    "intermediate_catch_event", "wait", event=EventRule(trigger="conditional", condition="amount > 10")
)


def test_a_condition_that_already_holds_is_passed():
    case = Play(process(WAIT, task("a", person="ann"))).start(amount=11)

    assert case.open == ["a"]


def test_it_is_looked_at_when_variables_change():
    case = Play(process(parallel([WAIT, task("a", person="ann")], [task("b", person="bob")]))).start(amount=1)
    assert case.open == ["b"]

    case.complete("b", answers={"amount": 12})

    assert case.open == ["a"]


def test_a_variable_that_is_not_there_yet_does_not_make_it_true():
    case = Play(process(parallel([WAIT], [task("b", person="bob"), task("c", person="bob")]))).start()

    case.complete("b", answers={"other": 1})

    assert case.at == ["c", "wait"]
    assert case.incidents == []
