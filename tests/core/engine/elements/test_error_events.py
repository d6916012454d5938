"""The error end event and the boundary event that catches it."""

from core.engine.play import Play
from shuli.core.bpmn.graph import EventRule
from shuli.core.engine.building import Boundary, bounded, choice, end, process, sub_process, task


def catching(name, node_id, person):
    event = EventRule(trigger="error", name=name)
    return Boundary(id=node_id, event=event, blocks=(task(f"{node_id}_task", person=person),))


def graph(*boundaries, thrown="stock"):
    part = sub_process("part", task("x", person="ann"), end("fail", "error", name=thrown))
    return process(bounded(part, *boundaries) if boundaries else part, task("last", person="ann"))


def test_the_boundary_event_of_the_sub_process_catches_by_name():
    case = Play(graph(catching(None, "all", "bob"), catching("stock", "stock", "sue"))).start()

    case.complete("x")

    assert case.open == ["stock_task"]
    assert case.marking.scopes == {}


def test_one_without_a_name_catches_all():
    case = Play(graph(catching("other", "other", "sue"), catching(None, "all", "bob"))).start()

    case.complete("x")

    assert case.open == ["all_task"]


def test_an_error_goes_outward_until_somebody_catches_it():
    inner = sub_process("inner", task("x", person="ann"), end("fail", "error", name="stock"))
    outer = bounded(sub_process("outer", inner), catching("stock", "stock", "sue"))
    case = Play(process(outer)).start()

    case.complete("x")

    assert case.open == ["stock_task"]


def test_an_error_that_nobody_catches_fails_the_case():
    case = Play(graph()).start().complete("x")

    assert case.status == "failed"


def test_an_error_end_at_the_top_fails_the_case():
    case = Play(process(choice(("bad", [end("fail", "error", name="E1")]), (None, [])))).start(bad=True)

    assert case.status == "failed"
