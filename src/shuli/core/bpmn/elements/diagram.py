"""Diagram interchange: where the shapes and lines of a picture lie, in pixels from its top left."""

from shuli.core.bpmn.elements.base import (
    BPMNDI,
    DC,
    DI,
    Attribute,
    Child,
    Element,
    Spec,
    flag,
    number,
    ref,
    text,
)


class Point(Element, frozen=True, kw_only=True):
    x: float
    y: float


class Bounds(Element, frozen=True, kw_only=True):
    x: float
    y: float
    width: float
    height: float


class Label(Element, frozen=True, kw_only=True):
    """Where the words stand; without bounds it is for the viewer to find a place."""

    style: str = ""
    bounds: Bounds | None = None


class Shape(Element, frozen=True, kw_only=True):
    element: str = ""
    bounds: Bounds | None = None
    label: Label | None = None
    is_horizontal: bool | None = None  # pools and lanes
    is_expanded: bool | None = None  # sub-processes
    is_marker_visible: bool | None = None  # exclusive gateways
    is_message_visible: bool | None = None
    participant_band_kind: str = ""
    choreography_activity_shape: str = ""


class Edge(Element, frozen=True, kw_only=True):
    element: str = ""
    waypoints: tuple[Point, ...] = ()
    label: Label | None = None
    source: str = ""
    target: str = ""
    message_visible_kind: str = ""


class Plane(Element, frozen=True, kw_only=True):
    """One picture of the process, collaboration or sub-process that it names."""

    element: str = ""
    items: tuple[Shape | Edge, ...] = ()


class Diagram(Element, frozen=True, kw_only=True):
    name: str = ""
    note: str = ""
    resolution: float | None = None
    plane: Plane | None = None


EXTENSION = f"{{{DI}}}extension"


def bpmndi(name: str) -> str:
    return f"{{{BPMNDI}}}{name}"


def di_one(field: str, tag: str) -> Child:
    return Child(field=field, tags=(tag,))


BOUNDS = di_one("bounds", f"{{{DC}}}Bounds")
LABEL = di_one("label", bpmndi("BPMNLabel"))

SPECS = (
    Spec(
        tag=f"{{{DI}}}waypoint",
        type=Point,
        extension_tag=EXTENSION,
        attributes={"x": number("x"), "y": number("y")},
    ),
    Spec(
        tag=f"{{{DC}}}Bounds",
        type=Bounds,
        extension_tag=EXTENSION,
        attributes={name: number(name) for name in ("x", "y", "width", "height")},
    ),
    Spec(
        tag=bpmndi("BPMNLabel"),
        type=Label,
        extension_tag=EXTENSION,
        attributes={"labelStyle": ref("style", "ignore")},
        children=(BOUNDS,),
    ),
    Spec(
        tag=bpmndi("BPMNShape"),
        type=Shape,
        extension_tag=EXTENSION,
        attributes={
            "bpmnElement": ref("element"),
            "isHorizontal": flag("is_horizontal"),
            "isExpanded": flag("is_expanded"),
            "isMarkerVisible": flag("is_marker_visible"),
            "isMessageVisible": flag("is_message_visible"),
            "participantBandKind": text("participant_band_kind"),
            "choreographyActivityShape": ref("choreography_activity_shape", "ignore"),
        },
        children=(BOUNDS, LABEL),
    ),
    Spec(
        tag=bpmndi("BPMNEdge"),
        type=Edge,
        extension_tag=EXTENSION,
        attributes={
            "bpmnElement": ref("element"),
            "sourceElement": ref("source", "ignore"),
            "targetElement": ref("target", "ignore"),
            "messageVisibleKind": text("message_visible_kind"),
        },
        children=(Child(field="waypoints", tags=(f"{{{DI}}}waypoint",), many=True), LABEL),
    ),
    Spec(
        tag=bpmndi("BPMNPlane"),
        type=Plane,
        extension_tag=EXTENSION,
        attributes={"bpmnElement": ref("element")},
        children=(Child(field="items", tags=(bpmndi("BPMNShape"), bpmndi("BPMNEdge")), many=True),),
    ),
    Spec(
        tag=bpmndi("BPMNDiagram"),
        type=Diagram,
        extension_tag=EXTENSION,
        attributes={
            "name": text("name"),
            "documentation": text("note"),
            "resolution": Attribute(field="resolution", codec="float"),
        },
        children=(di_one("plane", bpmndi("BPMNPlane")), Child(tags=(bpmndi("BPMNLabelStyle"),), how="raw")),
    ),
)
