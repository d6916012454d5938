from core.engine.play import Play
from shuli.core.bpmn.graph import StandardLoop
from shuli.core.engine.building import process, sub_process, task


def looped(sub=False, **rule):
    loop = StandardLoop(**rule)
    block = (
        sub_process("l", task("x", person="ann"), loop=loop) if sub else task("l", person="ann", loop=loop)
    )
    return Play(process(block, task("last", person="sue"))).start(again=True)


def test_it_repeats_while_its_condition_holds():
    case = looped(condition="again").complete("l").complete("l")
    assert case.open == ["l"]

    assert case.complete("l", answers={"again": False}).open == ["last"]


def test_a_maximum_ends_it():
    case = looped(condition="again", maximum=2).complete("l").complete("l")

    assert case.open == ["last"]


def test_it_can_be_tested_before():
    case = Play(process(task("l", person="ann", loop=StandardLoop(condition="again", test_before=True))))

    assert case.start(again=False).status == "approved"


def test_the_counter_can_be_read():
    case = looped(condition="loopCounter < 3").complete("l").complete("l").complete("l")

    assert case.open == ["last"]


def test_a_sub_process_can_be_repeated():
    case = looped(sub=True, maximum=2).complete("x")
    assert case.open == ["x"]

    assert case.complete("x").open == ["last"]


def test_a_condition_that_fails_is_an_incident_that_goes_on_where_it_stopped():
    case = looped(condition="more").complete("l")
    assert case.incidents == ["expression_error"]

    assert case.retry(more=True).open == ["l"]
