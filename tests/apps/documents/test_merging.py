"""Fields of Word templates take what a case says, and nothing that it says becomes a field."""

import io
import zipfile
from datetime import date

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.documents.files import PDF, ole, zipped
from shuli.apps.documents.merging import (
    UnusableTemplateError,
    fill_template,
    template_fields,
    template_problem,
)
from shuli.kit import limits


def word(*paragraphs, build=lambda _document: None):
    """Return a Word file with these paragraphs; a paragraph of several pieces is a list of them."""
    document = Document()
    for one in paragraphs:
        paragraph = document.add_paragraph()
        for piece in [one] if isinstance(one, str) else one:
            paragraph.add_run(piece)
    build(document)
    return saved(document)


def saved(document):
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def lines(content):
    return [paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs]


def rows(content):
    (table,) = Document(io.BytesIO(content)).tables
    return [[cell.text for cell in row.cells] for row in table.rows]


def table(*cells):
    def build(document):
        made = document.add_table(rows=0, cols=len(cells[0]))
        for texts in cells:
            for cell, text in zip(made.add_row().cells, texts, strict=True):
                cell.text = text

    return build


def test_fields_take_their_values_in_any_language():
    template = word("客户：{{ customer }}，{{日期}}", "{{contact.phone}} {{ missing }}.")

    filled = fill_template(
        template, {"customer": "王先生", "日期": date(2026, 11, 21), "contact": {"phone": "138"}}
    )

    assert lines(filled) == ["客户：王先生，2026-11-21", "138 ."]


def test_a_field_that_word_cut_into_pieces_is_filled_in_and_looks_like_its_beginning():
    template = word(["To {", "{ cust", "omer }", "} with thanks"])

    filled = fill_template(template, {"customer": "Acme"})

    (paragraph,) = Document(io.BytesIO(filled)).paragraphs
    assert paragraph.text == "To Acme with thanks"
    assert [run.text for run in paragraph.runs] == ["To Acme", "", "", " with thanks"]


def test_headers_and_footers_are_filled_in_too():
    def build(document):
        document.sections[0].header.paragraphs[0].text = "No. {{ number }}"
        document.sections[0].footer.paragraphs[0].text = "{{ company }}"

    filled = Document(io.BytesIO(fill_template(word(build=build), {"number": "TS1", "company": "Acme"})))

    assert filled.sections[0].header.paragraphs[0].text == "No. TS1"
    assert filled.sections[0].footer.paragraphs[0].text == "Acme"


def test_a_row_is_repeated_for_each_entry_of_a_list():
    template = word(
        build=table(["Task", "Owner"], ["{{ tasks.name }}", "{{ tasks.owner }}"], ["{{ sum }}", ""])
    )

    filled = fill_template(template, {"tasks": [{"name": "设计", "owner": "Li"}, {"name": "开发"}], "sum": 2})

    assert rows(filled) == [["Task", "Owner"], ["设计", "Li"], ["开发", ""], ["2", ""]]


def test_a_list_without_entries_leaves_one_empty_row_to_write_in():
    template = word(build=table(["{{ tasks.name }}"]))

    assert rows(fill_template(template, {"tasks": []})) == [[""]]


def test_lines_of_a_value_are_lines_in_the_document():
    assert lines(fill_template(word("{{ text }}!"), {"text": "one\r\ntwo"})) == ["one\ntwo!"]


def test_the_fields_of_a_template_are_known_before_it_is_filled_in():
    template = word("{{ a }} {{b.c}} {{ a }} {{ 1 + 1 }} {% if x %}", build=table(["{{ 客户 }}"]))

    assert template_fields(template) == ("a", "b.c", "客户")


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=40))
def test_whatever_a_value_says_is_text_and_no_field(value):
    filled = fill_template(word("[{{ a }}|{{ b }}]"), {"a": value, "b": "{{ secret }}", "secret": "no"})

    (line,) = lines(filled)
    assert line.endswith("|{{ secret }}]")
    assert "no" not in line or "no" in value


def test_expressions_and_inner_names_are_no_fields():
    asked = "{{ a.__class__ }} {{ ''.__class__ }} {{ a|upper }} {% for x in y %}"

    (line,) = lines(fill_template(word(asked), {"a": "x"}))

    assert line == " {{ ''.__class__ }} {{ a|upper }} {% for x in y %}"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (PDF, "template_is_no_word_file"),
        (b"PK\x03\x04broken", "file_broken"),
        (ole("WordDocument", "_VBA_PROJECT"), "file_has_macros"),
        (zipped("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "file_has_macros"),
        (zipped("[Content_Types].xml", "word/document.xml"), "file_broken"),
    ],
)
def test_what_is_no_template_is_said_to_be_none(content, code):
    assert template_problem(content) == code
    with pytest.raises(UnusableTemplateError):
        fill_template(content, {})


def test_a_template_that_fetches_something_from_outside_is_refused_but_a_link_is_not():
    def fetching(reltype):
        return lambda document: document.part.rels.get_or_add_ext_rel(reltype, "https://example.com/x")

    assert template_problem(word(build=fetching(RELATIONSHIP_TYPE.HYPERLINK))) is None
    assert template_problem(word(build=fetching(RELATIONSHIP_TYPE.IMAGE))) == "template_reaches_outside"


def test_a_template_that_unpacks_to_far_more_than_it_is_is_refused(monkeypatch):
    monkeypatch.setattr(limits, "TEMPLATE_UNPACKED_BYTES", 1000)

    assert template_problem(word("x")) == "template_too_large"


def test_a_document_that_defines_entities_is_refused():
    packed, changed = io.BytesIO(word("x")), io.BytesIO()
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            bomb = b'<!DOCTYPE d [<!ENTITY a "aa">]><d>&a;</d>'
            new.writestr(name, bomb if name == "word/document.xml" else old.read(name))

    assert template_problem(changed.getvalue()) == "file_broken"
