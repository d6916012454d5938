"""What is drawn: one diagram of a document, each shape with what it stands for, in one language."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from msgspec import Struct

from shuli.core.bpmn.document import BpmnDocument, walk
from shuli.core.bpmn.draw.canvas import Look, Medium, colour, look_of
from shuli.core.bpmn.draw.lettering import Box, box_of
from shuli.core.bpmn.elements import (
    Activity,
    Bounds,
    CategoryValue,
    DataObjectReference,
    DataStoreReference,
    Diagram,
    Edge,
    Element,
    Event,
    Group,
    Lane,
    Participant,
    SequenceFlow,
    Shape,
    SubProcess,
    TextAnnotation,
)
from shuli.core.bpmn.extension import name_of

Language = Literal["zh", "en"]
LONGEST_NAME = 500  # letters


class Pin(Struct, frozen=True, kw_only=True):
    """A small sign above a node: how it stands, and a few words such as the time left."""

    state: Literal["", "ok", "risk", "late"] = ""
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Scene:
    document: BpmnDocument
    diagram: Diagram
    language: Language
    medium: Medium
    markers: Mapping[str, Collection[str]] = field(default_factory=dict)
    pins: Mapping[str, Pin] = field(default_factory=dict)

    @cached_property
    def shapes(self) -> tuple[tuple[Shape, Element, Bounds], ...]:
        """Return the shapes whose element is known, with where they are."""
        return tuple(self._known_shapes())

    def _known_shapes(self) -> Iterator[tuple[Shape, Element, Bounds]]:
        for item in self.diagram.plane.items if self.diagram.plane else ():
            element = self.document.elements.get(item.element)
            if isinstance(item, Shape) and element is not None and item.bounds is not None:
                yield item, element, item.bounds

    @cached_property
    def edges(self) -> tuple[tuple[Edge, Element], ...]:
        return tuple(
            (item, self.document.elements[item.element])
            for item in (self.diagram.plane.items if self.diagram.plane else ())
            if isinstance(item, Edge) and item.element in self.document.elements and len(item.waypoints) > 1
        )

    @cached_property
    def unmarked(self) -> frozenset[str]:
        """Return the exclusive gateways that the diagram shows without their cross."""
        return frozenset(element.id for shape, element, _ in self.shapes if shape.is_marker_visible is False)

    @cached_property
    def attached(self) -> Mapping[str, tuple[Box, ...]]:
        """Return where the boundary events of each activity are."""
        found: dict[str, tuple[Box, ...]] = {}
        for _, element, bounds in self.shapes:
            if isinstance(element, Event) and element.attached_to:
                found[element.attached_to] = (*found.get(element.attached_to, ()), box_of(bounds))
        return found

    @cached_property
    def defaults(self) -> frozenset[str]:
        """Return the ids of the default flows."""
        found = (getattr(element, "default", "") for element in self.document.elements.values())
        return frozenset(flow for flow in found if flow)

    def is_conditional(self, flow: SequenceFlow) -> bool:
        """Say whether a flow leaves an activity under a condition, which its tail shows."""
        source = self.document.elements.get(flow.source)
        return flow.condition is not None and isinstance(source, Activity) and flow.id not in self.defaults

    def name(self, element: Element) -> str:
        """Return the words of an element in the language of the drawing; no more of them than anybody reads."""
        words = self._name(element)
        return words if len(words) <= LONGEST_NAME else words[:LONGEST_NAME] + "…"

    def _name(self, element: Element) -> str:
        if isinstance(element, TextAnnotation):
            beside = name_of(element).in_language(self.language)
            return beside if self.language == "en" and beside else element.text
        if isinstance(element, Group):
            value = self.document.elements.get(element.category_value)
            return value.value if isinstance(value, CategoryValue) else ""
        words = name_of(element).in_language(self.language)
        if isinstance(element, Participant) and not words:
            process = self.document.elements.get(element.process)
            words = name_of(process).in_language(self.language) if process else ""
        if isinstance(element, DataObjectReference | DataStoreReference):
            words = self._with_state(element, words)
        return words

    def _with_state(self, element: DataObjectReference | DataStoreReference, words: str) -> str:
        owner = element.data_object if isinstance(element, DataObjectReference) else element.data_store
        target = self.document.elements.get(owner)
        words = words or (name_of(target).in_language(self.language) if target else "")
        state = element.state.name if element.state else ""
        return f"{words}\n[{state}]" if state and f"[{state}]" not in words else words

    @cached_property
    def _inside(self) -> Mapping[str, frozenset[str]]:
        return {
            process.id: frozenset(element.id for element in walk(process) if element.id)
            for process in self.document.processes
        }

    def inside(self, process: str) -> frozenset[str]:
        """Return the ids of everything in a process."""
        return self._inside.get(process, frozenset())

    def is_expanded(self, shape: Shape, element: Element) -> bool:
        """Say whether a sub-process shows its inside; where the diagram does not say, by whether it has shapes there."""
        if not isinstance(element, SubProcess):
            return False
        if shape.is_expanded is not None:
            return shape.is_expanded
        inside = {inner.id for inner in element.flow_elements}
        return any(other.element in inside for other, _, _ in self.shapes)

    def is_container(self, shape: Shape, element: Element) -> bool:
        return isinstance(element, Participant | Lane) or self.is_expanded(shape, element)

    def look(self, element_id: str) -> Look:
        return look_of(self.markers.get(element_id, ()), self.medium)

    def colour(self, name: str) -> str:
        return colour(name, self.medium)
