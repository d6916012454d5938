"""What is drawn and what the drawing says: plain values, so that the algorithms need no BPMN.

Lengths are pixels of the diagram; x grows to the right, y downwards.
"""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

Point = tuple[float, float]
Outline = Literal["box", "diamond", "circle"]


class LayoutError(Exception):
    """The layout itself is wrong: no sketch may lead here."""


class Size(Struct, frozen=True, kw_only=True):
    width: float
    height: float


class Box(Struct, frozen=True, kw_only=True):
    """A rectangle by its upper left corner and its size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> Point:
        return self.x + self.width / 2, self.y + self.height / 2

    def moved(self, dx: float, dy: float) -> "Box":
        """Return the same rectangle elsewhere."""
        return Box(x=self.x + dx, y=self.y + dy, width=self.width, height=self.height)

    def overlaps(self, other: "Box", gap: float = 0) -> bool:
        """Say whether the two come nearer than `gap`; boxes that only touch do not overlap."""
        return (
            self.x < other.right + gap
            and other.x < self.right + gap
            and self.y < other.bottom + gap
            and other.y < self.bottom + gap
        )


class Shape(Struct, frozen=True, kw_only=True):
    """Something with an outline that lines lead to."""

    id: str
    width: float
    height: float
    lane: int = 0  # index of its row of the diagram, from the top
    outline: Outline = "box"
    label: Size | None = None  # room for a name that is written outside
    attached_to: str | None = None  # the activity on whose border it sits
    beside: str | None = None  # what a note or data object explains; it stands above or below it
    wide: bool = False  # covers its whole lane: a pool that shows nothing of its inside
    stage: int | None = None  # what has a later one stands wholly to the right of what has an earlier one


class Link(Struct, frozen=True, kw_only=True):
    id: str
    source: str
    target: str
    kind: Literal["flow", "message", "association"] = "flow"
    label: Size | None = None


class Jump(Struct, frozen=True, kw_only=True):
    """A throwing and a catching link event of one name: the flow goes on without a line."""

    source: str
    target: str


class Sketch(Struct, frozen=True, kw_only=True):
    """A diagram before it has places."""

    shapes: tuple[Shape, ...]
    links: tuple[Link, ...] = ()
    jumps: tuple[Jump, ...] = ()
    lanes: int = 1


class Drawing(Struct, frozen=True, kw_only=True):
    """A diagram with its places; the upper left corner is (0, 0)."""

    boxes: Mapping[str, Box]
    routes: Mapping[str, tuple[Point, ...]]
    labels: Mapping[str, Box]  # by the id of the shape or link that they name
    bands: tuple[tuple[float, float], ...]  # top and bottom of every lane
    width: float
    height: float
