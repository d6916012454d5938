"""Which fork pairs with which join, in models that a person would draw and in random ones."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.bpmn.samples import document, flows, nodes
from shuli.core.bpmn import compile_process
from shuli.core.bpmn.compile.blocks import structure_of
from shuli.core.bpmn.graph import EventRule, Flow, Node

AND, XOR, OR = "parallelGateway", "exclusiveGateway", "inclusiveGateway"
START_END = {"s": "startEvent", "e": "endEvent"}


def graph(*pairs: str, more: str = "", **kinds: str):
    found = compile_process(document(nodes(**START_END, **kinds) + flows(*pairs) + more)).graph
    assert found is not None
    return found


def troubles(*pairs: str, more: str = "", **kinds: str) -> list[tuple[str, str]]:
    found = graph(*pairs, more=more, **kinds)
    return [(trouble.code, trouble.element) for trouble in structure_of(found.nodes, "").troubles]


def test_a_fork_and_its_join_know_one_another():
    found = graph("s>f", "f>a", "f>b", "a>j", "b>j", "j>e", f=AND, a="task", b="task", j=AND)

    assert (found.nodes["f"].pair, found.nodes["j"].pair) == ("j", "f")
    assert found.nodes["a"].branches == (("f", "f_a"),)
    assert found.nodes["b"].branches == (("f", "f_b"),)
    assert found.nodes["j"].branches == found.nodes["f"].branches == ()


def test_blocks_lie_inside_one_another():
    found = graph(
        "s>f", "f>g", "f>c", "g>a", "g>b", "a>h", "b>h", "h>j", "c>j", "j>e",
        f=AND, g=AND, h=AND, j=AND, a="task", b="task", c="task",
    )  # fmt: skip

    assert found.nodes["a"].branches == (("f", "f_g"), ("g", "g_a"))
    assert found.nodes["h"].branches == found.nodes["g"].branches == (("f", "f_g"),)
    assert found.nodes["g"].pair == "h"


def test_a_choice_and_a_loop_inside_a_branch_stay_in_the_branch():
    found = graph(
        "s>f", "f>m", "m>a", "a>x", "x>m", "x>j", "f>b", "b>j", "j>e",
        f=AND, j=AND, m=XOR, x=XOR, a="userTask", b="task",
    )  # fmt: skip

    assert found.nodes["f"].pair == "j"
    assert found.nodes["x"].branches == (("f", "f_m"),)


def test_a_loop_around_a_whole_block_leaves_the_pair():
    found = graph(
        "s>m", "m>f", "f>a", "f>b", "a>j", "b>j", "j>x", "x>m", "x>e",
        m=XOR, f=AND, j=AND, x=XOR, a="task", b="task",
    )  # fmt: skip

    assert found.nodes["f"].pair == "j"


def test_an_activity_with_two_ways_out_is_a_fork():
    found = graph("s>a", "a>b", "a>c", "b>j", "c>j", "j>e", a="task", b="task", c="task", j=AND)

    assert found.nodes["a"].pair == "j"


def test_branches_that_all_end_by_themselves_need_no_join():
    found = graph("s>f", "f>a", "f>b", "a>e", "b>e", f=AND, a="task", b="task")

    assert structure_of(found.nodes, "").troubles == ()
    assert found.nodes["f"].pair is None
    assert found.nodes["a"].branches == (("f", "f_a"),)
    assert found.nodes["e"].branches == ()


def test_a_gateway_that_unites_and_divides_becomes_two_nodes():
    found = graph(
        "s>f", "f>a", "f>b", "a>m", "b>m", "m>c", "m>d", "c>j", "d>j", "j>e",
        f=AND, m=AND, j=AND, a="task", b="task", c="task", d="task",
    )  # fmt: skip

    assert (found.nodes["f"].pair, found.nodes["m:fork"].pair) == ("m", "j")
    assert [flow.target for flow in found.nodes["m"].outgoing] == ["m:fork"]
    assert found.nodes["c"].incoming[0].source == "m:fork"


def test_a_terminate_end_may_stand_inside_a_block():
    stop = '<bpmn:endEvent id="stop"><bpmn:terminateEventDefinition/></bpmn:endEvent>'
    pairs = ("s>f", "f>x", "x>stop", "x>j", "f>b", "b>j", "j>e")

    found = graph(*pairs, more=stop, f=AND, x=XOR, b="task", j=AND)

    assert found.nodes["f"].pair == "j"
    assert found.nodes["stop"].branches == (("f", "f_x"),)


def test_the_path_of_an_interrupting_boundary_event_belongs_to_its_branch():
    timer = '<bpmn:boundaryEvent id="t" attachedToRef="a"><bpmn:timerEventDefinition/></bpmn:boundaryEvent>'
    pairs = ("s>f", "f>a", "a>m", "t>c", "c>m", "m>j", "f>b", "b>j", "j>e")

    found = graph(*pairs, more=timer, f=AND, a="task", b="task", c="task", m=XOR, j=AND)

    assert found.nodes["f"].pair == "j"
    assert found.nodes["c"].branches == (("f", "f_a"),)


SIDE = (
    '<bpmn:boundaryEvent id="t" attachedToRef="a" cancelActivity="false"><bpmn:timerEventDefinition/>'
    '</bpmn:boundaryEvent><bpmn:endEvent id="te"/>'
)


def test_the_path_of_a_non_interrupting_boundary_event_ends_by_itself():
    pairs = ("s>f", "f>a", "a>j", "t>c", "c>te", "f>b", "b>j", "j>e")

    found = graph(*pairs, more=SIDE, f=AND, a="task", b="task", c="task", j=AND)

    assert found.nodes["f"].pair == "j"
    assert found.nodes["c"].branches == (("f", "f_a"),)
    assert structure_of(found.nodes, "").troubles == ()


def test_a_side_path_may_fork_and_join_too():
    pairs = ("s>a", "a>e", "t>f", "f>b", "f>c", "b>j", "c>j", "j>te")

    found = graph(*pairs, more=SIDE, a="task", f=AND, b="task", c="task", j=AND)

    assert found.nodes["f"].pair == "j"


def test_what_lies_in_a_sub_process_lies_in_its_branch():
    inner = '<bpmn:subProcess id="sub">' + nodes(i="task") + "</bpmn:subProcess>"
    pairs = ("s>f", "f>sub", "f>b", "sub>j", "b>j", "j>e")

    found = graph(*pairs, more=inner, f=AND, b="task", j=AND)

    assert found.nodes["i"].branches == (("f", "f_sub"),)
    assert found.nodes["i"].scope == "sub"
    assert found.nodes["sub"].starts == ("i",)


@pytest.mark.parametrize(
    ("expected", "pairs", "kinds"),
    [
        (
            ("ends_inside_block", "e2"),
            ("s>f", "f>x", "x>e2", "x>j", "f>b", "b>j", "j>e"),
            {"f": AND, "x": XOR, "e2": "endEvent", "b": "task", "j": AND},
        ),
        (
            ("branch_without_join", "e2"),
            ("s>f", "f>a", "a>j", "f>b", "b>j", "f>c", "c>e2", "j>e"),
            {"f": AND, "a": "task", "b": "task", "c": "task", "e2": "endEvent", "j": AND},
        ),
        (
            ("leaves_block", "f"),
            ("s>m", "m>f", "f>x", "x>m", "x>j", "f>b", "b>j", "j>e"),
            {"m": XOR, "f": AND, "x": XOR, "b": "task", "j": AND},
        ),
        (
            ("branches_meet", "m"),
            ("s>f", "f>a", "f>b", "a>m", "b>m", "m>c", "c>e"),
            {"f": AND, "a": "task", "b": "task", "m": XOR, "c": "task"},
        ),
        (
            ("join_partial", "i"),
            ("s>f", "f>a", "f>b", "f>c", "a>i", "b>i", "i>j", "c>j", "j>e"),
            {"f": AND, "a": "task", "b": "task", "c": "task", "i": AND, "j": AND},
        ),
        (
            ("fork_unpaired", "g"),
            ("s>f", "f>a", "f>g", "g>b", "g>c", "a>j", "b>j", "c>j", "j>e"),
            {"f": AND, "g": AND, "a": "task", "b": "task", "c": "task", "j": AND},
        ),
        (
            ("join_unpaired", "j"),
            ("s>x", "x>a", "x>b", "a>j", "b>j", "j>e"),
            {"x": XOR, "a": "task", "b": "task", "j": AND},
        ),
        (
            ("branch_arrives_twice", "j"),
            ("s>f", "f>x", "x>a", "x>c", "a>j", "c>j", "f>b", "b>j", "j>e"),
            {"f": AND, "x": XOR, "a": "task", "b": "task", "c": "task", "j": AND},
        ),
    ],
)
def test_what_does_not_pair_is_told_with_its_name(expected, pairs, kinds):
    assert expected in troubles(*pairs, **kinds)


def test_a_parallel_join_after_a_conditional_fork_is_told():
    condition = (
        '<bpmn:sequenceFlow id="c" sourceRef="f" targetRef="a"><bpmn:conditionExpression>x</bpmn:conditionExpression>'
        "</bpmn:sequenceFlow>"
    )

    found = troubles("s>f", "f>b", "a>j", "b>j", "j>e", more=condition, f=OR, a="task", b="task", j=AND)

    assert found == [("join_differs", "j")]


def test_a_side_path_that_merges_into_the_main_flow_is_told():
    found = troubles("s>a", "a>b", "b>e", "t>b", more=SIDE, a="task", b="task")

    assert found == [("side_path_merges", "t")]


# Random graphs against a token game of our own ----------------------------------------------------------

KINDS = ("parallel_gateway", "parallel_gateway", "exclusive_gateway", "exclusive_gateway", "task")


@st.composite
def random_nodes(draw):
    size = draw(st.integers(3, 8))
    names = [f"n{index}" for index in range(size)]
    kinds = {name: draw(st.sampled_from(KINDS)) for name in names}
    pairs = [("s", names[0])]
    for index, name in enumerate(names):
        targets = [*names[index + 1 :], "e"] + ([draw(st.sampled_from(names))] if draw(st.booleans()) else [])
        count = 1 if kinds[name] == "task" else draw(st.integers(1, 2))
        pairs += [(name, target) for target in draw(st.permutations(targets))[:count]]
    return {"s": "start_event", **kinds, "e": "end_event"}, sorted(set(pairs))


def built(kinds: dict[str, str], pairs: list[tuple[str, str]]) -> dict[str, Node]:
    """Return the nodes that can be reached, with the flows between them."""
    there = reach(pairs, "s")
    ways = [Flow(id=f"{source}_{target}", source=source, target=target) for source, target in pairs]
    ways = [way for way in ways if way.source in there]
    return {
        name: Node(
            id=name,
            kind=kind,
            event=EventRule(),
            incoming=tuple(way for way in ways if way.target == name),
            outgoing=tuple(way for way in ways if way.source == name),
        )
        for name, kind in kinds.items()
        if name in there
    }


def reach(pairs: list[tuple[str, str]], start: str) -> set[str]:
    seen, waiting = set(), [start]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += [target for source, target in pairs if source == name]
    return seen


def steps(found: dict[str, Node], marking: tuple[str, ...]):
    """Yield every marking that one firing leads to; a marking is the flows that hold a token."""
    for node in found.values():
        arrived = [flow.id for flow in node.incoming if flow.id in marking]
        waits_for_all = node.kind == "parallel_gateway"
        if not arrived or (waits_for_all and len(arrived) < len(node.incoming)):
            continue
        for taken in [arrived] if waits_for_all else [[one] for one in arrived]:
            rest = list(marking)
            for flow in taken:
                rest.remove(flow)
            outgoing = [flow.id for flow in node.outgoing]
            choices = [[one] for one in outgoing] if node.kind == "exclusive_gateway" else [outgoing]
            for chosen in choices if outgoing else [[]]:
                yield tuple(sorted(rest + chosen))


def is_sound(found: dict[str, Node]) -> bool:
    """Play every game to its end: no token is left waiting, no flow holds two tokens."""
    first = tuple(flow.id for flow in found["s"].outgoing)
    seen, waiting = {first}, [first]
    while waiting:
        marking = waiting.pop()
        following = list(steps(found, marking))
        if (marking and not following) or len(set(marking)) < len(marking):
            return False
        new = [one for one in following if one not in seen]
        seen.update(new)
        waiting += new
    return True


@settings(max_examples=600, deadline=None)
@given(drawn=random_nodes())
def test_a_graph_without_trouble_never_gets_stuck(drawn):
    kinds, pairs = drawn
    found = built(kinds, pairs)
    can_end = all("e" in reach(pairs, name) for name in found)
    ends_shared = len(found.get("e", found["s"]).incoming) > 1

    structure = structure_of(found, "")

    if can_end and not structure.troubles and not ends_shared:
        assert is_sound(found)


# Models built of blocks always pair ---------------------------------------------------------------------


class Builder:
    def __init__(self) -> None:
        self.kinds: dict[str, str] = {"s": "start_event"}
        self.pairs: list[tuple[str, str]] = []
        self.expected: dict[str, str] = {}

    def add(self, kind: str, *sources: str) -> str:
        name = f"n{len(self.kinds)}"
        self.kinds[name] = kind
        self.pairs += [(source, name) for source in sources]
        return name

    def part(self, tree, source: str) -> str:
        kind, children = tree
        if kind == "task":
            return self.add("task", source)
        if kind == "sequence":
            for child in children:
                source = self.part(child, source)
            return source
        if kind == "loop":
            merge = self.add("exclusive_gateway", source)
            split = self.add("exclusive_gateway", self.part(children[0], merge))
            self.pairs.append((split, merge))
            return split
        gateway = {"and": "parallel_gateway", "or": "inclusive_gateway", "xor": "exclusive_gateway"}[kind]
        fork = self.add(gateway, source)
        join = self.add(gateway, *[self.part(child, self.add("task", fork)) for child in children])
        if kind != "xor":
            self.expected[fork] = join
        return join


TREES = st.recursive(
    st.just(("task", ())),
    lambda inner: st.tuples(
        st.sampled_from(["sequence", "and", "or", "xor", "loop"]), st.lists(inner, min_size=2, max_size=3)
    ),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None)
@given(tree=TREES)
def test_models_built_of_blocks_pair_as_they_were_built(tree):
    builder = Builder()
    builder.add("end_event", builder.part(tree, "s"))
    found = built(builder.kinds, builder.pairs)

    structure = structure_of(found, "")

    assert {block.fork: block.join for block in structure.blocks} == builder.expected
    assert structure.troubles == ()
