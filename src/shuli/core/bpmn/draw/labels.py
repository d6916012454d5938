"""Where names that stand outside go: where the diagram says, else where they cover nothing."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from shuli.core.bpmn.draw.canvas import tag
from shuli.core.bpmn.draw.lettering import SIZE, Box, block, box_of, size_of
from shuli.core.bpmn.draw.lines import Spot, spots_of
from shuli.core.bpmn.draw.nodes import NAMED_OUTSIDE
from shuli.core.bpmn.draw.scene import Scene
from shuli.core.bpmn.draw.words import balanced, widest_word
from shuli.core.bpmn.elements import Label

WIDEST = 96.0
NARROWEST = 72.0
# What a place that the diagram gives may cover before another is looked for.
TOLERATED = 120.0
GAP = 4.0


Candidates = Callable[[float, float], Iterator[Box]]


class Wanted(Struct, frozen=True, kw_only=True):
    """A name that needs a place: where the diagram puts it, else one of the candidates for its size."""

    element: str
    name: str
    place: Box | None
    candidates: Candidates
    node: Box | None = None  # whose name it is

    def anchored(self, width: float, height: float) -> Box:
        """Return the given place for words of this size: they grow away from their node."""
        place = self.place or Box(x=0, y=0, width=0, height=0)
        top = place.middle[1] - height / 2
        if self.node is not None and place.middle[1] > self.node.bottom:
            top = place.y
        elif self.node is not None and place.middle[1] < self.node.y:
            top = place.bottom - height
        return Box(x=place.middle[0] - width / 2, y=top, width=width, height=height)


class Labels:
    """Place one name after the other; each keeps clear of the shapes, the lines and the names before it."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.taken: list[Box] = []
        self.shapes = [
            box_of(bounds)
            for shape, element, bounds in scene.shapes
            if not scene.is_container(shape, element)
        ]
        self.lines = [piece for edge, _ in scene.edges for piece in _pieces(spots_of(edge))]

    def drawn(self) -> Iterator[str]:
        """Yield the names; those whose place is given first, for the others give way to them."""
        todo = [*self._of_shapes(), *self._of_edges()]
        for wanted in sorted(todo, key=lambda one: one.place is None):
            lines, box = self._placed(wanted)
            self.taken.append(box)
            yield self._text(wanted.element, lines, box)

    def _placed(self, wanted: Wanted) -> tuple[list[str], Box]:
        """Return the lines of a name and their place; the diagram's own place gives way only to one much better."""
        least = widest_word(wanted.name, SIZE) + 1
        own, box = [], Box(x=0, y=0, width=0, height=0)
        if wanted.place is not None:
            own = balanced(wanted.name, max(wanted.place.width + 8, NARROWEST, least), SIZE)
            box = wanted.anchored(*size_of(own))
            if self._cost(box) <= TOLERATED:
                return own, box
        lines = balanced(wanted.name, max(WIDEST, least), SIZE)
        best = min(wanted.candidates(*size_of(lines)), key=self._cost)
        keeps = own and self._cost(box) <= TOLERATED + 2 * self._cost(best)
        return (own, box) if keeps else (lines, best)

    def _of_shapes(self) -> Iterator[Wanted]:
        for shape, element, bounds in self.scene.shapes:
            name = self.scene.name(element)
            if isinstance(element, NAMED_OUTSIDE) and name.strip():
                box = box_of(bounds)
                yield Wanted(
                    element=element.id, name=name, place=_place_in(shape.label), candidates=_Around(box)
                )

    def _of_edges(self) -> Iterator[Wanted]:
        for edge, element in self.scene.edges:
            name = self.scene.name(element)
            if name.strip():
                along = _Along(spots_of(edge))
                yield Wanted(element=element.id, name=name, place=_place_in(edge.label), candidates=along)

    def _cost(self, box: Box) -> float:
        """Return how much a name would cover there; lines weigh more than they are wide."""
        wide = box.grown(1)
        over = sum(wide.overlap(other) for other in (*self.shapes, *self.taken))
        return over * 2 + sum(wide.overlap(piece) for piece in self.lines) * 6

    def _text(self, element: str, lines: list[str], box: Box) -> str:
        look = self.scene.look("")
        text = block(lines, box.middle[0], box.y, fill=look.text, halo=look.fill)
        return tag("g", text, class_="sl-dia-label", data_for=element)


class _Around:
    """Places around a node: below, above, at the corners."""

    def __init__(self, box: Box) -> None:
        self.box = box

    def __call__(self, width: float, height: float) -> Iterator[Box]:
        x, y = self.box.middle
        spots = (
            (x - width / 2, self.box.bottom + GAP),
            (x - width / 2, self.box.y - GAP - height),
            (self.box.right - 6, self.box.y - height - 1),
            (self.box.right - 6, self.box.bottom + 1),
            (self.box.x + 6 - width, self.box.y - height - 1),
            (self.box.x + 6 - width, self.box.bottom + 1),
            (self.box.right + GAP, y - height / 2),
            (self.box.x - GAP - width, y - height / 2),
        )
        for left, top in spots:
            yield Box(x=left, y=top, width=width, height=height)


class _Along:
    """Places along a line: beside its first pieces, where its condition is looked for, then beside the others."""

    def __init__(self, spots: Sequence[Spot]) -> None:
        self.spots = spots

    def __call__(self, width: float, height: float) -> Iterator[Box]:
        for (ax, ay), (bx, by) in pairwise(self.spots):
            for part in (0.5, 0.3, 0.7):
                x, y = ax + (bx - ax) * part, ay + (by - ay) * part
                if abs(bx - ax) >= abs(by - ay):
                    yield Box(x=x - width / 2, y=y - height - 2, width=width, height=height)
                    yield Box(x=x - width / 2, y=y + 3, width=width, height=height)
                else:
                    yield Box(x=x + GAP, y=y - height / 2, width=width, height=height)
                    yield Box(x=x - GAP - width, y=y - height / 2, width=width, height=height)


def _place_in(label: Label | None) -> Box | None:
    if label is None or label.bounds is None or label.bounds.width <= 0:
        return None
    return box_of(label.bounds)


def _pieces(spots: Sequence[Spot]) -> Iterator[Box]:
    """Yield a line as thin boxes, a slanting one in short steps."""
    for (ax, ay), (bx, by) in pairwise(spots):
        steps = 1 if abs(bx - ax) < 1 or abs(by - ay) < 1 else int(max(abs(bx - ax), abs(by - ay)) // 8) + 1
        for step in range(steps):
            x, y = ax + (bx - ax) * step / steps, ay + (by - ay) * step / steps
            to_x, to_y = ax + (bx - ax) * (step + 1) / steps, ay + (by - ay) * (step + 1) / steps
            yield Box(
                x=min(x, to_x) - 1, y=min(y, to_y) - 1, width=abs(to_x - x) + 2, height=abs(to_y - y) + 2
            )
