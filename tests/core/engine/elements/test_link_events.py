from core.engine.play import Play
from shuli.core.bpmn.graph import Duty, EventRule, Flow, Node, Performer
from shuli.core.engine.building import graph_of

ANN = Duty(performer=Performer(kind="person", value='"ann"'))


def graph(target):
    link = EventRule(trigger="link", name="A")
    nodes = [
        Node(id="start", kind="start_event"),
        Node(id="out", kind="intermediate_throw_event", event=link, link_target=target),
        Node(id="in", kind="intermediate_catch_event", event=link),
        Node(id="a", kind="user_task", duty=ANN),
    ]
    flows = [Flow(id="f1", source="start", target="out"), Flow(id="f2", source="in", target="a")]
    return graph_of(nodes, flows)


def test_the_token_goes_on_at_the_other_end():
    case = Play(graph("in")).start()

    assert case.open == ["a"]


def test_a_link_without_its_other_end_is_an_incident():
    case = Play(graph(None)).start()

    assert case.incidents == ["link_without_target"]
