"""Handbooks on the screen and as files."""

import io

import pytest
from docx import Document

from shuli.apps.documents.paper import fonts

pytestmark = pytest.mark.django_db
PAGE = "/processes/P-COMPLAINT/handbook/"


@pytest.fixture
def browser(client_of, company):
    from shuli.apps.directory import queries

    return client_of(queries.search_people("李敏")[0].username)


def test_the_page_shows_every_chapter_and_offers_the_files(browser):
    page = browser.get(PAGE).content.decode()

    assert [
        one
        for one in ("修订记录", "流程描述表", "操作步骤", "职责清单", "SIPOC", "考核标准")
        if one not in page
    ] == []
    assert 'href="/processes/P-COMPLAINT/handbook/file/?format=pdf&amp;lang=zh&amp;version=1.0"' in page
    assert 'id="step-C1a"' in page


def test_a_reader_takes_it_away_as_word_in_the_other_language(browser):
    answer = browser.get(PAGE + "file/", {"format": "docx", "lang": "en"})

    assert answer["Content-Disposition"].startswith("attachment")
    document = Document(io.BytesIO(answer.getvalue()))
    assert "Customer complaints" in [paragraph.text for paragraph in document.paragraphs]


@pytest.mark.parametrize("query", ["format=exe", "lang=fr", "version=9.9"])
def test_what_is_not_made_is_not_there(browser, query):
    assert browser.get(f"{PAGE}file/?{query}").status_code == 404


def test_without_a_font_the_page_says_what_to_install(browser, monkeypatch, settings, tmp_path):
    settings.SHULI_FONTS = tmp_path
    monkeypatch.setattr(fonts, "PACKAGE", "no_such_font")

    answer = browser.get(PAGE + "file/", {"format": "pdf"})

    assert answer.status_code == 409
    assert "NotoSansCJK-Regular.ttc" in answer.content.decode()


@pytest.mark.parametrize("address", ["/processes/P-COMPLAINT/handbook/", "/handbook/department/service/"])
def test_a_handbook_page_has_one_main_heading(company, client_of, address):
    answer = client_of("limin").get(address)

    assert answer.status_code == 200
    assert answer.content.decode().count("<h1") == 1
