"""One print style for everything that Shuli puts on paper: a value that says what stands there, and three renderers.

`Paper` is built by whoever has something to say (a handbook, a report); `page_html`, `word_bytes` and `pdf_bytes` make
the same of it on the screen, in Word and as PDF.
"""

from shuli.apps.documents.paper.content import (
    Block,
    Card,
    Cell,
    Chapter,
    Code,
    Column,
    Fact,
    Facts,
    Grid,
    Heading,
    Line,
    Paper,
    Picture,
    Points,
    Words,
)

__all__ = [
    "Block",
    "Card",
    "Cell",
    "Chapter",
    "Code",
    "Column",
    "Fact",
    "Facts",
    "Grid",
    "Heading",
    "Line",
    "Paper",
    "Picture",
    "Points",
    "Words",
]
