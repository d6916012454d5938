"""A paper as PDF, and drawings as pictures, by typst.

Every word reaches typst as data, never as markup, so that no name in a process can become a command.
"""

from datetime import UTC, datetime
from importlib import resources
from typing import Literal

import msgspec
import typst

from shuli.apps.documents.paper import fonts
from shuli.apps.documents.paper.codes import code_svg
from shuli.apps.documents.paper.content import Card, Code, Paper

TEMPLATE = "paper.typ"
# Pictures in Word are looked at on screens and printed at the width of a page: 300 dots an inch.
PICTURE_PPI = 300
A_PICTURE = """#set page(width: auto, height: auto, margin: 0pt, fill: white)
#set text(font: json(bytes(sys.inputs.families)))
#image(bytes(sys.inputs.svg), format: "svg", width: float(sys.inputs.width) * 1mm)
"""


def pdf_bytes(paper: Paper, made_at: datetime | None = None) -> bytes:
    """Return the paper as PDF; the same paper of the same moment gives the same bytes.

    Raises NoFontError where no font has Chinese letters.
    """
    inputs = {
        "paper": msgspec.json.encode(paper, enc_hook=_plain).decode(),
        "codes": msgspec.json.encode({code.url: code_svg(code.url) for code in codes_of(paper)}).decode(),
    }
    template = resources.files("shuli.apps.documents.paper") / TEMPLATE
    return _compiled(template.read_bytes(), inputs, "pdf", made_at or datetime(2000, 1, 1, tzinfo=UTC))


def _plain(text: object) -> str:
    """Return a text that templates mark as safe, a drawing most of all, as a plain one."""
    if isinstance(text, str):
        return text[:]  # of a subclass, a slice is a plain copy
    raise TypeError(f"Expected text in a paper but found {type(text).__name__}.")


def picture_png(svg: str, width: float) -> bytes:
    """Return a drawing as PNG for a place that is so many millimetres wide."""
    return _compiled(A_PICTURE.encode(), {"svg": svg, "width": str(width)}, "png")


def codes_of(paper: Paper) -> list[Code]:
    """Return all QR codes of a paper."""
    blocks = [block for chapter in paper.chapters for block in chapter.blocks]
    found = [block.code if isinstance(block, Card) else block for block in blocks]
    return [code for code in (paper.code, *found) if isinstance(code, Code)]


def _compiled(
    source: bytes, inputs: dict[str, str], kind: Literal["pdf", "png"], made_at: datetime | None = None
) -> bytes:
    families = fonts.families()
    made: bytes | list[bytes] = typst.compile(
        source,
        font_paths=fonts.fonts(fonts.folders()),
        ignore_system_fonts=True,
        format=kind,
        ppi=PICTURE_PPI,
        sys_inputs={**inputs, "families": msgspec.json.encode(families).decode()},
        timestamp=int(made_at.timestamp()) if made_at else None,
    )
    return made[0] if isinstance(made, list) else made
