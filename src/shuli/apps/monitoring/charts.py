"""Charts as SVG that the server draws: no script, prints, follows the theme."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from msgspec import Struct

WIDTH, HEIGHT = 720, 240
LEFT, RIGHT, TOP, BOTTOM = 48, 60, 28, 26
LABELS = 9  # at most so many words below the line


class Point(Struct, frozen=True, kw_only=True):
    label: str  # below the line
    value: float | None  # None: nothing happened
    words: str  # read out and shown when pointed at


class Mark(Struct, frozen=True, kw_only=True):
    """A vertical line, such as where a version came into force: at a point of the line."""

    at: int
    words: str


class Chart(Struct, frozen=True, kw_only=True):
    label: str
    points: Sequence[Point]
    ticks: Sequence[tuple[float, str]]  # of the axis, lowest first
    target: tuple[float, str] | None = None
    marks: Sequence[Mark] = ()
    is_bars: bool = False


def drawn(chart: Chart) -> SafeString:
    """Return the chart as an SVG element; every text is escaped."""
    parts = "".join((*_axes(chart), *_marks(chart), *_values(chart), *_target(chart)))
    head = (
        f'<svg class="sl-plot" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(chart.label)}">'
    )
    return mark_safe(f"{head}{parts}</svg>")  # noqa: S308 -- made of numbers and escaped words


def _x(chart: Chart, at: float) -> float:
    room, count = WIDTH - LEFT - RIGHT, len(chart.points)
    if chart.is_bars:
        return LEFT + room * (at + 0.5) / max(count, 1)
    return LEFT + room * at / max(count - 1, 1)


def _y(chart: Chart, value: float) -> float:
    low, high = chart.ticks[0][0], chart.ticks[-1][0]
    share = (value - low) / (high - low) if high > low else 0.0
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * min(max(share, 0.0), 1.0)


def _text(x: float, y: float, words: str, kind: str = "") -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}">{escape(words)}</text>'


def _axes(chart: Chart) -> Iterator[str]:
    for value, words in chart.ticks:
        y = _y(chart, value)
        yield f'<path class="is-grid" d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}"/>'
        yield _text(LEFT - 6, y + 4, words, "is-end")
    every = -(-len(chart.points) // LABELS)
    for at, point in enumerate(chart.points):
        if at % max(every, 1) == 0:
            is_second = at // max(every, 1) % 2
            kind = "is-middle is-below is-second" if is_second else "is-middle is-below"
            yield _text(_x(chart, at), HEIGHT - 8, point.label, kind)


def _marks(chart: Chart) -> Iterator[str]:
    for mark in chart.marks:
        x = _x(chart, mark.at)
        yield f'<path class="is-mark" d="M{x:.1f} {TOP}V{HEIGHT - BOTTOM}"/>{_text(x, TOP - 8, mark.words, "is-middle")}'


def _values(chart: Chart) -> Iterator[str]:
    if chart.is_bars:
        yield from _bars(chart)
        return
    for run in _runs(chart):
        places = [(_x(chart, at), _y(chart, value)) for at, value in run]
        yield f'<polyline class="is-line" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in places)}"/>'
    for at, point in enumerate(chart.points):
        if point.value is not None:
            x, y = _x(chart, at), _y(chart, point.value)
            yield f'<circle class="is-point" cx="{x:.1f}" cy="{y:.1f}" r="3"><title>{escape(point.words)}</title></circle>'
    last = next((point for point in reversed(chart.points) if point.value is not None), None)
    if last is not None and last is chart.points[-1]:
        yield _text(
            WIDTH - RIGHT + 6, _y(chart, last.value or 0.0) + 4, last.words.rpartition(" ")[2], "is-last"
        )


def _bars(chart: Chart) -> Iterator[str]:
    width = (WIDTH - LEFT - RIGHT) / max(len(chart.points), 1) * 0.6
    foot = HEIGHT - BOTTOM
    for at, point in enumerate(chart.points):
        if point.value:
            x, y = _x(chart, at) - width / 2, _y(chart, point.value)
            yield (
                f'<rect class="is-bar" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{foot - y:.1f}">'
                f"<title>{escape(point.words)}</title></rect>"
            )


def _runs(chart: Chart) -> Iterator[list[tuple[int, float]]]:
    """Give the stretches without a gap."""
    run: list[tuple[int, float]] = []
    for at, point in enumerate(chart.points):
        if point.value is None:
            yield from _if_any(run)
            run = []
        else:
            run.append((at, point.value))
    yield from _if_any(run)


def _if_any(run: list[tuple[int, float]]) -> Iterable[list[tuple[int, float]]]:
    return [run] if run else []


def _target(chart: Chart) -> Iterator[str]:
    if chart.target is not None:
        value, words = chart.target
        y = _y(chart, value)
        yield f'<path class="is-target" d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}"/>{_text(LEFT + 4, y - 5, words, "is-target")}'


def spark(values: Sequence[float | None], target: float | None = None) -> SafeString:
    """Return a small line of the values, with a dashed one where the target is."""
    known = [value for value in (*values, target) if value is not None]
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    room = (high - low) or 1.0
    last = max(len(values) - 1, 1)

    def place(at: int, value: float) -> str:
        return f"{2 + 196 * at / last:.1f},{34 - 30 * (value - low) / room:.1f}"

    line = " ".join(place(at, value) for at, value in enumerate(values) if value is not None)
    goal = (
        ""
        if target is None
        else f'<path class="is-target" d="M2 {34 - 30 * (target - low) / room:.1f}H198"/>'
    )
    dots = f'<polyline class="is-line" points="{line}"/>' if line else ""
    return mark_safe(  # noqa: S308 -- made of numbers
        f'<svg class="sl-spark sl-plot" viewBox="0 0 200 38" aria-hidden="true">{goal}{dots}</svg>'
    )
