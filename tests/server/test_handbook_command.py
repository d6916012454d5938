"""`shuli handbook` writes the same handbook as the page, and says what is missing where it cannot."""

import io
from argparse import ArgumentParser

import pytest
from docx import Document

from shuli.apps.documents.paper import fonts
from shuli.server.commands import handbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def company(db):
    from shuli.apps.catalogue.operations import install_library
    from shuli.apps.directory.example_company import load_example_company

    load_example_company()
    install_library()


def run(*words):
    parser = ArgumentParser()
    handbook.add_arguments(parser)
    return handbook._write(parser.parse_args(words))


def test_the_format_follows_the_name_of_the_file_and_the_language_the_option(company, tmp_path, capsys):
    target = tmp_path / "book.docx"

    assert run("P-REVIEW", "--lang", "en", "-o", str(target)) == 0

    document = Document(io.BytesIO(target.read_bytes()))
    assert "Process handbook" in [paragraph.text for paragraph in document.paragraphs]
    assert str(target) in capsys.readouterr().out


def test_pdf_is_what_is_made_without_asking(company, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert run("P-REVIEW", "--lang", "zh") == 0

    assert (tmp_path / "P-REVIEW-v1.0.pdf").read_bytes().startswith(b"%PDF-")


def test_html_is_one_file_that_loads_nothing(company, tmp_path):
    target = tmp_path / "book.html"

    run("P-REVIEW", "--lang", "zh", "-o", str(target))

    text = target.read_text(encoding="utf-8")
    assert "default-src 'none'" in text
    assert 'src="http' not in text


@pytest.mark.parametrize("words", [("P-NOTHING",), ("P-REVIEW", "--process-version", "9.9")])
def test_what_is_not_there_is_said(company, words, capsys):
    assert run(*words) == 1

    assert "Expected" in capsys.readouterr().err


def test_without_a_font_it_says_which_one_and_writes_nothing(
    company, tmp_path, monkeypatch, settings, capsys
):
    settings.SHULI_FONTS = tmp_path / "fonts"
    monkeypatch.setattr(fonts, "PACKAGE", "no_such_font")
    target = tmp_path / "book.pdf"

    assert run("P-REVIEW", "--lang", "zh", "-o", str(target)) == 1

    assert "fonts-noto-cjk" in capsys.readouterr().err
    assert not target.exists()
