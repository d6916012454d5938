"""The BPMN 2.0 elements, one family a file, and the table of all that is read and written."""

from collections.abc import Mapping

from shuli.core.bpmn.elements import (
    activities,
    artifacts,
    collaboration,
    data,
    definitions,
    diagram,
    events,
    flows,
    gateways,
    lanes,
)
from shuli.core.bpmn.elements.activities import (
    Activity,
    Artifact,
    CallActivity,
    FlowElement,
    MultiInstance,
    StandardLoop,
    SubProcess,
    Task,
)
from shuli.core.bpmn.elements.artifacts import Association, Category, CategoryValue, Group, TextAnnotation
from shuli.core.bpmn.elements.base import (
    ACTIVITI,
    BPMNDI,
    CAMUNDA,
    DC,
    DI,
    MODEL,
    SHULI,
    XSI,
    ZEEBE,
    Child,
    Documentation,
    Element,
    Spec,
    Xml,
)
from shuli.core.bpmn.elements.collaboration import Collaboration, MessageFlow, Multiplicity, Participant
from shuli.core.bpmn.elements.data import (
    DataAssociation,
    DataItem,
    DataObjectReference,
    DataState,
    DataStore,
    DataStoreReference,
    InputOutput,
)
from shuli.core.bpmn.elements.definitions import Definitions, Process, Root, Shared
from shuli.core.bpmn.elements.diagram import Bounds, Diagram, Edge, Label, Plane, Point, Shape
from shuli.core.bpmn.elements.events import Event, EventDefinition
from shuli.core.bpmn.elements.flows import Expression, FlowNode, SequenceFlow
from shuli.core.bpmn.elements.gateways import Gateway
from shuli.core.bpmn.elements.lanes import Lane, LaneSet

FAMILIES = (
    definitions, collaboration, activities, events, gateways, flows, lanes, data, artifacts, diagram
)  # fmt: skip

# Every element that is read into a type, by its name in the file.
ELEMENTS: Mapping[str, Spec] = {spec.tag: spec for family in FAMILIES for spec in family.SPECS}

_BY_TYPE: dict[tuple[type[Element], str], Spec] = {}
for _spec in ELEMENTS.values():
    _BY_TYPE.setdefault((_spec.type, _spec.fixed[1] if _spec.fixed else ""), _spec)
_TELLS_APART: Mapping[type[Element], str] = {
    spec.type: spec.fixed[0] for spec in ELEMENTS.values() if spec.fixed is not None
}


def spec_of(element: Element) -> Spec:
    """Return how an element is written."""
    field = _TELLS_APART.get(type(element))
    return _BY_TYPE[type(element), getattr(element, field) if field else ""]


def tag_of(element: Element) -> str:
    """Return the element's name in BPMN without its namespace: "userTask"."""
    return spec_of(element).tag.rpartition("}")[2]


__all__ = [
    "ACTIVITI",
    "BPMNDI",
    "CAMUNDA",
    "DC",
    "DI",
    "ELEMENTS",
    "MODEL",
    "SHULI",
    "XSI",
    "ZEEBE",
    "Activity",
    "Artifact",
    "Association",
    "Bounds",
    "CallActivity",
    "Category",
    "CategoryValue",
    "Child",
    "Collaboration",
    "DataAssociation",
    "DataItem",
    "DataObjectReference",
    "DataState",
    "DataStore",
    "DataStoreReference",
    "Definitions",
    "Diagram",
    "Documentation",
    "Edge",
    "Element",
    "Event",
    "EventDefinition",
    "Expression",
    "FlowElement",
    "FlowNode",
    "Gateway",
    "Group",
    "InputOutput",
    "Label",
    "Lane",
    "LaneSet",
    "MessageFlow",
    "MultiInstance",
    "Multiplicity",
    "Participant",
    "Plane",
    "Point",
    "Process",
    "Root",
    "SequenceFlow",
    "Shape",
    "Shared",
    "Spec",
    "StandardLoop",
    "SubProcess",
    "Task",
    "TextAnnotation",
    "Xml",
    "spec_of",
    "tag_of",
]
