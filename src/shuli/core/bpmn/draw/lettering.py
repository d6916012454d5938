"""Setting words: in lines around a point, along a side, or upright in a column."""

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from shuli.core.bpmn.draw.canvas import n, tag, words
from shuli.core.bpmn.draw.words import LINE, fitted, is_chinese, width_of
from shuli.core.bpmn.elements import Bounds

SIZE = 12.0  # beside a node or a line
LARGE = 14.0  # inside a node, where there is room
Anchor = Literal["start", "middle", "end"]


class Box(Struct, frozen=True, kw_only=True):
    """A rectangle by its left top corner."""

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
    def middle(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2

    def grown(self, by: float) -> "Box":
        return Box(x=self.x - by, y=self.y - by, width=self.width + 2 * by, height=self.height + 2 * by)

    def overlap(self, other: "Box") -> float:
        """Return the area that both share; asked for every name and line, so most answers come at once."""
        left, right = self.x, self.x + self.width
        if other.x >= right or other.x + other.width <= left:
            return 0.0
        top, bottom = self.y, self.y + self.height
        if other.y >= bottom or other.y + other.height <= top:
            return 0.0
        wide = min(right, other.x + other.width) - max(left, other.x)
        return wide * (min(bottom, other.y + other.height) - max(top, other.y))


def box_of(bounds: Bounds) -> Box:
    return Box(x=bounds.x, y=bounds.y, width=bounds.width, height=bounds.height)


def block(
    lines: Iterable[str],
    x: float,
    top: float,
    *,
    fill: str,
    size: float = SIZE,
    anchor: Anchor = "middle",
    bold: bool = False,
    halo: str | None = None,
) -> str:
    """Return lines of text below one another; `halo` keeps them readable over a line."""
    spans = [
        tag("tspan", words(line), x=x, y=top + (index + 0.8) * size * LINE)
        for index, line in enumerate(lines)
    ]
    if not spans:
        return ""
    around = (
        {"stroke": halo, "stroke_width": 4, "stroke_linejoin": "round", "paint_order": "stroke"}
        if halo
        else {}
    )
    return tag(
        "text",
        spans,
        class_="sl-dia-words",
        text_anchor=anchor,
        font_size=size,
        font_weight=600 if bold else None,
        fill=fill,
        **around,
    )


def inside(text: str, box: Box, *, fill: str, bold: bool = False) -> str:
    """Return a text in the middle of a box, smaller where it would not fit."""
    lines, size = fitted(text, box.width, box.height, LARGE)
    top = box.y + (box.height - len(lines) * size * LINE) / 2
    return block(lines, box.middle[0], top, fill=fill, size=size, bold=bold)


def size_of(lines: list[str], size: float = SIZE) -> tuple[float, float]:
    """Return width and height of a block of lines."""
    return max((width_of(line, size) for line in lines), default=0.0), len(lines) * size * LINE


def sideways(text: str, box: Box, *, fill: str, bold: bool = False) -> str:
    """Return a text along a narrow upright band: Chinese stands upright letter by letter, other words are turned."""
    letters = [letter for letter in text if not letter.isspace()]
    if is_chinese(text) and len(letters) * LARGE * 1.2 <= box.height - 8:
        return _upright(letters, box, fill=fill, bold=bold)
    lines, size = fitted(text, box.height - 8, box.width - 2, LARGE)
    x, y = box.middle
    top = y - len(lines) * size * LINE / 2
    turned = block(lines, x, top, fill=fill, size=size, bold=bold)
    return tag("g", turned, transform=f"rotate(-90 {n(x)} {n(y)})")


def _upright(letters: list[str], box: Box, *, fill: str, bold: bool) -> str:
    x, y = box.middle
    step = LARGE * 1.2
    top = y - len(letters) * step / 2
    spans = [
        tag("tspan", words(letter), x=x, y=top + (index + 0.8) * step) for index, letter in enumerate(letters)
    ]
    return tag(
        "text",
        spans,
        class_="sl-dia-words",
        text_anchor="middle",
        font_size=LARGE,
        font_weight=600 if bold else None,
        fill=fill,
    )
