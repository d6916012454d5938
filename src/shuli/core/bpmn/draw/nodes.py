"""How each kind of node looks; one function a family, chosen by the table at the end."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from shuli.core.bpmn.draw.canvas import Look, n, tag
from shuli.core.bpmn.draw.icons import EVENTS, GATEWAYS, REPEATS, TASKS, Icon
from shuli.core.bpmn.draw.lettering import LARGE, SIZE, Box, block, inside
from shuli.core.bpmn.draw.scene import Scene
from shuli.core.bpmn.draw.titles import trigger_of
from shuli.core.bpmn.draw.words import LINE, fitted, width_of, wrap
from shuli.core.bpmn.elements import (
    Activity,
    CallActivity,
    DataItem,
    DataObjectReference,
    DataStoreReference,
    Element,
    Event,
    Gateway,
    Group,
    MultiInstance,
    StandardLoop,
    SubProcess,
    Task,
    TextAnnotation,
)

CORNER = 8.0
ICON_ROOM = 20.0
FOOT = 18.0


def icon_at(icon: Icon, x: float, y: float, scale: float, *, look: Look, is_filled: bool = False) -> str:
    """Return a sign around a point."""
    filled = icon.always_filled or is_filled
    attributes = {"fill": look.icon if filled else "none", "stroke": look.icon}
    drawn = tag(
        "path",
        d=icon.path,
        stroke_width=icon.width,
        stroke_linejoin="round",
        stroke_linecap="round",
        **attributes,
    )
    if icon.over:
        ink = look.fill if filled else look.icon
        drawn += tag(
            "path", d=icon.over, fill="none", stroke=ink, stroke_width=icon.width, stroke_linejoin="round"
        )
    size = f" scale({n(scale)})" if scale != 1 else ""
    return tag("g", drawn, class_="sl-dia-icon", transform=f"translate({n(x)} {n(y)}){size}")


def event(scene: Scene, element: Event, box: Box) -> Iterator[str]:
    """An event: thin at the start, double on the way, thick at the end; dashed where it interrupts nothing."""
    look = scene.look(element.id)
    x, y = box.middle
    radius = min(box.width, box.height) / 2
    dashes = None if element.is_interrupting else "4 3"
    width = 3.4 if element.kind == "end_event" else look.width
    yield tag(
        "circle", class_="sl-dia-body", cx=x, cy=y, r=radius, fill=look.fill, stroke=look.stroke, stroke_width=width,
        stroke_dasharray=dashes,
    )  # fmt: skip
    if element.kind not in ("start_event", "end_event"):
        yield tag(
            "circle", cx=x, cy=y, r=radius - 3, fill="none", stroke=look.stroke, stroke_width=max(1.0, look.width - 0.4),
            stroke_dasharray=dashes,
        )  # fmt: skip
    trigger = trigger_of(element)
    if trigger:
        throws = element.kind in ("end_event", "intermediate_throw_event")
        sign = "parallel_multiple" if trigger == "multiple" and element.parallel_multiple else trigger
        yield icon_at(EVENTS[sign], x, y, radius / 18 * 0.92, look=look, is_filled=throws)


def gateway(scene: Scene, element: Gateway, box: Box) -> Iterator[str]:
    look = scene.look(element.id)
    x, y = box.middle
    half = min(box.width, box.height) / 2
    diamond = f"M{n(x)} {n(y - half)}L{n(x + half)} {n(y)}L{n(x)} {n(y + half)}L{n(x - half)} {n(y)}Z"
    yield tag(
        "path", class_="sl-dia-body", d=diamond, fill=look.fill, stroke=look.stroke, stroke_width=look.width,
        stroke_linejoin="round",
    )  # fmt: skip
    if element.kind == "exclusive_gateway" and element.id in scene.unmarked:
        return
    yield icon_at(GATEWAYS[_gateway_sign(element)], x, y, half / 25, look=look)


def _gateway_sign(element: Gateway) -> str:
    if element.kind == "event_based_gateway" and element.instantiate:
        return "event_based_parallel" if element.event_type == "Parallel" else "event_based_start"
    return element.kind


def activity(scene: Scene, element: Activity, box: Box) -> Iterator[str]:
    """A task, a call or a sub-process that shows only its name."""
    look = scene.look(element.id)
    yield from frame(element, box, look)
    sign = TASKS.get(element.kind) if isinstance(element, Task) else None
    if sign is not None:
        yield icon_at(sign, box.x + 13, box.y + 13, 0.95, look=look)
    marks = marks_of(element, is_collapsed=isinstance(element, SubProcess))
    yield from foot(marks, box, look)
    room = _room(scene, element, box, has_sign=sign is not None, has_foot=bool(marks))
    yield inside(scene.name(element), room, fill=look.text, bold=look.bold)


def _room(scene: Scene, element: Activity, box: Box, *, has_sign: bool, has_foot: bool) -> Box:
    """Return where the name goes: clear of the signs and of the events on the border."""
    below = FOOT if has_foot else 4.0
    above = 4.0
    for event_box in scene.attached.get(element.id, ()):
        if event_box.bottom > box.bottom > event_box.y:
            below = max(below, box.bottom - event_box.y)
        if event_box.y < box.y < event_box.bottom:
            above = max(above, event_box.bottom - box.y)
    if has_sign and _meets_sign(scene.name(element), box, above, below):
        above = max(above, ICON_ROOM)
    if above + below > box.height - 16:
        above = below = 4.0
    return Box(x=box.x + 6, y=box.y + above, width=box.width - 12, height=box.height - above - below)


def _meets_sign(name: str, box: Box, above: float, below: float) -> bool:
    """Say whether the words would run into the sign in the corner."""
    lines, size = fitted(name, box.width - 12, box.height - above - below, LARGE)
    top = above + (box.height - above - below - len(lines) * size * LINE) / 2
    beside = [line for index, line in enumerate(lines) if top + index * size * LINE < ICON_ROOM]
    return any(width_of(line, size) > box.width - 2 * ICON_ROOM - 6 for line in beside)


def frame(element: Activity, box: Box, look: Look) -> Iterator[str]:
    """Return the border: thick for a call, double for a transaction, dotted for an event sub-process."""
    width = 3.4 if isinstance(element, CallActivity) else look.width
    is_event = isinstance(element, SubProcess) and element.triggered_by_event
    yield rectangle(box, look, width=width, dashes="2 3" if is_event else None)
    if isinstance(element, SubProcess) and element.kind == "transaction":
        yield rectangle(
            box.grown(-3), look, width=max(1.0, look.width - 0.4), corner=CORNER - 2, is_body=False
        )


def rectangle(
    box: Box,
    look: Look,
    *,
    width: float,
    dashes: str | None = None,
    corner: float = CORNER,
    is_body: bool = True,
) -> str:
    return tag(
        "rect",
        class_="sl-dia-body" if is_body else None,
        x=box.x,
        y=box.y,
        width=box.width,
        height=box.height,
        rx=corner,
        fill=look.fill if is_body else "none",
        stroke=look.stroke,
        stroke_width=width,
        stroke_dasharray=dashes,
    )


def marks_of(element: Activity, *, is_collapsed: bool) -> list[Icon]:
    """Return the signs at the foot of an activity."""
    found = []
    if isinstance(element.loop, StandardLoop):
        found.append("loop")
    if isinstance(element.loop, MultiInstance):
        found.append("sequential" if element.loop.is_sequential else "parallel")
    if element.is_for_compensation:
        found.append("compensation")
    if is_collapsed:
        found.append("collapsed")
    if isinstance(element, SubProcess) and element.kind == "ad_hoc_sub_process":
        found.append("ad_hoc")
    return [REPEATS[name] for name in found]


def foot(marks: list[Icon], box: Box, look: Look) -> Iterator[str]:
    left = box.middle[0] - (len(marks) - 1) * 8.5
    for index, mark in enumerate(marks):
        yield icon_at(mark, left + index * 17, box.bottom - 10, 0.95, look=look)


def data(scene: Scene, element: Element, box: Box) -> Iterator[str]:
    """A sheet with a folded corner."""
    look = scene.look(element.id)
    fold = min(box.width, box.height) * 0.3
    left, top, right, bottom = n(box.x), n(box.y), n(box.right), n(box.bottom)
    sheet = f"M{left} {top}H{n(box.right - fold)}L{right} {n(box.y + fold)}V{bottom}H{left}Z"
    yield tag(
        "path", class_="sl-dia-body", d=sheet, fill=look.fill, stroke=look.stroke, stroke_width=look.width
    )
    corner = f"M{n(box.right - fold)} {top}V{n(box.y + fold)}H{right}"
    yield tag("path", d=corner, fill="none", stroke=look.stroke, stroke_width=look.width)
    item = (
        scene.document.elements.get(element.data_object)
        if isinstance(element, DataObjectReference)
        else element
    )
    if isinstance(item, DataItem) and item.is_collection:
        yield icon_at(REPEATS["parallel"], box.middle[0], box.bottom - 8, 0.7, look=look)
    if isinstance(item, DataItem) and item.kind in ("data_input", "data_output"):
        yield icon_at(
            EVENTS["link"], box.x + 9, box.y + 9, 0.6, look=look, is_filled=item.kind == "data_output"
        )


def store(scene: Scene, element: DataStoreReference, box: Box) -> Iterator[str]:
    """A drum."""
    look = scene.look(element.id)
    rise = min(box.height * 0.16, 10)
    across = f"a{n(box.width / 2)} {n(rise)} 0 0 0 {n(box.width)} 0"
    start = f"M{n(box.x)} {n(box.y + rise)}"
    body = (
        f"{start}a{n(box.width / 2)} {n(rise)} 0 0 1 {n(box.width)} 0V{n(box.bottom - rise)}"
        f"a{n(box.width / 2)} {n(rise)} 0 0 1 {n(-box.width)} 0Z"
    )
    yield tag(
        "path", class_="sl-dia-body", d=body, fill=look.fill, stroke=look.stroke, stroke_width=look.width
    )
    for index in range(3):
        ring = f"M{n(box.x)} {n(box.y + rise + index * rise * 0.7)}{across}"
        yield tag("path", d=ring, fill="none", stroke=look.stroke, stroke_width=look.width)


def note(scene: Scene, element: TextAnnotation, box: Box) -> Iterator[str]:
    """A bracket with words."""
    look = scene.look(element.id)
    bracket = f"M{n(box.x + 10)} {n(box.y)}H{n(box.x)}V{n(box.bottom)}H{n(box.x + 10)}"
    yield tag("path", d=bracket, fill="none", stroke=look.stroke, stroke_width=look.width)
    lines = wrap(scene.name(element), max(box.width - 10, 40), SIZE)
    yield block(lines, box.x + 6, box.y + 3, fill=look.text, anchor="start")


def group(scene: Scene, element: Group, box: Box) -> Iterator[str]:
    look = scene.look(element.id)
    yield tag(
        "rect", x=box.x, y=box.y, width=box.width, height=box.height, rx=CORNER, fill="none", stroke=look.stroke,
        stroke_width=look.width, stroke_dasharray="9 4 2 4",
    )  # fmt: skip
    lines = wrap(scene.name(element), box.width - 16, SIZE)
    yield block(lines, box.x + 8, box.y + 4, fill=look.text, anchor="start")


# Each row takes the type that it stands for.
NODES: Mapping[type[Element], Callable[[Scene, Any, Box], Iterator[str]]] = {
    Event: event,
    Gateway: gateway,
    Task: activity,
    CallActivity: activity,
    SubProcess: activity,
    DataItem: data,
    DataObjectReference: data,
    DataStoreReference: store,
    TextAnnotation: note,
    Group: group,
}
# Their name stands beside them.
NAMED_OUTSIDE = (Event, Gateway, DataItem, DataObjectReference, DataStoreReference)
