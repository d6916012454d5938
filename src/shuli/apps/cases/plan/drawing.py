"""The Gantt chart (甘特图) as SVG that the server draws: no script, prints, follows the theme."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from msgspec import Struct

from shuli.apps.cases.plan.facts import PlanTask

WIDTH, LEFT, TOP, ROW, BAR = 860, 190, 34, 30, 14
LETTERS = 24  # of a name beside its bar, in half widths
MOST_TICKS = 12
STEPS = (1, 2, 7, 14, 28, 56, 91, 182, 364)  # days between two dates of the axis


class Words(Struct, frozen=True, kw_only=True):
    """What the chart says: its name, the word for today, and for each task what is read out."""

    label: str
    today: str
    tasks: Sequence[str]


def drawn(tasks: Sequence[PlanTask], today: date, words: Words) -> SafeString:
    """Return the chart as an SVG element; every text is escaped."""
    first, last = _span(tasks, today)
    height = TOP + ROW * len(tasks) + 10
    chart = Axis(first=first, last=last, height=height)
    parts = [*_dates(chart), *_today(chart, today, words.today)]
    for at, (task, told) in enumerate(zip(tasks, words.tasks, strict=True)):
        parts += _row(chart, at, task, told, today)
    head = (
        f'<svg class="sl-gantt" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(words.label)}">'
    )
    return mark_safe(f"{head}{''.join(parts)}</svg>")  # noqa: S308 -- made of numbers and escaped words


class Axis(Struct, frozen=True, kw_only=True):
    first: date
    last: date
    height: int

    def x(self, day: date) -> float:
        """Return where a day begins."""
        return LEFT + (WIDTH - LEFT - 14) * (day - self.first).days / max((self.last - self.first).days, 1)


def _span(tasks: Sequence[PlanTask], today: date) -> tuple[date, date]:
    """Return from when until when is drawn: all tasks, and today where it is not far from them."""
    ends = [day for task in tasks for day in (task.start, task.due, task.done_on) if day is not None]
    first, last = min(ends), max(ends)
    near = timedelta(days=max((last - first).days, 14))
    if first - near <= today <= last + near:
        first, last = min(first, today), max(last, today)
    return first, last + timedelta(days=1)


def _dates(chart: Axis) -> Iterator[str]:
    days = (chart.last - chart.first).days
    step = next((one for one in STEPS if days <= one * MOST_TICKS), STEPS[-1])
    for at in range(0, days, step):
        day = chart.first + timedelta(days=at)
        x = chart.x(day)
        yield f'<path class="is-grid" d="M{x:.1f} {TOP - 6}V{chart.height}"/>'
        if x + 30 < WIDTH:
            yield f'<text class="is-date" x="{x + 2:.1f}" y="{TOP - 10}">{day:%m-%d}</text>'


def _today(chart: Axis, today: date, words: str) -> Iterator[str]:
    if not chart.first <= today <= chart.last:
        return
    x = chart.x(today)
    anchor = "is-end" if x > WIDTH - 60 else "is-start"
    yield f'<path class="is-today" d="M{x:.1f} 14V{chart.height}"/>'
    yield f'<text class="is-today {anchor}" x="{x:.1f}" y="11">{escape(words)}</text>'


def _row(chart: Axis, at: int, task: PlanTask, told: str, today: date) -> Iterator[str]:
    y = TOP + ROW * at
    begin, end = chart.x(task.start), chart.x(task.due + timedelta(days=1))
    box = f'y="{y + (ROW - BAR) / 2:.1f}" height="{BAR}" rx="3"'
    yield f'<g class="is-{task.state}{" is-late" if task.is_late else ""}"><title>{escape(told)}</title>'
    yield f'<text class="is-name" x="4" y="{y + ROW / 2 + 4:.1f}">{escape(short(task.name))}</text>'
    yield f'<rect class="is-bar" x="{begin:.1f}" width="{max(end - begin, 3):.1f}" {box}/>'
    # what it took beyond its date: until it was handed in, or until today
    until = task.done_on if task.state == "done" else today if task.state == "delayed" else None
    if until is not None and until > task.due:
        over = min(chart.x(until + timedelta(days=1)), float(WIDTH))
        yield f'<rect class="is-over" x="{end:.1f}" width="{max(over - end, 3):.1f}" {box}/>'
    yield "</g>"


def short(name: str) -> str:
    """Return a name that fits beside the bars; a Chinese character is as wide as two letters."""
    room, kept = LETTERS, ""
    for letter in name:
        room -= 2 if ord(letter) > 0x2E80 else 1
        if room < 1:
            return f"{kept}…"
        kept += letter
    return kept
