"""Events of all five positions and the definitions that say what triggers them."""

from typing import Literal

from shuli.core.bpmn.elements.base import (
    Attribute,
    Child,
    Element,
    Spec,
    flag,
    many,
    model,
    one,
    raw,
    ref,
    refs,
    text,
)
from shuli.core.bpmn.elements.data import DataAssociation, DataItem
from shuli.core.bpmn.elements.flows import Expression, FlowNode

EventKind = Literal[
    "start_event", "intermediate_catch_event", "intermediate_throw_event", "boundary_event", "end_event"
]
Trigger = Literal[
    "message", "timer", "signal", "error", "escalation", "conditional", "link", "compensation", "cancel", "terminate"
]  # fmt: skip


class EventDefinition(Element, frozen=True, kw_only=True):
    """What triggers an event; the fields that its trigger does not have stay empty."""

    trigger: Trigger
    ref: str = ""  # the message, signal, error or escalation; the activity to compensate
    name: str = ""  # of a link
    sources: tuple[str, ...] = ()  # of a link
    target: str = ""  # of a link
    operation: str = ""
    date: Expression | None = None
    duration: Expression | None = None
    cycle: Expression | None = None
    condition: Expression | None = None
    waits: bool = True  # compensation


class Event(FlowNode, frozen=True, kw_only=True):
    kind: EventKind
    definitions: tuple[EventDefinition, ...] = ()
    definition_refs: tuple[str, ...] = ()
    # a start (of an event sub-process) and a boundary event may leave what they interrupt running
    is_interrupting: bool = True
    parallel_multiple: bool = False
    attached_to: str = ""
    data_items: tuple[DataItem, ...] = ()
    data_associations: tuple[DataAssociation, ...] = ()


LINK_TARGET = Child(field="target", tags=model("target"), how="ref")

# tag -> trigger, attributes, children
DEFINITIONS: dict[str, tuple[Trigger, dict[str, Attribute], tuple[Child, ...]]] = {
    "messageEventDefinition": (
        "message",
        {"messageRef": ref("ref", "error")},
        (Child(field="operation", tags=model("operationRef"), how="ref"),),
    ),
    "timerEventDefinition": (
        "timer",
        {},
        (one("date", "timeDate"), one("duration", "timeDuration"), one("cycle", "timeCycle")),
    ),
    "signalEventDefinition": ("signal", {"signalRef": ref("ref", "error")}, ()),
    "errorEventDefinition": ("error", {"errorRef": ref("ref", "error")}, ()),
    "escalationEventDefinition": ("escalation", {"escalationRef": ref("ref", "error")}, ()),
    "conditionalEventDefinition": ("conditional", {}, (one("condition", "condition"),)),
    "linkEventDefinition": ("link", {"name": text("name")}, (refs("sources", "source"), LINK_TARGET)),
    "compensateEventDefinition": (
        "compensation",
        {"activityRef": ref("ref"), "waitForCompletion": flag("waits")},
        (),
    ),
    "cancelEventDefinition": ("cancel", {}, ()),
    "terminateEventDefinition": ("terminate", {}, ()),
}

POSITIONS: dict[str, tuple[EventKind, dict[str, Attribute]]] = {
    "startEvent": (
        "start_event",
        {"isInterrupting": flag("is_interrupting"), "parallelMultiple": flag("parallel_multiple")},
    ),
    "intermediateCatchEvent": ("intermediate_catch_event", {"parallelMultiple": flag("parallel_multiple")}),
    "intermediateThrowEvent": ("intermediate_throw_event", {}),
    "boundaryEvent": (
        "boundary_event",
        {
            "attachedToRef": ref("attached_to", "error", required=True),
            "cancelActivity": flag("is_interrupting"),
            "parallelMultiple": flag("parallel_multiple"),
        },
    ),
    "endEvent": ("end_event", {}),
}

SPECS = (
    *(
        Spec(
            tag=model(tag)[0],
            type=EventDefinition,
            fixed=("trigger", trigger),
            attributes=attributes,
            children=children,
        )
        for tag, (trigger, attributes, children) in DEFINITIONS.items()
    ),
    *(
        Spec(
            tag=model(tag)[0],
            type=Event,
            fixed=("kind", kind),
            needs_id=True,
            attributes={"name": text("name"), **attributes},
            children=(
                raw("auditing", "monitoring", "categoryValueRef"),
                refs("incoming", "incoming"),
                refs("outgoing", "outgoing"),
                raw("property"),
                many("data_items", "dataInput", "dataOutput"),
                many("data_associations", "dataInputAssociation", "dataOutputAssociation"),
                raw("inputSet", "outputSet"),
                many("definitions", *DEFINITIONS),
                refs("definition_refs", "eventDefinitionRef", "error"),
            ),
        )
        for tag, (kind, attributes) in POSITIONS.items()
    ),
)
