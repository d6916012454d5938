import msgspec

from core.engine.play import Play, c
from shuli.core.bpmn.graph import EventRule
from shuli.core.engine import ELEMENTS, Marking, apply, decide, replay, unsupported
from shuli.core.engine.building import node, parallel, process, task

GRAPH = process(parallel([task("a", person="ann")], [task("b", person="bob")]), task("last", person="sue"))


def test_the_marking_that_is_given_in_stays_as_it_is():
    case = Play(GRAPH).start()
    before = msgspec.json.encode(case.marking)

    decide(GRAPH, case.marking, case.completion("a"), case.world)

    assert msgspec.json.encode(case.marking) == before


def test_the_same_command_twice_leads_to_the_same_events():
    case = Play(GRAPH).start()
    command = case.completion("a")

    answers = [decide(GRAPH, case.marking, command, case.world) for _ in range(2)]

    assert answers[0] == answers[1]


def test_applying_the_events_leads_to_the_marking():
    case = Play(GRAPH).start()
    first = list(case.events)
    answer = decide(GRAPH, case.marking, case.completion("a"), case.world)
    marking = replay(first)

    for event in answer.events:
        marking = apply(marking, event)

    assert marking == answer.marking


def test_a_refused_command_says_why_and_has_no_events():
    assert Play(GRAPH).refused(c.Claim(actor="ann", seat=1)).code == "case_not_running"


def test_a_graph_with_an_element_that_cannot_run_is_named():
    graph = process(node("intermediate_throw_event", "c", event=EventRule(trigger="multiple")))

    assert unsupported(graph) == ("c",)
    assert unsupported(GRAPH) == ()


def test_and_would_stop_there_with_an_incident():
    event = EventRule(trigger="multiple")

    case = Play(process(node("intermediate_throw_event", "c", event=event))).start()

    assert case.incidents == ["not_supported"]


def test_every_element_of_the_table_has_a_name_that_a_graph_can_have():
    kinds = {key.split(":")[0] for key in ELEMENTS}

    assert all(key.split(":")[0].endswith("event") for key in ELEMENTS if ":" in key)
    assert {"user_task", "parallel_gateway", "sub_process", "call_activity"} <= kinds


def test_a_new_case_is_a_draft():
    assert Marking().status == "draft"
