"""Parts of a whole as a pie, as SVG: who did the work, what the cost consists of. Each part stands beside it in words."""

from collections.abc import Sequence
from math import cos, pi, sin

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from msgspec import Struct

from shuli.kit.components import amounts

WIDTH, ROW, TOP, RADIUS = 460, 44, 16, 80  # a row has two lines, so that a phone's larger letters find room
LOOKS = 6  # ways in which parts are drawn; the smallest ones are one part together
LONGEST = 24  # signs of a label


class Part(Struct, frozen=True, kw_only=True):
    label: str
    value: float
    words: str  # its value with the unit


def pie(label: str, parts: Sequence[Part], rest: str) -> SafeString | None:
    """Return the parts, largest first, those beyond five together as `rest`; None where nothing is divided."""
    known = sorted((part for part in parts if part.value > 0), key=lambda part: (-part.value, part.label))
    whole = sum(part.value for part in known)
    if len(known) < 2:
        return None
    shown = known if len(known) <= LOOKS else [*known[: LOOKS - 1], _together(known[LOOKS - 1 :], rest)]
    height = max(2 * (RADIUS + TOP), TOP * 2 + ROW * len(shown))
    drawn, begin = "", 0.0
    for at, part in enumerate(shown):
        share = part.value / whole
        drawn += _slice(at, begin, share, height / 2) + _line(at, part, share)
        begin += share
    head = (
        f'<svg class="sl-plot is-pie" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(label)}">'
    )
    return mark_safe(f"{head}{drawn}</svg>")  # noqa: S308 -- made of numbers and escaped words


def _together(parts: Sequence[Part], rest: str) -> Part:
    return Part(label=rest, value=sum(part.value for part in parts), words="")


def _slice(at: int, begin: float, share: float, middle: float) -> str:
    centre = RADIUS + TOP
    ends = [(sin(2 * pi * turn), -cos(2 * pi * turn)) for turn in (begin, begin + share)]
    (x, y), (to_x, to_y) = [(centre + RADIUS * one, middle + RADIUS * other) for one, other in ends]
    is_large = int(share > 0.5)
    return (
        f'<path class="is-part is-{at}" d="M{centre} {middle:.1f}L{x:.2f} {y:.2f}'
        f'A{RADIUS} {RADIUS} 0 {is_large} 1 {to_x:.2f} {to_y:.2f}Z"/>'
    )


def _line(at: int, part: Part, share: float) -> str:
    x, y = 2 * (RADIUS + TOP) + 8, TOP + ROW * at
    label = part.label if len(part.label) <= LONGEST else part.label[: LONGEST - 1] + "…"
    told = " ".join(word for word in (part.words, amounts.percent(share)) if word)
    return (
        f'<rect class="is-part is-{at}" x="{x}" y="{y}" width="12" height="12"/>'
        f'<text x="{x + 20}" y="{y + 11}">{escape(label)}</text>'
        f'<text x="{x + 20}" y="{y + 29}">{escape(told)}</text>'
    )
