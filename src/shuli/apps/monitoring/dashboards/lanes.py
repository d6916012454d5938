"""Rows with bars, as SVG: open cases along the days, and how many cases reached each step."""

from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from msgspec import Struct

WIDTH, ROW, LABEL, TOP = 460, 26, 150, 22
ROOM = WIDTH - LABEL - 50
LONGEST = 22  # of a label, as wide as so many Latin signs


class Bar(Struct, frozen=True, kw_only=True):
    """One row: from where to where on its line, both from 0 to 1."""

    label: str
    words: str  # read out and shown when pointed at
    url: str
    end: float
    start: float = 0.0
    note: str = ""  # behind the bar
    is_late: bool = False
    mark: float | None = None  # such as where it is due


def lanes(label: str, bars: Sequence[Bar], ticks: Sequence[tuple[float, str]] = ()) -> SafeString:
    """Return the rows as one SVG; every text is escaped, and each row leads to what it says."""
    height = TOP + ROW * len(bars) + 4
    grid = "".join(_tick(at, words, height) for at, words in ticks)
    rows = "".join(_row(number, bar) for number, bar in enumerate(bars))
    head = f'<svg class="sl-plot is-lanes" viewBox="0 0 {WIDTH} {height}" role="group" aria-label="{escape(label)}">'
    return mark_safe(f"{head}{grid}{rows}</svg>")  # noqa: S308 -- made of numbers and escaped words


def _tick(at: float, words: str, height: int) -> str:
    x = LABEL + ROOM * at
    return (
        f'<path class="is-grid" d="M{x:.1f} {TOP}V{height}"/>'
        f'<text class="is-middle" x="{x:.1f}" y="{TOP - 8}">{escape(words)}</text>'
    )


def _short(label: str) -> str:
    """Return as much of a label as there is room for; a Chinese sign is as wide as two."""
    room, taken = LONGEST, ""
    for sign in label:
        room -= 1 if sign.isascii() else 2
        if room < 0:
            return taken + "…"
        taken += sign
    return taken


def _row(number: int, bar: Bar) -> str:
    y = TOP + ROW * number
    left, right = (LABEL + ROOM * min(max(at, 0.0), 1.0) for at in (bar.start, bar.end))
    kind = "is-bar is-late" if bar.is_late else "is-bar"
    mark = (
        ""
        if bar.mark is None
        else f'<path class="is-mark" d="M{LABEL + ROOM * bar.mark:.1f} {y + 3}v{ROW - 6}"/>'
    )
    return (
        f'<a href="{escape(bar.url)}"><title>{escape(bar.words)}</title>'
        f'<text x="0" y="{y + 17}">{escape(_short(bar.label))}</text>'
        f'<rect class="{kind}" x="{left:.1f}" y="{y + 7}" width="{max(right - left, 2):.1f}" height="{ROW - 14}"/>'
        f'{mark}<text x="{right + 6:.1f}" y="{y + 17}">{escape(bar.note)}</text></a>'
    )
