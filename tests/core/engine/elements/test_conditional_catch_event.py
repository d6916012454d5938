from core.engine.play import Play, c
from shuli.core.bpmn.graph import EventRule, ServiceRule
from shuli.core.engine.building import message, node, parallel, process, task

WAIT = node(
    "intermediate_catch_event", "wait", event=EventRule(trigger="conditional", condition="amount > 10")
)


def test_a_condition_that_already_holds_is_passed():
    case = Play(process(WAIT, task("a", person="ann"))).start(amount=11)

    assert case.open == ["a"]


def test_a_condition_that_came_true_long_before_is_passed_too():
    case = Play(process(task("b", person="bob"), WAIT, task("a", person="ann"))).start(amount=11)

    case.complete("b")

    assert case.open == ["a"]


def test_an_answer_from_outside_makes_it_true():
    work = node("service_task", "ask", service=ServiceRule(kind="worker", name="prices"))
    case = Play(process(parallel([WAIT, task("a", person="ann")], [work]))).start()

    case.do(c.ServiceAnswered(call=next(iter(case.marking.service_calls)), variables={"amount": 12}))

    assert case.open == ["a"]


def test_a_message_makes_it_true():
    case = Play(process(parallel([WAIT, task("a", person="ann")], [message("told", "price")]))).start()

    case.deliver("price", amount=12)

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
