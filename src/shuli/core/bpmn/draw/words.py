"""How much room words take, and where their lines break: Chinese anywhere but before a closing sign, others at spaces."""

import unicodedata
from collections.abc import Iterator
from math import inf

# Widths as parts of the font size, near enough for the fonts that pages use.
NARROW = frozenset("ijlt.,:;'|!()[] fr-")
WIDE_LATIN = frozenset("mwMW@%")
NOT_FIRST = frozenset("，。、；：？！）》」』】〕”’…—％·,.;:?!)]}%")
NOT_LAST = frozenset("（《「『【〔“‘([{")
COMFORTABLE = 3  # lines, before the letters get smaller
SMALL = 12.0
LINE = 1.25  # height of a line, as a part of the font size


def letter_width(letter: str) -> float:
    if is_wide(letter):
        return 1.0
    if letter in NARROW:
        return 0.34
    if letter in WIDE_LATIN:
        return 0.86
    return 0.67 if letter.isupper() else 0.56


def is_wide(letter: str) -> bool:
    """Say whether a letter fills a square, as Chinese does."""
    return unicodedata.east_asian_width(letter) in ("W", "F") or letter in "“”‘’…—·"


def width_of(text: str, size: float) -> float:
    return sum(map(letter_width, text)) * size


def is_chinese(text: str) -> bool:
    """Say whether a text can be set upright, one letter below the other."""
    kept = [letter for letter in text if not letter.isspace()]
    return bool(kept) and all(is_wide(letter) or letter.isdigit() for letter in kept)


def wrap(text: str, width: float, size: float) -> list[str]:
    """Return the lines of a text; a word that is wider than a line is broken."""
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        line = ""
        for piece in _pieces(paragraph, width, size):
            if line and width_of((line + piece).rstrip(), size) > width:
                lines.append(line.rstrip())
                line = piece.lstrip()
            else:
                line = line + piece if line else piece.lstrip()
        lines.append(line.rstrip())
    return [line for line in lines if line]


def widest_word(text: str, size: float) -> float:
    """Return the width below which a word would have to be broken."""
    pieces = (piece for paragraph in text.splitlines() for piece in _pieces(paragraph, inf, size))
    return max((width_of(piece.rstrip(), size) for piece in pieces), default=0.0)


def balanced(text: str, width: float, size: float) -> list[str]:
    """Return as many lines as `wrap` gives, but of like length, so that no single letter is left on the last one."""
    lines = wrap(text, width, size)
    narrow = width
    while len(lines) > 1 and narrow > width / 2:
        narrow -= size / 2
        closer = wrap(text, narrow, size)
        if len(closer) > len(lines) or is_broken(text, closer):
            break
        lines = closer
    return lines


def _pieces(paragraph: str, width: float, size: float) -> Iterator[str]:
    """Yield what must not be broken: a word with its space, a Chinese letter with the signs that belong to it."""
    piece = ""
    for index, letter in enumerate(paragraph):
        piece += letter
        following = paragraph[index + 1] if index + 1 < len(paragraph) else ""
        too_wide = width_of(piece, size) >= width
        if too_wide or not following or (_may_break(letter, following) and piece.strip()):
            yield piece
            piece = ""


def _may_break(letter: str, following: str) -> bool:
    if following in NOT_FIRST or letter in NOT_LAST or following.isspace():
        return False
    return letter in " \t-/" or is_wide(letter) or is_wide(following)


def fitted(
    text: str, width: float, height: float, size: float = 12.0, smallest: float = 9.0
) -> tuple[list[str], float]:
    """Return lines and font size at which a text fits into a room; what does not fit even small ends in an ellipsis."""
    lines = wrap(text, width, size)
    while size > smallest and (
        len(lines) * size * LINE > height
        or is_broken(text, lines)
        or (len(lines) > COMFORTABLE and size > SMALL)
    ):
        size -= 0.5
        lines = wrap(text, width, size)
    most = max(1, int(height // (size * LINE)))
    if len(lines) > most:
        return [*lines[: most - 1], _shortened(lines[most - 1], width, size)], size
    return balanced(text, width, size), size


def is_broken(text: str, lines: list[str]) -> bool:
    """Say whether a word of letters had to be broken."""
    there = " ".join(lines).replace("- ", "-").replace("/ ", "/").split()
    return any(
        word not in there
        for word in text.replace("- ", "-").replace("/ ", "/").split()
        if not any(map(is_wide, word))
    )


def _shortened(line: str, width: float, size: float) -> str:
    while line and width_of(line + "…", size) > width:
        line = line[:-1]
    return line + "…"
