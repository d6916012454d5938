"""Pools, lanes and sub-processes that show their inside."""

from collections.abc import Iterator

from msgspec import Struct

from shuli.core.bpmn.draw.canvas import n, tag
from shuli.core.bpmn.draw.lettering import SIZE, Box, block, inside, sideways
from shuli.core.bpmn.draw.nodes import foot, frame, marks_of
from shuli.core.bpmn.draw.scene import Scene
from shuli.core.bpmn.draw.words import wrap
from shuli.core.bpmn.elements import Element, Lane, Participant, Shape, SubProcess
from shuli.core.text import Text

BAND = 30.0


class Row(Struct, frozen=True, kw_only=True):
    """A strip across the whole picture with its name at the left, such as a phase."""

    name: Text
    box: Box


def container(scene: Scene, shape: Shape, element: Element, box: Box) -> Iterator[str]:
    if isinstance(element, SubProcess):
        yield from sub_process(scene, element, box)
    elif isinstance(element, Participant):
        yield from pool(scene, shape, element, box)
    else:
        yield from lane(scene, shape, element, box)


def pool(scene: Scene, shape: Shape, element: Participant, box: Box) -> Iterator[str]:
    """A pool with its name in a band; a black box has it in the middle."""
    look = scene.look(element.id)
    yield _plain(scene, box, "surface", 1.5)
    if not _shows_process(scene, element):
        yield inside(scene.name(element), box.grown(-6), fill=look.text, bold=True)
        yield from _many(scene, element, box)
        return
    flat = is_flat(shape, box)
    edge = (
        f"M{n(box.x + BAND)} {n(box.y)}V{n(box.bottom)}"
        if flat
        else f"M{n(box.x)} {n(box.y + BAND)}H{n(box.right)}"
    )
    yield tag("path", d=edge, fill="none", stroke=scene.colour("line"), stroke_width=1.5)
    yield _title(scene.name(element), box, flat=flat, fill=look.text, bold=True)
    yield from _many(scene, element, box)


def lane(scene: Scene, shape: Shape, element: Element, box: Box) -> Iterator[str]:
    yield _plain(scene, box, "none", 1.0)
    yield _title(
        scene.name(element), box, flat=is_flat(shape, box), fill=scene.look(element.id).text, bold=False
    )


def sub_process(scene: Scene, element: SubProcess, box: Box) -> Iterator[str]:
    look = scene.look(element.id)
    yield from frame(element, box, look)
    lines = wrap(scene.name(element), box.width - 16, SIZE)[:2]
    yield block(lines, box.middle[0], box.y + 4, fill=look.text, bold=True)
    yield from foot(marks_of(element, is_collapsed=False), box, look)


def is_flat(shape: Shape, box: Box) -> bool:
    """Say whether a pool or lane lies on its side, its name at the left."""
    return shape.is_horizontal if shape.is_horizontal is not None else box.width >= box.height


def strip(scene: Scene, row: Row) -> str:
    """Return a row: a line below and above it, and its name in a band at the left."""
    box, ink = row.box, scene.colour("line")
    lines = f"M{n(box.x)} {n(box.y)}H{n(box.right)}M{n(box.x)} {n(box.bottom)}H{n(box.right)}"
    band = Box(x=box.x, y=box.y, width=BAND, height=box.height)
    name = sideways(row.name.in_language(scene.language), band, fill=scene.colour("ink"), bold=False)
    side = tag("rect", x=band.x, y=band.y, width=BAND, height=band.height, fill="none", stroke=ink)
    return tag(
        "g",
        [tag("path", d=lines, fill="none", stroke=ink, stroke_dasharray="6 4"), side, name],
        class_="sl-dia-row",
    )


def _shows_process(scene: Scene, element: Participant) -> bool:
    """Say whether anything of the pool's process is drawn here."""
    return bool(element.process) and any(
        isinstance(other, Lane) or not isinstance(other, Participant)
        for _, other, _ in scene.shapes
        if other.id in scene.inside(element.process)
    )


def _plain(scene: Scene, box: Box, fill: str, width: float) -> str:
    return tag(
        "rect",
        class_="sl-dia-body",
        x=box.x,
        y=box.y,
        width=box.width,
        height=box.height,
        fill=scene.colour(fill),
        stroke=scene.colour("line"),
        stroke_width=width,
    )


def _title(name: str, box: Box, *, flat: bool, fill: str, bold: bool) -> str:
    if flat:
        band = Box(x=box.x, y=box.y, width=BAND, height=box.height)
        return sideways(name, band, fill=fill, bold=bold)
    return inside(name, Box(x=box.x + 4, y=box.y, width=box.width - 8, height=BAND), fill=fill, bold=bold)


def _many(scene: Scene, element: Participant, box: Box) -> Iterator[str]:
    """A pool that stands for several of its kind."""
    if element.multiplicity is not None and element.multiplicity.maximum != 1:
        bars = "".join(f"M{n(box.middle[0] + step)} {n(box.bottom - 15)}v10" for step in (-4, 0, 4))
        yield tag("path", d=bars, fill="none", stroke=scene.colour("line"), stroke_width=2.2)
