import itertools

import pytest

from core.engine.play import Play, c, e
from shuli.core.bpmn.graph import Duty, Flow, Node, Performer
from shuli.core.engine.building import end, graph_of, parallel, process, task

THREE = process(parallel(*[[task(name, person="ann")] for name in "abc"]), task("last", person="ann"))


def test_a_token_goes_over_every_flow():
    assert Play(THREE).start().open == ["a", "b", "c"]


@pytest.mark.parametrize("order", list(itertools.permutations("abc")))
def test_the_join_fires_once_in_whatever_order_the_branches_arrive(order):
    case = Play(THREE).start()

    for name in order:
        case.complete(name)

    assert case.open == ["last"]
    assert len(case.marking.tokens) == 1


def test_an_empty_branch_arrives_at_once():
    case = Play(process(parallel([task("a", person="ann")], []))).start()

    assert case.at == ["a", "and1_join"]
    assert case.complete("a").status == "approved"


def test_what_the_branches_completed_is_known_behind_the_join():
    case = Play(THREE).start().complete("b").complete("a").complete("c")

    assert sorted(case.targets("last")) == ["a", "b", "c"]
    (joined,) = case.happened(e.TokensJoined)
    assert len(joined.others) == 2


ENDS_INSIDE = process(parallel([task("a", person="ann"), end("e1")], [task("b", person="bob")]))


def test_a_branch_that_ends_inside_is_an_incident_and_no_silent_hang():
    case = Play(ENDS_INSIDE, model_breaks=("branches",)).start()

    case.complete("b").complete("a")

    assert case.incidents == ["join_never_completes"]


def test_the_incident_comes_whichever_branch_is_last():
    case = Play(ENDS_INSIDE, model_breaks=("branches",)).start()

    case.complete("a").complete("b")

    assert case.incidents == ["join_never_completes"]


ANN = Duty(performer=Performer(kind="person", value='"ann"'))


def unpaired():
    """Two forks, two joins, crossed: each join takes one branch of each fork, and none closes one."""
    nodes = [Node(id="start", kind="start_event"), Node(id="end", kind="end_event")]
    nodes += [Node(id=name, kind="parallel_gateway") for name in ("f0", "f1", "f2", "j1", "j2", "j0")]
    nodes += [Node(id=name, kind="user_task", duty=ANN) for name in ("a", "b", "c", "d")]
    ways = [
        "start-f0",
        "f0-f1",
        "f0-f2",
        "f1-a",
        "f1-b",
        "f2-c",
        "f2-d",
        "a-j1",
        "c-j1",
        "b-j2",
        "d-j2",
        "j1-j0",
        "j2-j0",
        "j0-end",
    ]
    flows = [Flow(id=way, source=way.split("-")[0], target=way.split("-")[1]) for way in ways]
    return graph_of(nodes, flows)


def test_joins_without_their_forks_count_their_incoming_flows():
    case = Play(unpaired()).start()

    case.complete("a").complete("b").complete("c")
    assert case.at == ["d", "j0", "j2"]

    assert case.complete("d").status == "approved"


def test_there_is_no_return_inside_a_region_whose_forks_and_joins_do_not_pair():
    case = Play(unpaired()).start().complete("a").complete("b")

    assert case.targets("c") == []


def fork_in_a_loop(*ways):
    """Return to the fork again and again; it has no join."""
    nodes = [Node(id="start", kind="start_event"), Node(id="fork", kind="parallel_gateway")]
    nodes += [Node(id="merge", kind="exclusive_gateway")]
    nodes += [Node(id=name, kind="user_task", duty=ANN) for name in ("a", "b")]
    flows = [Flow(id=way, source=way.split("-")[0], target=way.split("-")[1]) for way in ways]
    return graph_of(nodes, flows)


def test_a_branch_that_ends_beside_a_loop_does_not_lengthen_the_case():
    case = Play(fork_in_a_loop("start-merge", "merge-fork", "fork-a", "fork-b", "a-merge")).start()
    for _ in range(5):
        case.complete("a").complete("b")

    assert case.open == ["a", "b"]
    assert max(len(token.path) for token in case.marking.tokens.values()) == 1


def test_tokens_that_multiply_for_ever_stop_as_incidents():
    case = Play(fork_in_a_loop("start-merge", "merge-fork", "fork-merge", "fork-a")).start()
    assert set(case.incidents) == {"step_limit"}

    while "too_many_tokens" not in case.incidents:
        case.do(c.Retry(incident=min(case.marking.incidents)))

    assert len(case.marking.tokens) <= 10_000
