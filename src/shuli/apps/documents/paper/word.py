"""A paper as a Word file that people may go on editing: real headings, tables whose heads repeat, page numbers."""

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.shared import Mm, Pt

from shuli.apps.documents.paper import word_tables as tables
from shuli.apps.documents.paper.codes import code_png
from shuli.apps.documents.paper.content import (
    Block,
    Card,
    Chapter,
    Code,
    Facts,
    Grid,
    Heading,
    Paper,
    Picture,
    Points,
    Words,
)
from shuli.apps.documents.paper.pdf import picture_png
from shuli.apps.documents.paper.word_style import (
    ACCENT,
    QUIET,
    begin_field,
    end_field,
    field,
    set_styles,
    written,
)

SHORT_SIDE, LONG_SIDE, MARGIN = 210, 297, 20  # millimetres
UNIT = 0.22  # millimetres of a drawing's unit, where it has room


def word_bytes(paper: Paper, made_at: datetime | None = None) -> bytes:
    """Return the paper as a Word file.

    Raises NoFontError where no font can draw the letters of its pictures.
    """
    document = Document()
    set_styles(document, paper)
    _facts_of_file(document, paper, made_at or datetime(2000, 1, 1, tzinfo=UTC))
    _cover(document, paper)
    _front(document, paper)
    for number, chapter in enumerate(paper.chapters, start=1):
        _chapter(document, paper, chapter, number)
    file = io.BytesIO()
    document.save(file)
    return steady(file.getvalue())


def steady(content: bytes, core: Callable[[bytes], bytes] = bytes) -> bytes:
    """Return the file without the moment at which its parts were packed: the same paper gives the same bytes.

    `core` takes the like out of what the file says of itself.
    """
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            said = old.read(entry)
            said = core(said) if entry.filename == "docProps/core.xml" else said
            new.writestr(zipfile.ZipInfo(entry.filename), said, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _facts_of_file(document: Any, paper: Paper, made_at: datetime) -> None:
    facts = document.core_properties
    facts.title, facts.subject, facts.author = paper.title, paper.kind, paper.company
    facts.keywords, facts.comments, facts.last_modified_by = paper.head, "", paper.company
    facts.created = facts.modified = made_at.replace(tzinfo=None)
    facts.language = "zh-CN" if paper.language == "zh" else "en-GB"


def _cover(document: Any, paper: Paper) -> None:
    section = document.sections[0]
    _turn(section, is_wide=False)
    section.different_first_page_header_footer = True
    _header_and_footer(section, paper)
    written(document.add_paragraph(), paper.company, size=11, colour=QUIET)
    space = document.add_paragraph()
    space.paragraph_format.space_before = Mm(45)
    written(document.add_paragraph(), paper.kind, size=13, colour=ACCENT)
    written(document.add_paragraph(style="Title"), paper.title)
    if paper.summary:
        written(document.add_paragraph(), paper.summary, size=11, colour=QUIET)
    document.add_paragraph().paragraph_format.space_before = Mm(30)
    tables.facts_table(document, paper.cover, _room(document))
    if paper.code is not None:
        document.add_paragraph()
        _code(document, paper.code)


def _front(document: Any, paper: Paper) -> None:
    """Write the revisions and the contents; Word adds the pages when it is asked to renew them."""
    if paper.revisions is not None:
        _title(document, paper.revisions_title, starts_page=True)
        tables.grid_table(document, paper.revisions, _room(document))
    if paper.contents_title:
        _title(document, paper.contents_title, starts_page=paper.revisions is None)
        _contents(document, paper)


def _contents(document: Any, paper: Paper) -> None:
    paragraph = document.add_paragraph()
    begin_field(paragraph, 'TOC \\o "1-1" \\h')
    for number, chapter in enumerate(paper.chapters, start=1):
        paragraph = paragraph if number == 1 else document.add_paragraph()
        written(paragraph, f"{number}  {chapter.title}")
    end_field(paragraph)


def _title(document: Any, text: str, *, starts_page: bool) -> None:
    """Write a title that is no chapter."""
    paragraph = document.add_paragraph(style="Title 2")
    paragraph.paragraph_format.page_break_before = starts_page
    written(paragraph, text)


def _chapter(document: Any, paper: Paper, chapter: Chapter, number: int) -> None:
    was_wide = document.sections[-1].orientation == WD_ORIENT.LANDSCAPE
    if chapter.is_wide != was_wide:
        section = document.add_section(WD_SECTION.NEW_PAGE)
        section.different_first_page_header_footer = False
        _turn(section, is_wide=chapter.is_wide)
        _header_and_footer(section, paper)
    heading = document.add_heading(f"{number}  {chapter.title}", level=1)
    heading.paragraph_format.page_break_before = chapter.is_wide and was_wide
    for block in chapter.blocks:
        WRITERS[type(block)](document, block)


def _turn(section: Any, *, is_wide: bool) -> None:
    width, height = (LONG_SIDE, SHORT_SIDE) if is_wide else (SHORT_SIDE, LONG_SIDE)
    section.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin = section.right_margin = Mm(MARGIN)
    section.top_margin, section.bottom_margin = Mm(22), Mm(20)
    section.header_distance = section.footer_distance = Mm(10)


def _header_and_footer(section: Any, paper: Paper) -> None:
    width = section.page_width - section.left_margin - section.right_margin
    section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    for paragraph in (head, foot):
        paragraph.paragraph_format.tab_stops.clear_all()
        paragraph.paragraph_format.tab_stops.add_tab_stop(width, alignment=2)
    written(head, f"{paper.head}\t{paper.kind}", size=8, colour=QUIET)
    zh = paper.language == "zh"
    before, between, after = ("第 ", " 页，共 ", " 页") if zh else ("Page ", " of ", "")
    written(foot, f"{paper.company}\t{before}", size=8, colour=QUIET)
    field(foot, "PAGE")
    written(foot, between, size=8, colour=QUIET)
    field(foot, "NUMPAGES")
    written(foot, after, size=8, colour=QUIET)


# Blocks -------------------------------------------------------------------------------------------------


def _room(document: Any) -> float:
    """Return the millimetres between the margins of the present section."""
    section = document.sections[-1]
    return float((section.page_width - section.left_margin - section.right_margin) / Mm(1))


def _words(document: Any, block: Words) -> None:
    if block.text:
        quiet = block.look == "quiet"
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = quiet  # a remark on what follows
        written(paragraph, block.text, size=9 if quiet else 10, colour=QUIET if quiet else None)


def _heading(document: Any, block: Heading) -> None:
    document.add_heading(block.text, level=2)


def _points(document: Any, block: Points) -> None:
    for item in block.items:
        document.add_paragraph(item, style="List Bullet")


def _facts(document: Any, block: Facts) -> None:
    tables.facts_table(document, block, _room(document))


def _grid(document: Any, block: Grid) -> None:
    tables.grid_table(document, block, _room(document))
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _picture(document: Any, block: Picture) -> None:
    if block.caption:
        caption = document.add_paragraph()
        caption.paragraph_format.keep_with_next = True
        written(caption, block.caption, size=9, colour=QUIET)
    section = document.sections[-1]
    high = float((section.page_height - section.top_margin - section.bottom_margin) / Mm(1)) - 22
    scale = min(_room(document) / block.width, high / block.height, UNIT)
    width = block.width * scale
    picture = document.add_picture(io.BytesIO(picture_png(block.svg, width)), width=Mm(width))
    picture._inline.docPr.set("descr", block.words)  # noqa: SLF001  for whoever does not see it; the library has no word for it
    document.paragraphs[-1].alignment = 1


def _code(document: Any, block: Code) -> None:
    table = tables.plain_table(document, (26, _room(document) - 26))
    table.cell(0, 0).paragraphs[0].add_run().add_picture(io.BytesIO(code_png(block.url)), width=Mm(24))
    words = table.cell(0, 1).paragraphs[0]
    written(words, block.words, size=10)
    words.add_run().add_break()
    written(words, block.url, size=8, colour=QUIET)


def _card(document: Any, block: Card) -> None:
    tables.card_head(document, block, _room(document))
    tables.facts_table(document, block.facts, _room(document), is_whole=True)
    document.add_paragraph().paragraph_format.space_after = Pt(2)


WRITERS: dict[type[Block], Any] = {
    Words: _words,
    Heading: _heading,
    Points: _points,
    Facts: _facts,
    Grid: _grid,
    Picture: _picture,
    Code: _code,
    Card: _card,
}
