from core.engine.play import Play
from shuli.core.bpmn.graph import Node
from shuli.core.engine.building import graph_of, parallel, process, sub_process, task


def test_its_token_waits_until_the_last_one_inside_has_ended():
    inside = parallel([task("a", person="ann")], [task("b", person="bob")])
    case = Play(process(sub_process("part", inside), task("last", person="sue"))).start()
    assert case.at == ["a", "b", "part"]

    case.complete("a").complete("b")

    assert case.open == ["last"]
    assert case.marking.scopes == {}


def test_sub_processes_nest():
    case = Play(process(sub_process("outer", sub_process("inner", task("a", person="ann"))))).start()
    assert case.at == ["a", "inner", "outer"]

    assert case.complete("a").status == "approved"


def test_what_was_done_inside_is_known_behind_it():
    case = Play(process(sub_process("part", task("a", person="ann")), task("last", person="sue"))).start()

    case.complete("a")

    assert case.targets("last") == ["a"]


def test_what_people_answer_inside_is_a_variable_of_the_case():
    case = Play(process(sub_process("part", task("a", person="ann")), task("last", person="sue"))).start()

    case.complete("a", answers={"x": 1})

    assert case.marking.variables["x"] == 1


def test_without_a_start_event_it_is_an_incident():
    nodes = [Node(id="start", kind="start_event"), Node(id="part", kind="sub_process")]
    from shuli.core.bpmn.graph import Flow

    case = Play(graph_of(nodes, [Flow(id="f", source="start", target="part")])).start()

    assert case.incidents == ["no_start"]
