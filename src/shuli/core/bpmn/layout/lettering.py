"""How much room words take: an estimate that is good enough to keep names apart, without any font.

Names are measured in every language that they have, so that one diagram serves them all.
"""

from collections.abc import Iterable
from itertools import pairwise

from shuli.core.bpmn.layout.values import Size

# Widths at the 12 pixels that viewers use for names.
WIDE_LETTER = 12.0
NARROW_LETTER = 6.6
CAPITAL_LETTER = 8.2
LINE_HEIGHT = 14.5

FIRST_WIDE_LETTER = "\u2e80"  # CJK, kana, full-width forms

NAME_WIDTH = 90.0
LINE_NAME_WIDTH = 100.0
NOTE_WIDTH = 150.0

TASK = Size(width=100, height=80)
WIDEST_TASK = 160.0
TASK_PADDING = 12.0
TASK_LINES = 3
TALLEST_LINES = 4


def width_of(text: str) -> float:
    """Return about how wide a text is on one line."""
    return sum(map(_letter_width, text))


def _letter_width(letter: str) -> float:
    if letter >= FIRST_WIDE_LETTER:
        return WIDE_LETTER
    return CAPITAL_LETTER if letter.isupper() else NARROW_LETTER


def wrap(text: str, width: float) -> list[str]:
    """Return the lines of a text; Chinese breaks anywhere, other words only where they end."""
    lines: list[str] = []
    for paragraph in text.splitlines():
        line = ""
        for piece in _pieces(paragraph):
            if line and width_of((line + piece).rstrip()) > width:
                lines.append(line.rstrip())
                line = ""
            line += piece if line else piece.lstrip()
        lines.append(line.rstrip())
    return [line for line in lines if line]


def _pieces(text: str) -> Iterable[str]:
    """Split where a line may break: after a space, and around every wide letter."""
    start = 0
    for at, (one, two) in enumerate(pairwise(text), start=1):
        if one == " " or one >= FIRST_WIDE_LETTER or two >= FIRST_WIDE_LETTER:
            yield text[start:at]
            start = at
    yield text[start:]


def name_size(names: Iterable[str], width: float = NAME_WIDTH) -> Size | None:
    """Return the room for a name that stands outside, in whichever language it is longest."""
    sizes = [_size(wrap(name, width)) for name in names if name.strip()]
    if not sizes:
        return None
    return Size(width=max(size.width for size in sizes), height=max(size.height for size in sizes))


def _size(lines: list[str]) -> Size:
    return Size(width=max(map(width_of, lines), default=0) + 2, height=LINE_HEIGHT * len(lines))


def task_size(names: Iterable[str]) -> Size:
    """Return the size of an activity that its name fits into."""
    names = list(names)
    width = TASK.width
    while width < WIDEST_TASK and any(not _fits(name, width) for name in names):
        width += 20
    lines = max((len(wrap(name, width - TASK_PADDING)) for name in names), default=0)
    return Size(width=width, height=TASK.height + max(0.0, lines - TALLEST_LINES) * LINE_HEIGHT)


def _fits(name: str, width: float) -> bool:
    lines = wrap(name, width - TASK_PADDING)
    return len(lines) <= TASK_LINES and all(width_of(line) <= width - TASK_PADDING for line in lines)


def note_size(text: str) -> Size:
    """Return the size of a note."""
    lines = wrap(text, NOTE_WIDTH - TASK_PADDING)
    widest = max(map(width_of, lines), default=0) + TASK_PADDING
    return Size(width=min(NOTE_WIDTH, max(60.0, widest)), height=max(30.0, LINE_HEIGHT * len(lines) + 8))
