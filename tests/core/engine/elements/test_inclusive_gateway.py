import pytest

from core.engine.play import Play
from shuli.core.bpmn.graph import Duty, Flow, Node, Performer
from shuli.core.engine.building import end, graph_of, inclusive, process, task

ANN = Duty(performer=Performer(kind="person", value='"ann"'))


def graph(default=False):
    ways = [("x > 1", [task("a", person="ann")]), ("x > 2", [task("b", person="ann")])]
    return process(
        inclusive(*ways, *([(None, [task("c", person="ann")])] if default else [])),
        task("last", person="ann"),
    )


@pytest.mark.parametrize(("x", "taken"), [(2, ["a"]), (3, ["a", "b"])])
def test_it_takes_every_flow_whose_condition_holds_and_joins_exactly_those(x, taken):
    case = Play(graph()).start(x=x)
    assert case.open == taken

    for name in taken:
        case.complete(name)

    assert case.open == ["last"]


def test_it_takes_the_default_when_none_holds():
    assert Play(graph(default=True)).start(x=0).open == ["c"]


def test_without_a_default_it_is_an_incident():
    case = Play(graph()).start(x=0)
    assert case.incidents == ["no_condition_true"]

    assert case.retry(x=2).open == ["a"]


def test_the_join_does_not_wait_for_a_branch_that_has_ended():
    ways = inclusive(("true", [task("a", person="ann"), end("e1")]), ("true", [task("b", person="bob")]))
    case = Play(process(ways, task("last", person="ann")), model_breaks=("branches",)).start()

    case.complete("b")
    assert case.at == ["a", "or1_join"]

    assert case.complete("a").open == ["last"]


def unpaired():
    """A join that closes no fork: one of its flows leaves an exclusive gateway by the way."""
    kinds = {
        "start": "start_event",
        "f": "inclusive_gateway",
        "x": "exclusive_gateway",
        "j": "inclusive_gateway",
    }
    nodes = [Node(id=name, kind=kind) for name, kind in kinds.items()]
    nodes += [Node(id=name, kind="user_task", duty=ANN) for name in ("a", "b", "last")]
    nodes.append(Node(id="aside", kind="end_event"))
    conditions = {"f-a": "true", "f-b": "true", "x-j": "y = 1", "x-aside": "y = 2"}
    ways = ["start-f", "f-a", "f-b", "a-x", "x-j", "x-aside", "b-j", "j-last"]
    flows = [
        Flow(id=way, source=way.split("-")[0], target=way.split("-")[1], condition=conditions.get(way))
        for way in ways
    ]
    return graph_of(nodes, flows)


def test_a_join_without_its_fork_waits_as_long_as_a_token_can_still_come():
    case = Play(unpaired()).start(y=1).complete("b")
    assert case.at == ["a", "j"]

    assert case.complete("a").open == ["last"]


def test_and_goes_on_when_none_can():
    case = Play(unpaired()).start(y=2).complete("b")

    assert case.complete("a").open == ["last"]
