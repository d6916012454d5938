"""Flows and associations: rounded corners, arrow heads, the marks at their ends."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import hypot

from msgspec import Struct

from shuli.core.bpmn.draw.canvas import Look, n, tag
from shuli.core.bpmn.draw.icons import EVENTS
from shuli.core.bpmn.draw.nodes import icon_at
from shuli.core.bpmn.draw.scene import Scene
from shuli.core.bpmn.elements import Association, DataAssociation, Edge, Element, MessageFlow, SequenceFlow

ROUNDING = 6.0
HEAD = 9.0
RING = 3.8

Spot = tuple[float, float]


class Style(Struct, frozen=True, kw_only=True):
    """How a kind of line is drawn."""

    dashes: str = ""
    head: str = "filled"  # filled, open, hollow
    width: float = 1.5


def spots_of(edge: Edge) -> list[Spot]:
    """Return the waypoints, each once: two in one place have no direction."""
    spots: list[Spot] = []
    for point in edge.waypoints:
        if not spots or hypot(point.x - spots[-1][0], point.y - spots[-1][1]) > 0.1:
            spots.append((point.x, point.y))
    return spots if len(spots) > 1 else [*spots, (spots[0][0] + 1, spots[0][1])]


def line(scene: Scene, edge: Edge, element: Element) -> Iterator[str]:
    """Return a line with its ends."""
    look = scene.look(element.id)
    style = _style(element)
    spots = spots_of(edge)
    width = max(style.width, look.width if look.stroke != scene.look("").stroke else 0)
    has_head = _has_head(element)
    path = _rounded(_shortened(spots, HEAD - 1 if has_head and style.head == "filled" else 0))
    dashes = style.dashes or None
    yield tag(
        "path", class_="sl-dia-line", d=path, fill="none", stroke=look.stroke, stroke_width=width,
        stroke_dasharray=dashes, stroke_linejoin="round",
    )  # fmt: skip
    if has_head:
        yield _head(spots[-2], spots[-1], style.head, look)
    if isinstance(element, Association) and element.direction == "Both":
        yield _head(spots[1], spots[0], style.head, look)
    yield from _tail(scene, element, spots, look)
    yield from _letter(scene, edge, element, spots, look)


def _style(element: Element) -> Style:
    if isinstance(element, MessageFlow):
        return Style(dashes="7 4", head="hollow")
    if isinstance(element, Association | DataAssociation):
        return Style(dashes="1.5 4", head="open")
    return Style()


def _has_head(element: Element) -> bool:
    return not isinstance(element, Association) or element.direction in ("One", "Both")


def _tail(scene: Scene, element: Element, spots: Sequence[Spot], look: Look) -> Iterator[str]:
    """Return the mark at the beginning: a stroke for the default, a diamond for a condition, a ring for a message."""
    x, y = spots[0]
    dx, dy = _direction(spots[0], spots[1])
    if isinstance(element, SequenceFlow) and element.id in scene.defaults:
        px, py = x + dx * 11, y + dy * 11
        ax, ay = (dx - dy) * 4.6, (dy + dx) * 4.6
        yield tag(
            "path", class_="sl-dia-default", d=f"M{n(px - ax)} {n(py - ay)}L{n(px + ax)} {n(py + ay)}", fill="none",
            stroke=look.stroke, stroke_width=1.6,
        )  # fmt: skip
    elif isinstance(element, SequenceFlow) and scene.is_conditional(element):
        sides = f"L{n(x + dx * 7 - dy * 4)} {n(y + dy * 7 + dx * 4)}L{n(x + dx * 14)} {n(y + dy * 14)}"
        back = f"L{n(x + dx * 7 + dy * 4)} {n(y + dy * 7 - dx * 4)}Z"
        yield tag(
            "path", class_="sl-dia-condition", d=f"M{n(x)} {n(y)}{sides}{back}", fill=scene.colour("surface"),
            stroke=look.stroke, stroke_width=1.3,
        )  # fmt: skip
    elif isinstance(element, MessageFlow):
        yield tag(
            "circle", cx=x, cy=y, r=3.6, fill=scene.colour("surface"), stroke=look.stroke, stroke_width=1.3
        )


def _letter(scene: Scene, edge: Edge, element: Element, spots: Sequence[Spot], look: Look) -> Iterator[str]:
    """Return the envelope that a message flow may show in its middle."""
    if not isinstance(element, MessageFlow) or not edge.message_visible_kind:
        return
    x, y = halfway(spots)
    plain = Look(fill=scene.colour("surface"), stroke=look.stroke, text=look.text, icon=look.stroke)
    yield tag("rect", x=x - 11, y=y - 8, width=22, height=16, fill=scene.colour("surface"))
    throws = edge.message_visible_kind == "non_initiating"
    yield icon_at(EVENTS["message"], x, y, 1.2, look=plain, is_filled=throws)


def halfway(spots: Sequence[Spot]) -> Spot:
    """Return the point in the middle of a line's length."""
    rest = sum(hypot(bx - ax, by - ay) for (ax, ay), (bx, by) in pairwise(spots)) / 2
    for (ax, ay), (bx, by) in pairwise(spots):
        length = hypot(bx - ax, by - ay)
        if length >= rest and length:
            return ax + (bx - ax) * rest / length, ay + (by - ay) * rest / length
        rest -= length
    return spots[-1]


def _direction(start: Spot, end: Spot) -> Spot:
    length = hypot(end[0] - start[0], end[1] - start[1]) or 1.0
    return (end[0] - start[0]) / length, (end[1] - start[1]) / length


def _shortened(spots: Sequence[Spot], by: float) -> list[Spot]:
    """Let the line end where its arrow head begins."""
    dx, dy = _direction(spots[-2], spots[-1])
    room = hypot(spots[-1][0] - spots[-2][0], spots[-1][1] - spots[-2][1]) - 0.5
    by = min(by, max(room, 0))
    return [*spots[:-1], (spots[-1][0] - dx * by, spots[-1][1] - dy * by)]


def _rounded(spots: Sequence[Spot]) -> str:
    path = f"M{n(spots[0][0])} {n(spots[0][1])}"
    for before, spot, after in zip(spots, spots[1:], spots[2:], strict=False):
        room = min(ROUNDING, _length(before, spot) / 2, _length(spot, after) / 2)
        ax, ay = _direction(before, spot)
        bx, by = _direction(spot, after)
        path += f"L{n(spot[0] - ax * room)} {n(spot[1] - ay * room)}"
        path += f"Q{n(spot[0])} {n(spot[1])} {n(spot[0] + bx * room)} {n(spot[1] + by * room)}"
    return path + f"L{n(spots[-1][0])} {n(spots[-1][1])}"


def _length(start: Spot, end: Spot) -> float:
    return hypot(end[0] - start[0], end[1] - start[1])


def _head(before: Spot, tip: Spot, kind: str, look: Look) -> str:
    dx, dy = _direction(before, tip)
    bx, by = tip[0] - dx * HEAD, tip[1] - dy * HEAD
    left = f"{n(bx - dy * 4.4)} {n(by + dx * 4.4)}"
    right = f"{n(bx + dy * 4.4)} {n(by - dx * 4.4)}"
    point = f"{n(tip[0])} {n(tip[1])}"
    d = f"M{left}L{point}L{right}" + ("" if kind == "open" else "Z")
    fill = {"filled": look.stroke, "open": "none", "hollow": look.fill}[kind]
    return tag(
        "path",
        class_="sl-dia-head",
        d=d,
        fill=fill,
        stroke=look.stroke,
        stroke_width=1.2,
        stroke_linejoin="round",
    )
