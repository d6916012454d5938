"""The description table (流程描述表): per group of tasks its nodes, procedure, key point, standard, limits and papers."""

import re

from msgspec import Struct

from shuli.core.bpmn.graph import Node, Phase, ProcessGraph
from shuli.core.text import Text
from shuli.core.worktime import Limit

NUMBER = re.compile(r"(?P<number>\d+(?:\.\d+)*)\s*(?P<rest>.*)", re.DOTALL)

# What a person does or is told; everything else is done by the program.
HUMAN = frozenset({"user_task", "manual_task", "send_task", "task"})


class DescriptionStep(Struct, frozen=True, kw_only=True):
    """One sentence of a procedure; what it allows is said in words, or follows from the limits of its node."""

    text: Text
    within: Text = Text()
    limits: tuple[Limit, ...] = ()


class DescriptionRow(Struct, frozen=True, kw_only=True):
    """A row of the table: a phase that says its procedure itself, or one step of another phase."""

    key: str  # of the phase; "" holds the steps that no phase names
    task: Text
    node: str = ""  # the step; "": the phase speaks for all of its steps
    nodes: tuple[Text, ...]  # numbers where the process numbers its nodes, else names
    steps: tuple[DescriptionStep, ...]
    key_points: tuple[Text, ...] = ()
    standards: tuple[Text, ...] = ()
    documents: tuple[str, ...] = ()


def description_table(graph: ProcessGraph) -> tuple[DescriptionRow, ...]:
    """Return the rows of a process in the order of its phases (handbook 3).

    A phase that says its procedure is printed as it says it; of any other every step that people do has a row.
    """
    has_numbers = any(number_of(node.name.zh) for node in graph.nodes.values())
    phases = [*graph.phases, Phase(key="", name=Text())]
    return tuple(
        row for phase in phases for row in _rows(phase, _nodes_of(phase, graph), has_numbers=has_numbers)
    )


def _rows(phase: Phase, nodes: list[Node], *, has_numbers: bool) -> list[DescriptionRow]:
    if phase.steps:
        return [_row(phase, nodes, has_numbers=has_numbers)]
    return [_step_row(phase, node) for node in nodes if node.kind in HUMAN]


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
    return DescriptionRow(
        key=phase.key,
        task=_task(phase),
        nodes=_numbers(nodes) if has_numbers else tuple(node.name for node in said),
        steps=tuple(DescriptionStep(text=one.text, within=one.within) for one in phase.steps),
        key_points=_said([phase.key_point]) or _said([node.duty.key_point for node in said]),
        standards=_said([phase.standard]) or _said([node.duty.standard for node in said]),
        documents=phase.documents or tuple(made),
    )


def _step_row(phase: Phase, node: Node) -> DescriptionRow:
    duty = node.duty
    made = [output.document for output in duty.outputs]
    return DescriptionRow(
        key=phase.key,
        task=_task(phase),
        node=node.id,
        nodes=(node.name,),
        steps=(DescriptionStep(text=duty.instruction, limits=duty.limits),),
        key_points=_said([duty.key_point]),
        standards=_said([duty.standard]),
        documents=tuple(dict.fromkeys([*duty.inputs, *made])),
    )


def _task(phase: Phase) -> Text:
    return phase.task if phase.task != Text() else phase.name


def _numbers(nodes: list[Node]) -> tuple[Text, ...]:
    found = {number_of(node.name.zh) for node in nodes} - {""}
    ordered = sorted(found, key=lambda number: [int(part) for part in number.split(".")])
    return tuple(Text(zh=number, en=number) for number in ordered)


def _said(texts: list[Text]) -> tuple[Text, ...]:
    return tuple(dict.fromkeys(text for text in texts if text != Text()))
