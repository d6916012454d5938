"""The archive keeps every edition of the handbook as it was, with its hash, once."""

import hashlib
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from shuli.apps.catalogue import queries
from shuli.apps.catalogue.handbook import editions
from shuli.apps.catalogue.models import HandbookEdition, Process
from shuli.apps.directory import queries as directory
from shuli.apps.documents import queries as documents
from shuli.kit import clock

pytestmark = pytest.mark.django_db
FILE = "/processes/P-REVIEW/handbook/file/?format=pdf&lang=zh"


@pytest.fixture
def reader(company):
    return directory.search_people("李敏")[0].username


@pytest.fixture
def version(company):
    return queries.version_in_force("P-REVIEW")


def content(edition):
    with documents.open_attachment(documents.attachment_for("anybody", edition.file)) as file:
        return file.read()


@pytest.mark.accepts("H1-48")
def test_what_is_handed_out_is_kept_with_its_hash(reader, client_of):
    answer = client_of(reader).get(FILE)

    sent = b"".join(answer.streaming_content)
    (edition,) = HandbookEdition.objects.all()
    assert edition.sha256 == hashlib.sha256(sent).hexdigest()
    assert (edition.number, edition.made_by) == (1, reader)
    assert (
        edition.sha256[:16]
        in client_of(reader).get("/processes/P-REVIEW/handbook/editions/").content.decode()
    )


def test_the_same_words_are_the_same_edition_also_later(version):
    first = editions.edition_of_version(version, "zh", "pdf")
    with clock.frozen(clock.now() + timedelta(days=9)):
        second = editions.edition_of_version(version, "zh", "pdf")

    assert first == second


def test_other_words_are_another_edition_and_the_first_stays(version):
    first = editions.edition_of_version(version, "zh", "docx")
    before = content(first)
    Process.objects.filter(key="P-REVIEW").update(code="L3-XX-99")

    second = editions.edition_of_version(queries.version(version.pk), "zh", "docx")

    assert (first.number, second.number) == (1, 2)
    assert content(first) == before != content(second)


def test_an_edition_is_neither_changed_nor_removed(version):
    edition = editions.edition_of_version(version, "en", "pdf")

    for forbidden in (lambda: HandbookEdition.objects.update(number=7), edition.delete):
        with pytest.raises(DatabaseError, match="Expected edition 1"), transaction.atomic():
            forbidden()


def test_versions_in_force_are_kept_by_themselves_in_both_languages(version, monkeypatch):
    monkeypatch.setitem(editions.WRITERS, "pdf", lambda paper, _at: b"%PDF-1.7 " + paper.title.encode())

    made = editions.archive_versions_in_force()

    assert made == 2 * Process.objects.filter(versions__status="published").count()
    assert editions.archive_versions_in_force() == 0
    assert {row.language for row in editions.editions("process", "P-REVIEW")} == {"zh", "en"}


def test_the_handbook_of_a_post_is_kept_too(reader, client_of):
    answer = client_of(reader).get("/handbook/post/service-lead/file/?format=docx&lang=en")

    assert answer.status_code == 200
    assert editions.editions("post", "service-lead").count() == 1
