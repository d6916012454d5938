"""One paper, three renderers: the same words on the screen, in Word and as PDF, and never a box for a letter."""

import io
import re

import pytest
import typst
from django.utils.safestring import mark_safe
from docx import Document
from docx.oxml.ns import qn

from shuli.apps.documents.paper import (
    Card,
    Chapter,
    Code,
    Column,
    Grid,
    Heading,
    Paper,
    Picture,
    Points,
    Words,
    fonts,
    pdf,
)
from shuli.apps.documents.paper.content import cell, fact, facts, line
from shuli.apps.documents.paper.fonts import NoFontError
from shuli.apps.documents.paper.pdf import pdf_bytes
from shuli.apps.documents.paper.screen import file_html
from shuli.apps.documents.paper.word import word_bytes

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 40" width="100" height="40"><text y="20">梳理</text></svg>'
CODE = Code(url="https://shuli.example/a", words="扫码")
GRID = Grid(
    columns=(Column(title="任务"), Column(title="程序", width=3)),
    rows=(
        (cell("收集", rows=2, look="mark"), cell(line("接收", label="1、"))),
        (cell("记录"),),
        (cell("合计", columns=2, look="band"),),
    ),
)


def paper(*blocks, title="投诉处理"):
    chapters = (
        Chapter(key="one", title="范围", blocks=blocks),
        Chapter(key="two", title="宽页", blocks=(GRID,), is_wide=True),
    )
    return Paper(language="zh", company="梳理公司", kind="手册", title=title, head="L3-01", cover=facts(fact("版本", "v1.0")),
                 revisions=GRID, revisions_title="修订记录", contents_title="目录", chapters=chapters, code=CODE)  # fmt: skip


EVERYTHING = paper(
    Words(text="一段话"), Heading(text="小节"), Points(items=("一点",)), facts(fact("目标", "及时")), GRID, CODE,
    Picture(svg=SVG, width=100, height=40, words="图", caption="第 1 部分"),
    Card(number="1.1", title="接收", marks=("签字",), facts=facts(fact("时限", "10 分钟")), code=CODE, anchor="step-1"),
)  # fmt: skip
SAID = (
    "投诉处理",
    "修订记录",
    "目录",
    "范围",
    "一段话",
    "小节",
    "一点",
    "及时",
    "1、",
    "接收",
    "合计",
    "第 1 部分",
    "签字",
    "10 分钟",
)


def words_of(content):
    body = Document(io.BytesIO(content)).element.body
    return "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p")))


def pages(one):
    """Return the pages as pictures."""
    inputs = {"paper": pdf.msgspec.json.encode(one).decode(), "families": '["Noto Sans CJK SC"]'}
    inputs["codes"] = pdf.msgspec.json.encode(
        {c.url: pdf.code_svg(c.url) for c in pdf.codes_of(one)}
    ).decode()
    source = (pdf.resources.files("shuli.apps.documents.paper") / pdf.TEMPLATE).read_bytes()
    font = fonts.fonts(fonts.folders())
    made = typst.compile(
        source, font_paths=font, ignore_system_fonts=True, format="png", ppi=20, sys_inputs=inputs
    )
    return made if isinstance(made, list) else [made]


@pytest.mark.accepts("H1-46")
def test_everything_that_stands_in_a_paper_stands_in_its_word_and_html_files():
    word, screen = words_of(word_bytes(EVERYTHING)), file_html(EVERYTHING).decode()

    assert [text for text in SAID if text not in word] == []
    assert [text for text in SAID if text not in screen] == []
    assert "script" not in screen
    assert screen.count("sl-qr") >= 3


def test_a_drawing_that_a_page_calls_safe_is_drawn_in_a_pdf_too():
    picture = Picture(svg=mark_safe(SVG), width=100, height=40, words="图")
    assert pdf_bytes(paper(picture)).startswith(b"%PDF")


def test_the_same_paper_gives_the_same_bytes():
    assert pdf_bytes(EVERYTHING) == pdf_bytes(EVERYTHING)
    assert word_bytes(EVERYTHING) == word_bytes(EVERYTHING)


def test_a_pdf_has_a_cover_the_front_pages_and_wide_chapters_on_pages_of_their_own():
    sizes = [
        (int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")) for png in pages(EVERYTHING)
    ]

    assert [width > height for width, height in sizes] == [False, False, True]
    assert pdf_bytes(EVERYTHING).startswith(b"%PDF-")


def test_fields_over_rows_and_columns_are_joined_in_word():
    table = Document(io.BytesIO(word_bytes(paper(GRID)))).tables[-1]

    assert table.cell(1, 0)._tc is table.cell(2, 0)._tc
    assert table.cell(3, 0)._tc is table.cell(3, 1)._tc
    assert table.cell(2, 1).text == "记录"


def test_wide_chapters_lie_on_their_side_in_word_and_heads_of_tables_come_again():
    document = Document(io.BytesIO(word_bytes(EVERYTHING)))

    assert [section.orientation for section in document.sections] == [0, 1]
    assert all(grid.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for grid in document.tables[-1:])


@pytest.mark.parametrize(
    "text", ['#panic("x")', "*bold* _so_ $x$ @ref <label> \\", "<b>&amp;</b>", "= 标题\n- 列表", "{{ x }}"]
)
def test_what_a_name_says_is_text_in_every_form(text):
    one = paper(Words(text=text), Card(number=text, title=text, facts=facts(fact(text, text))), title=text)

    assert pdf_bytes(one).startswith(b"%PDF-")
    assert text.splitlines()[0] in words_of(word_bytes(one))
    assert "<b>&amp;</b>" not in file_html(one).decode()


def test_without_a_chinese_font_nothing_is_made(monkeypatch, settings, tmp_path):
    settings.SHULI_FONTS = tmp_path
    monkeypatch.setattr(fonts, "PACKAGE", "no_such_font")

    with pytest.raises(NoFontError, match="Noto Sans CJK SC"):
        pdf_bytes(paper())
    with pytest.raises(NoFontError):
        word_bytes(EVERYTHING)


def test_a_font_of_the_company_comes_first_and_chinese_letters_still_from_the_shipped_one(settings, tmp_path):
    settings.SHULI_FONTS = tmp_path
    own = next(path for path in fonts.folders() if path != tmp_path).joinpath("NotoSansCJK-Regular.ttc")
    (tmp_path / "own.ttc").write_bytes(own.read_bytes())

    assert fonts.families() == ["Noto Sans CJK SC"]


def test_qr_codes_hold_their_address():
    drawn = pdf.code_svg(CODE.url)

    assert re.search(r'<svg xmlns="[^"]+" [^>]*class="sl-qr"', drawn)
    assert drawn != pdf.code_svg("https://shuli.example/b")
