"""How Word files look: the fonts that every office has, the colours of the one print style."""

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from shuli.apps.documents.paper.content import Paper

INK, QUIET, ACCENT = "1A2029", "5B6573", "2A58CF"
SOFT, BAND, RULE = "EDF2FF", "F1F3F6", "C3CAD4"
# Windows has the first, a Mac shows 苹方 in its place, LibreOffice Noto.
LATIN, CHINESE = "Arial", "Microsoft YaHei"


def set_styles(document: Any, paper: Paper) -> None:
    """Give the styles of Word's own names the looks of the print style, so that people can go on with them."""
    language = "zh-CN" if paper.language == "zh" else "en-GB"
    normal = document.styles["Normal"]
    _font(normal, size=10, colour=INK, language=language)
    normal.paragraph_format.space_after = Pt(4)
    normal.paragraph_format.line_spacing = 1.1
    document.styles.add_style("Title 2", WD_STYLE_TYPE.PARAGRAPH).base_style = normal
    looks = {"Title": (26, INK), "Title 2": (15, ACCENT), "Heading 1": (15, ACCENT), "Heading 2": (11.5, INK)}
    for name, (size, colour) in looks.items():
        style = document.styles[name]
        _font(style, size=size, colour=colour, language=language)
        style.font.bold, style.font.italic = True, False
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(10), Pt(6)
        style.paragraph_format.keep_with_next = True
        _without_border(style)

    for name in ("Header", "Footer"):
        document.styles[name].paragraph_format.tab_stops.clear_all()


def _font(style: Any, *, size: float, colour: str, language: str) -> None:
    style.font.name, style.font.size = LATIN, Pt(size)
    style.font.color.rgb = RGBColor.from_string(colour)
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for place in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(place), None)
    fonts.set(qn("w:eastAsia"), CHINESE)
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), "en-GB")
    spoken.set(qn("w:eastAsia"), language if language == "zh-CN" else "zh-CN")
    properties.append(spoken)


def _without_border(style: Any) -> None:
    for border in style.element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)


def written(
    paragraph: Any, text: str, *, size: float | None = None, colour: str | None = None, bold: bool = False
) -> Any:
    """Add a text to a paragraph and return it; an edition's words come as they are, lines and all."""
    run = paragraph.add_run(text)
    if size:
        run.font.size = Pt(size)
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour)
    run.font.bold = bold or None
    return run


def field(paragraph: Any, name: str) -> None:
    """Add what Word reckons itself: PAGE, NUMPAGES."""
    begin_field(paragraph, name)
    written(paragraph, "1", size=8, colour=QUIET)
    end_field(paragraph)


def begin_field(paragraph: Any, name: str) -> None:
    """Begin what Word reckons itself; what follows until `end_field` stands there until Word does so."""
    run = written(paragraph, "", size=8, colour=QUIET)
    asked = OxmlElement("w:instrText")
    asked.set(qn("xml:space"), "preserve")
    asked.text = name
    for element in (_mark("begin"), asked, _mark("separate")):
        run._r.append(element)  # noqa: SLF001  the library knows no fields


def end_field(paragraph: Any) -> None:
    written(paragraph, "")._r.append(_mark("end"))  # noqa: SLF001


def _mark(kind: str) -> Any:
    element = OxmlElement("w:fldChar")
    element.set(qn("w:fldCharType"), kind)
    return element


def shade(cell: Any, colour: str) -> None:
    """Fill a field of a table with a colour."""
    fill = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        fill.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(fill)  # noqa: SLF001
