"""One diagram as SVG: containers below, then lines, then nodes, then names and pins."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from shuli.core.bpmn.document import BpmnDocument
from shuli.core.bpmn.draw.canvas import Medium, n, tag, words
from shuli.core.bpmn.draw.containers import Row, container, strip
from shuli.core.bpmn.draw.icons import PINS
from shuli.core.bpmn.draw.labels import Labels
from shuli.core.bpmn.draw.lettering import Box, block, box_of
from shuli.core.bpmn.draw.lines import line
from shuli.core.bpmn.draw.nodes import NODES, icon_at
from shuli.core.bpmn.draw.scene import Language, Pin, Scene
from shuli.core.bpmn.draw.titles import title_of
from shuli.core.bpmn.draw.words import width_of
from shuli.core.bpmn.elements import (
    Bounds,
    Diagram,
    Edge,
    Element,
    Group,
    Lane,
    MessageFlow,
    Participant,
    Shape,
    SubProcess,
    tag_of,
)
from shuli.core.bpmn.layout import lay_out

MARGIN = 12.0
PIN_SIZE = 11.0
PIN_RISE = 5.0  # above the upper edge, so that the sign in the corner stays free
FONT = "'Noto Sans CJK SC', 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"


def draw_svg(
    document: BpmnDocument,
    *,
    language: Language = "zh",
    diagram: int = 0,
    markers: Mapping[str, Collection[str]] | None = None,
    pins: Mapping[str, Pin] | None = None,
    medium: Medium = "page",
    prefix: str = "dia-",
    rows: Sequence[Row] = (),
) -> str:
    """Return a diagram as an SVG element, to stand in a page or (`medium="paper"`) in a file of its own.

    A model without a diagram is laid out first. `markers` gives elements further classes; sl-done, sl-now, sl-late and
    sl-h1 to sl-h4 colour them. `rows` are named strips across the whole picture, such as phases. Every element is a group with `prefix` and its id as id, and the id as data-element.
    """
    shown = document if diagram < len(document.diagrams) else lay_out(document)
    picture = shown.diagrams[diagram] if diagram < len(shown.diagrams) else Diagram()
    scene = Scene(
        document=shown,
        diagram=picture,
        language=language,
        medium=medium,
        markers=markers or {},
        pins=pins or {},
    )
    return _Picture(scene, prefix, rows).svg()


class _Picture:
    def __init__(self, scene: Scene, prefix: str, rows: Sequence[Row] = ()) -> None:
        self.scene = scene
        self.prefix = prefix
        self.rows = rows
        self.labels = Labels(scene)

    def svg(self) -> str:
        content = [*self.layers()]
        view = self.view()
        paper = self.scene.medium == "paper"
        return tag(
            "svg",
            [tag("title", words(self.name())), *content],
            xmlns="http://www.w3.org/2000/svg",
            class_="sl-dia-svg",
            viewBox=f"{n(view.x)} {n(view.y)} {n(view.width)} {n(view.height)}",
            width=view.width if paper else None,
            height=view.height if paper else None,
            role="group",
            aria_label=self.name(),
            lang="zh-Hans" if self.scene.language == "zh" else "en",
            font_family=FONT if paper else None,
        )

    def name(self) -> str:
        plane = self.scene.diagram.plane
        element = self.scene.document.elements.get(plane.element) if plane else None
        named = (element, self.scene.document.process())
        found = (" ".join(self.scene.name(one).split()) for one in named if one is not None)
        return next((name for name in found if name), "") or (
            "流程图" if self.scene.language == "zh" else "Diagram"
        )

    def layers(self) -> Iterator[str]:
        shapes = self.scene.shapes
        below = [one for one in shapes if self.scene.is_container(one[0], one[1])]
        groups = [one for one in shapes if isinstance(one[1], Group)]
        above = [one for one in shapes if one not in below and one not in groups]
        for shape, element, bounds in sorted(below, key=_depth):
            yield self.group(element, container(self.scene, shape, element, box_of(bounds)))
        yield from (strip(self.scene, row) for row in self.rows)
        messages = [one for one in self.scene.edges if isinstance(one[1], MessageFlow)]
        yield from self.lines(one for one in self.scene.edges if one not in messages)
        for _, element, bounds in (*groups, *above):
            look = NODES.get(type(element))
            if look is not None:
                yield self.group(element, look(self.scene, element, box_of(bounds)))
        # Messages come from outside; the rings at their beginning stay whole above the nodes.
        yield from self.lines(messages)
        yield from self.labels.drawn()
        yield from self.pins()

    def lines(self, edges: Iterable[tuple[Edge, Element]]) -> Iterator[str]:
        for edge, flow in edges:
            yield self.group(flow, line(self.scene, edge, flow))

    def group(self, element: Element, content: Iterator[str]) -> str:
        kind = tag_of(element)
        classes = ["sl-dia-node" if kind not in LINES else "sl-dia-flow", f"is-{_dashed(kind)}"]
        classes += sorted(self.scene.markers.get(element.id, ()))
        title = title_of(element, self.scene.name(element), self.scene.language)
        return tag(
            "g",
            [tag("title", words(title)), *content],
            id=self.prefix + element.id,
            class_=" ".join(classes),
            data_element=element.id,
            data_id=element.id,
        )

    def pins(self) -> Iterator[str]:
        for _, element, bounds in self.scene.shapes:
            pin = self.scene.pins.get(element.id)
            if pin is not None:
                yield self.pin(pin, self.pin_place(pin, element.id, box_of(bounds)))

    def pin_place(self, pin: Pin, element: str, node: Box) -> Box:
        """Return where a pin goes: above the middle, or where it hides no event on the border."""
        icon_room = 16 if pin.state else 0
        width = width_of(pin.text, PIN_SIZE) + icon_room + (12 if pin.text else 6)
        events = self.scene.attached.get(element, ())
        x, above, below = node.middle[0], node.y - PIN_RISE, node.bottom + PIN_RISE
        spots = ((x, above), (node.x + width / 2 - 4, above), (node.right - width / 2 + 4, above), (x, below))
        boxes = [Box(x=at - width / 2, y=y - 9, width=width, height=18) for at, y in spots]
        return min(boxes, key=lambda box: sum(box.overlap(one) for one in events))

    def pin(self, pin: Pin, box: Box) -> str:
        """Return a pill with its sign and its words."""
        icon = PINS.get(pin.state)
        ink = self.scene.colour(pin.state or "ink")
        fill = self.scene.colour(f"{pin.state}-soft" if pin.state else "surface")
        pill = tag(
            "rect",
            x=box.x,
            y=box.y,
            width=box.width,
            height=box.height,
            rx=9,
            fill=fill,
            stroke=ink,
            stroke_width=1,
        )
        look = replace(self.scene.look(""), icon=ink)
        sign = icon_at(icon, box.x + 11, box.middle[1], 1, look=look) if icon else ""
        text = ""
        if pin.text:
            text = block([pin.text], box.right - 7, box.y + 2.4, fill=ink, size=PIN_SIZE, anchor="end")
        return tag("g", [pill, sign, text], class_=f"sl-pin is-{pin.state}" if pin.state else "sl-pin")

    def view(self) -> Box:
        """Return what the picture has to show: every shape, line, name and pin."""
        boxes = [box_of(bounds) for _, _, bounds in self.scene.shapes] + self.labels.taken
        boxes += [
            Box(x=p.x, y=p.y, width=0, height=0) for edge, _ in self.scene.edges for p in edge.waypoints
        ]
        boxes += [row.box for row in self.rows]
        if not boxes:
            return Box(x=0, y=0, width=100, height=40)
        left, top = min(box.x for box in boxes), min(box.y for box in boxes)
        right, bottom = max(box.right for box in boxes), max(box.bottom for box in boxes)
        return Box(x=left, y=top, width=right - left, height=bottom - top).grown(MARGIN)


LINES = frozenset(
    {"sequenceFlow", "messageFlow", "association", "dataInputAssociation", "dataOutputAssociation"}
)


def _depth(one: tuple[Shape, Element, Bounds]) -> tuple[int, float]:
    """Return the order of containers: pools, lanes, then sub-processes, the larger below."""
    _, element, bounds = one
    rank = {Participant: 0, Lane: 1, SubProcess: 2}.get(type(element), 3)
    return rank, -bounds.width * bounds.height


def _dashed(kind: str) -> str:
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in kind)
