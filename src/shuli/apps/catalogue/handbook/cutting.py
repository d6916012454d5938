"""Parts of a drawing that was cut: with the names of its departments at every part again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

VIEW = re.compile(r'viewBox="([-\d.]+) ([-\d.]+) ([-\d.]+) ([-\d.]+)" width="[\d.]+" height="[\d.]+"')
OPENING = re.compile(r"<svg[^>]*>")


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A window onto the whole drawing: where it stands on the part, how large it is, where it begins in the whole."""

    at: tuple[float, float]
    size: tuple[float, float]
    begins: tuple[float, float]


def view(x: float, y: float, width: float, height: float) -> str:
    return f'viewBox="{x:g} {y:g} {width:g} {height:g}" width="{width:g}" height="{height:g}"'


def composed(svg: str, key: str, pieces: Sequence[Piece]) -> str:
    """Return a drawing of pieces of another one; ids begin with `key`, so that parts can stand on one page."""
    opening = OPENING.match(svg)
    inner = svg[opening.end() : svg.rindex("</svg>")] if opening else svg
    inner = (
        inner.replace('id="', f'id="{key}-')
        .replace("url(#", f"url(#{key}-")
        .replace('href="#', f'href="#{key}-')
    )
    whole = f'<g id="{key}">{inner}</g>'
    again = f'<use href="#{key}" xlink:href="#{key}"/>'
    shown = "".join(_window(piece, again if number else whole) for number, piece in enumerate(pieces))
    named = svg[: opening.end()] if opening else "<svg>"
    if "xmlns:xlink" not in named:
        named = named.replace("<svg ", '<svg xmlns:xlink="http://www.w3.org/1999/xlink" ', 1)
    width = max(piece.at[0] + piece.size[0] for piece in pieces)
    height = max(piece.at[1] + piece.size[1] for piece in pieces)
    return VIEW.sub(view(0, 0, width, height), f"{named}{shown}</svg>", count=1)


def _window(piece: Piece, what: str) -> str:
    (x, y), (width, height), (left, top) = piece.at, piece.size, piece.begins
    place = f'x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"'
    return f'<svg {place} viewBox="{left:g} {top:g} {width:g} {height:g}">{what}</svg>'
