"""QR codes, as a drawing and as a picture."""

import io
from functools import lru_cache

import segno

# Q: a quarter of it may be scratched off a wall or cut by a stapler and it still reads.
ERROR_LEVEL = "Q"


@lru_cache(maxsize=2000)
def code_svg(url: str) -> str:
    """Return a QR code as an SVG element that takes the size of its place."""
    drawn = segno.make(url, error=ERROR_LEVEL, micro=False)
    inline: str = drawn.svg_inline(omitsize=True, border=2, dark="#000", light="#fff", svgclass="sl-qr")
    return inline.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


def code_png(url: str) -> bytes:
    """Return a QR code as PNG, for Word."""
    file = io.BytesIO()
    segno.make(url, error=ERROR_LEVEL, micro=False).save(file, kind="png", scale=8, border=2)
    return file.getvalue()
