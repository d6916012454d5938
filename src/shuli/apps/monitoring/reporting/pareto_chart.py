"""Causes by weight as a drawing: bars, and the line of their sum with the mark of 80 %. Colours for paper; pages have their own."""

from collections.abc import Iterator, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from shuli.core.figures import Share
from shuli.core.figures.pareto import VITAL

WIDTH, HEIGHT = 720, 280
LEFT, RIGHT, TOP, BOTTOM = 40, 48, 24, 44
SHOWN = 10  # the rest is too little to see
INK, LINE, BAR, REST = "#434b55", "#d5dae0", "#1f5fa8", "#9db9d8"


def drawn(shares: Sequence[Share], names: Sequence[str], label: str) -> SafeString:
    """Return the chart as an SVG element; every text is escaped."""
    shown = list(zip(shares, names, strict=True))[:SHOWN]
    parts = "".join((*_axes(shown), *_bars(shown), *_line(shown), *_words(shown)))
    head = (
        f'<svg class="sl-plot" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        f'height="{HEIGHT}" role="img" aria-label="{escape(label)}" font-size="12" fill="{INK}">'
    )
    return mark_safe(f"{head}{parts}</svg>")  # noqa: S308 -- made of numbers and escaped words


Shown = Sequence[tuple[Share, str]]


def _middle(shown: Shown, at: int) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * (at + 0.5) / len(shown)


def _y(part: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * part


def _axes(_shown: Shown) -> Iterator[str]:
    for part in (0.0, 0.25, 0.5, 0.75, 1.0):
        y = _y(part)
        yield f'<path class="is-grid" d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="{LINE}" fill="none"/>'
        yield f'<text x="{WIDTH - RIGHT + 6}" y="{y + 4:.1f}">{part:.0%}</text>'
    y = _y(VITAL)
    yield f'<path class="is-target" d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="{INK}" stroke-dasharray="4 3" fill="none"/>'
    yield f'<text x="{LEFT + 4}" y="{y - 5:.1f}">{VITAL:.0%}</text>'


def _bars(shown: Shown) -> Iterator[str]:
    width = (WIDTH - LEFT - RIGHT) / max(len(shown), 1) * 0.6
    for at, (one, name) in enumerate(shown):
        x, y = _middle(shown, at) - width / 2, _y(one.share)
        colour = BAR if one.is_vital else REST
        yield (
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{HEIGHT - BOTTOM - y:.1f}" fill="{colour}">'
            f"<title>{escape(name)} {one.count}</title></rect>"
        )


def _line(shown: Shown) -> Iterator[str]:
    points = [(_middle(shown, at), _y(one.cumulative)) for at, (one, _name) in enumerate(shown)]
    told = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    yield f'<polyline class="is-line" points="{told}" fill="none" stroke="{INK}" stroke-width="2"/>'
    for x, y in points:
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{INK}"/>'


def _words(shown: Shown) -> Iterator[str]:
    room = int((WIDTH - LEFT - RIGHT) / max(len(shown), 1) / 8)
    for at, (one, name) in enumerate(shown):
        x = _middle(shown, at)
        short = name if len(name) <= room else f"{name[: max(room - 1, 1)]}…"
        yield f'<text class="is-middle" text-anchor="middle" x="{x:.1f}" y="{HEIGHT - BOTTOM + 16}">{escape(short)}</text>'
        yield f'<text class="is-middle" text-anchor="middle" x="{x:.1f}" y="{HEIGHT - BOTTOM + 32}">{one.count}</text>'
