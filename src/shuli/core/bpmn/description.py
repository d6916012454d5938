"""The description table (流程描述表): per group of tasks its nodes, procedure, key point, standard, limits and papers."""

import re

from msgspec import Struct

from shuli.core.bpmn.graph import Node, Phase, ProcessGraph
from shuli.core.text import Text
from shuli.core.worktime import Limit

NUMBER = re.compile(r"(?P<number>\d+(?:\.\d+)*)\s*(?P<rest>.*)", re.DOTALL)


class DescriptionStep(Struct, frozen=True, kw_only=True):
    """One sentence of a procedure; what it allows is said in words, or follows from the limits of its node."""

    text: Text
    within: Text = Text()
    limits: tuple[Limit, ...] = ()


class DescriptionRow(Struct, frozen=True, kw_only=True):
    """A row of the table; `nodes` are numbers where the process numbers its nodes, else names."""

    key: str  # of the phase; "" holds the nodes that no phase names
    task: Text
    nodes: tuple[Text, ...]
    steps: tuple[DescriptionStep, ...]
    key_points: tuple[Text, ...] = ()
    standards: tuple[Text, ...] = ()
    documents: tuple[str, ...] = ()


def description_table(graph: ProcessGraph) -> tuple[DescriptionRow, ...]:
    """Return the rows of a process in the order of its phases (handbook 3).

    A phase that says its procedure is printed as it says it; any other is put together from its nodes.
    """
    has_numbers = any(number_of(node.name.zh) for node in graph.nodes.values())
    phases = [*graph.phases, Phase(key="", name=Text())]
    rows = [_row(phase, _nodes_of(phase, graph), has_numbers=has_numbers) for phase in phases]
    return tuple(row for row in rows if row.steps)


def number_of(name: str) -> str:
    """Return the number before a node's name: of "3.16 与客户确认" it is "3.16"; "" where there is none."""
    found = NUMBER.match(name)
    return found["number"] if found and found["rest"] else ""


def _nodes_of(phase: Phase, graph: ProcessGraph) -> list[Node]:
    known = {one.key for one in graph.phases}
    return [
        node
        for node in graph.nodes.values()
        if node.phase == phase.key or (not phase.key and node.phase not in known)
    ]


def _row(phase: Phase, nodes: list[Node], *, has_numbers: bool) -> DescriptionRow:
    said = [node for node in nodes if node.duty.instruction != Text()]
    made = dict.fromkeys(output.document for node in nodes for output in node.duty.outputs)
    steps = tuple(DescriptionStep(text=one.text, within=one.within) for one in phase.steps)
    return DescriptionRow(
        key=phase.key,
        task=phase.task if phase.task != Text() else phase.name,
        nodes=_numbers(nodes) if has_numbers else tuple(node.name for node in said),
        steps=steps or tuple(_step(node) for node in said),
        key_points=_said([phase.key_point]) or _said([node.duty.key_point for node in said]),
        standards=_said([phase.standard]) or _said([node.duty.standard for node in said]),
        documents=phase.documents or tuple(made),
    )


def _numbers(nodes: list[Node]) -> tuple[Text, ...]:
    found = {number_of(node.name.zh) for node in nodes} - {""}
    ordered = sorted(found, key=lambda number: [int(part) for part in number.split(".")])
    return tuple(Text(zh=number, en=number) for number in ordered)


def _step(node: Node) -> DescriptionStep:
    return DescriptionStep(text=node.duty.instruction, limits=node.duty.limits)


def _said(texts: list[Text]) -> tuple[Text, ...]:
    return tuple(dict.fromkeys(text for text in texts if text != Text()))
