"""What stands on paper: chapters of plain blocks, in one language, without any look of their own."""

from typing import Literal

from msgspec import Struct

Language = Literal["zh", "en"]


def side(language: str) -> Language:
    """Return which of the two languages a code of Django's or of a browser means."""
    return "zh" if language.startswith("zh") else "en"


class Line(Struct, frozen=True, kw_only=True):
    """A line of text; what it is about stands before it in bold: 重点：归属判定."""

    text: str
    label: str = ""


class Cell(Struct, frozen=True, kw_only=True):
    """A field of a table, over so many rows and columns."""

    lines: tuple[Line, ...] = ()
    rows: int = 1
    columns: int = 1
    look: Literal["", "strong", "centre", "band", "mark"] = ""  # band: a heading over the whole table

    @property
    def text(self) -> str:
        return "\n".join(line.label + line.text for line in self.lines)


class Column(Struct, frozen=True, kw_only=True):
    title: str
    width: float = 1.0  # as a share of all the columns'


class Words(Struct, frozen=True, kw_only=True, tag="words"):
    text: str
    look: Literal["", "quiet"] = ""


class Heading(Struct, frozen=True, kw_only=True, tag="heading"):
    """A title within a chapter."""

    text: str


class Points(Struct, frozen=True, kw_only=True, tag="points"):
    items: tuple[str, ...]


class Fact(Struct, frozen=True, kw_only=True):
    label: str
    lines: tuple[Line, ...]


class Facts(Struct, frozen=True, kw_only=True, tag="facts"):
    """What is known of something, label by label."""

    rows: tuple[Fact, ...]


class Grid(Struct, frozen=True, kw_only=True, tag="grid"):
    """A table; its head comes again on every page. A row leaves out the fields that one above reaches into."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    is_small: bool = False  # many columns: smaller letters


class Picture(Struct, frozen=True, kw_only=True, tag="picture"):
    """A drawing as SVG; `width` and `height` are its own units, of which 14 are a letter."""

    svg: str
    width: float
    height: float
    words: str  # what it shows, for whoever does not see it
    caption: str = ""


class Code(Struct, frozen=True, kw_only=True, tag="code"):
    """A QR code with the address that it holds."""

    url: str
    words: str


class Card(Struct, frozen=True, kw_only=True, tag="card"):
    """One thing with its name, marks and facts, kept together where a page allows it: a step of a process."""

    number: str
    title: str
    marks: tuple[str, ...] = ()
    facts: Facts = Facts(rows=())
    code: Code | None = None
    anchor: str = ""  # its place on the screen's page


Block = Words | Heading | Points | Facts | Grid | Picture | Code | Card


class Chapter(Struct, frozen=True, kw_only=True):
    key: str  # its place on the screen's page
    title: str
    blocks: tuple[Block, ...]
    is_wide: bool = False  # on pages that lie on their side


class Paper(Struct, frozen=True, kw_only=True):
    """A whole document in one language."""

    language: Language
    company: str
    kind: str  # 流程手册
    title: str
    summary: str = ""
    head: str = ""  # stands at the top of every page
    cover: Facts = Facts(rows=())
    revisions: Grid | None = None
    revisions_title: str = ""
    chapters: tuple[Chapter, ...]
    contents_title: str = ""
    code: Code | None = None  # of the page that always shows the valid edition


def line(text: str, label: str = "") -> Line:
    return Line(text=text, label=label)


def cell(*texts: str | Line, rows: int = 1, columns: int = 1, look: str = "") -> Cell:
    """Return a field with a line for each text that says something."""
    lines = tuple(one if isinstance(one, Line) else Line(text=one) for one in texts if one)
    return Cell(lines=lines, rows=rows, columns=columns, look=look)  # type: ignore[arg-type]


def fact(label: str, *texts: str | Line) -> Fact:
    return Fact(label=label, lines=cell(*texts).lines)


def facts(*rows: Fact) -> Facts:
    """Return the facts of which something is known."""
    return Facts(rows=tuple(row for row in rows if row.lines))
