"""The root of a file, its processes, and what they share: messages, signals, errors, escalations."""

from collections.abc import Mapping
from typing import Literal

from msgspec import field

from shuli.core.bpmn.elements.activities import CONTENT, Artifact, FlowElement
from shuli.core.bpmn.elements.artifacts import Category
from shuli.core.bpmn.elements.base import (
    BPMNDI,
    USUAL_PREFIXES,
    Child,
    Element,
    Spec,
    flag,
    many,
    model,
    one,
    raw,
    ref,
    text,
)
from shuli.core.bpmn.elements.collaboration import Collaboration
from shuli.core.bpmn.elements.data import DataStore, InputOutput
from shuli.core.bpmn.elements.diagram import Diagram
from shuli.core.bpmn.elements.events import DEFINITIONS, EventDefinition
from shuli.core.bpmn.elements.lanes import LaneSet


class Shared(Element, frozen=True, kw_only=True):
    """A message, signal, error or escalation that events refer to by id and engines by name or code."""

    kind: Literal["message", "signal", "error", "escalation"]
    name: str = ""
    code: str = ""  # error, escalation
    item: str = ""


class Process(Element, frozen=True, kw_only=True):
    name: str = ""
    is_executable: bool | None = None
    is_closed: bool = False
    type: str = ""
    collaboration: str = ""
    io: InputOutput | None = None
    lane_sets: tuple[LaneSet, ...] = ()
    flow_elements: tuple[FlowElement, ...] = ()
    artifacts: tuple[Artifact, ...] = ()


Root = Process | Collaboration | Shared | DataStore | Category | EventDefinition


class Definitions(Element, frozen=True, kw_only=True):
    name: str = ""
    target_namespace: str = ""
    expression_language: str = ""
    type_language: str = ""
    exporter: str = ""
    exporter_version: str = ""
    namespaces: Mapping[str, str] = field(
        default_factory=lambda: dict(USUAL_PREFIXES)
    )  # prefix -> namespace; "" is the default one
    roots: tuple[Root, ...] = ()
    diagrams: tuple[Diagram, ...] = ()


SHARED = {
    "message": ("message", {"itemRef": ref("item", "ignore")}),
    "signal": ("signal", {"structureRef": ref("item", "ignore")}),
    "error": ("error", {"errorCode": text("code"), "structureRef": ref("item", "ignore")}),
    "escalation": ("escalation", {"escalationCode": text("code"), "structureRef": ref("item", "ignore")}),
}
ROOTS = ("process", "collaboration", *SHARED, "dataStore", "category", *DEFINITIONS)

SPECS = (
    *(
        Spec(
            tag=model(tag)[0],
            type=Shared,
            fixed=("kind", kind),
            needs_id=True,
            attributes={"name": text("name"), **attributes},
        )
        for tag, (kind, attributes) in SHARED.items()
    ),
    Spec(
        tag=model("process")[0],
        type=Process,
        needs_id=True,
        attributes={
            "name": text("name"),
            "isExecutable": flag("is_executable"),
            "isClosed": flag("is_closed"),
            "processType": text("type"),
            "definitionalCollaborationRef": ref("collaboration"),
        },
        children=(
            raw("supportedInterfaceRef"),
            one("io", "ioSpecification"),
            raw("ioBinding", "auditing", "monitoring", "property"),
            *CONTENT,
            raw("resourceRole", "performer", "humanPerformer", "potentialOwner", "correlationSubscription", "supports"),
        ),
    ),
    Spec(
        tag=model("definitions")[0],
        type=Definitions,
        attributes={
            "name": text("name"),
            "targetNamespace": text("target_namespace"),
            "expressionLanguage": text("expression_language"),
            "typeLanguage": text("type_language"),
            "exporter": text("exporter"),
            "exporterVersion": text("exporter_version"),
        },
        children=(
            raw("import", "extension", "itemDefinition"),
            many("roots", *ROOTS),
            raw(
                "resource", "interface", "endPoint", "partnerEntity", "partnerRole", "correlationProperty",
                "globalTask", "globalUserTask", "globalManualTask", "globalScriptTask", "globalBusinessRuleTask",
                "choreography", "globalConversation", "conversation", "globalChoreographyTask",
            ),
            Child(field="diagrams", tags=(f"{{{BPMNDI}}}BPMNDiagram",), many=True),
            raw("relationship"),
        ),
    ),
)  # fmt: skip
