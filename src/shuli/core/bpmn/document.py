"""A BPMN file as a value: its definitions, and where each element stood in the file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from shuli.core.bpmn.elements import (
    Association,
    Collaboration,
    Definitions,
    Diagram,
    Edge,
    Element,
    FlowElement,
    FlowNode,
    Participant,
    Process,
    SequenceFlow,
    Shape,
    SubProcess,
)


@dataclass(frozen=True, kw_only=True)
class BpmnDocument:
    """Two documents are equal when they say the same, wherever their lines were."""

    definitions: Definitions
    lines: Mapping[str, int] = field(default_factory=dict, compare=False)

    @property
    def processes(self) -> tuple[Process, ...]:
        return tuple(root for root in self.definitions.roots if isinstance(root, Process))

    @property
    def collaborations(self) -> tuple[Collaboration, ...]:
        return tuple(root for root in self.definitions.roots if isinstance(root, Collaboration))

    @property
    def diagrams(self) -> tuple[Diagram, ...]:
        return self.definitions.diagrams

    @cached_property
    def elements(self) -> Mapping[str, Element]:
        """Every element by its id, the diagrams' own shapes and edges included."""
        return {element.id: element for element in walk(self.definitions) if element.id}

    @cached_property
    def participants(self) -> Mapping[str, Participant]:
        """The pool of each process, by the process's id."""
        return {
            participant.process: participant
            for collaboration in self.collaborations
            for participant in collaboration.participants
            if participant.process
        }

    def process(self, process_id: str | None = None) -> Process | None:
        """Return the process with this id; without one the first that is executable, or the first that has nodes."""
        if process_id is not None:
            return next((process for process in self.processes if process.id == process_id), None)
        filled = [process for process in self.processes if process.flow_elements]
        runnable = (process for process in filled if process.is_executable)
        return next(runnable, filled[0] if filled else next(iter(self.processes), None))

    def line_of(self, element_id: str | None) -> int | None:
        return self.lines.get(element_id) if element_id else None


def walk(element: Element) -> Iterator[Element]:
    """Yield the element and everything typed inside it, in the order of the file."""
    yield element
    for name in element.__struct_fields__:
        value = getattr(element, name)
        if isinstance(value, Element):
            yield from walk(value)
        elif isinstance(value, tuple) and value and isinstance(value[0], Element):
            for item in value:
                yield from walk(item)


def flow_nodes(container: Process | SubProcess, *, deep: bool = True) -> Iterator[FlowNode]:
    """Yield the flow nodes of a process or sub-process, those of inner sub-processes included."""
    for element in container.flow_elements:
        if isinstance(element, FlowNode):
            yield element
        if deep and isinstance(element, SubProcess):
            yield from flow_nodes(element)


def flow_elements(container: Process | SubProcess) -> Iterator[FlowElement]:
    """Yield all flow elements, those of inner sub-processes included."""
    for element in container.flow_elements:
        yield element
        if isinstance(element, SubProcess):
            yield from flow_elements(element)


def associations(container: Process | SubProcess) -> Iterator[Association]:
    """Yield all associations, those of inner sub-processes included."""
    yield from (artifact for artifact in container.artifacts if isinstance(artifact, Association))
    for element in container.flow_elements:
        if isinstance(element, SubProcess):
            yield from associations(element)


def sequence_flows(container: Process | SubProcess) -> Iterator[SequenceFlow]:
    """Yield the sequence flows that stand directly in a process or sub-process."""
    return (element for element in container.flow_elements if isinstance(element, SequenceFlow))


def shapes_of(diagram: Diagram) -> Mapping[str, Shape]:
    """Return the shapes of a diagram by the id of what they show."""
    items = diagram.plane.items if diagram.plane else ()
    return {item.element: item for item in items if isinstance(item, Shape)}


def edges_of(diagram: Diagram) -> Mapping[str, Edge]:
    """Return the lines of a diagram by the id of what they show."""
    items = diagram.plane.items if diagram.plane else ()
    return {item.element: item for item in items if isinstance(item, Edge)}
