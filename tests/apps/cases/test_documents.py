"""A case's documents: complete or not, in versions, previewed, archived with an index, and exported in numbers."""

import csv
import hashlib
import io
import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from apps.documents.files import PDF, PNG
from shuli.apps.cases import completeness, operations, queries
from shuli.apps.cases.models import Case
from shuli.apps.documents import queries as documents
from shuli.kit import limits

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(started, cast, client):
    return signed_in(client, cast["starter"])


def signed_in(client, name):
    from shuli.apps.directory.models import Person

    client.force_login(Person.objects.get(username=name))
    return client


def attach(browser, case, name="报价.pdf", content=PDF, **more):
    return browser.post(f"/cases/{case.number}/attach/", {"file": SimpleUploadedFile(name, content), **more})


def archive_of(browser, case):
    answer = browser.get(f"/cases/{case.number}/archive/")
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def states(case):
    return {one.document: one.state for one in completeness.of_case(Case.objects.get(pk=case.pk)).documents}


def opinion(case, cast):
    first = next(row for row in queries.tasks(case.pk) if row.node == "detail")
    operations.complete(first.pk, cast["starter"], {}, operations.Verdict())
    task = next(row for row in queries.tasks(case.pk) if row.node == "tech")
    return operations.complete(task.pk, cast["tech"], {"advice": "可以"}, operations.Verdict())


@pytest.mark.accepts("H2-115")
def test_a_document_is_in_work_then_there_and_counts(started, cast):
    before = states(started)
    opinion(started, cast)

    found = completeness.of_case(Case.objects.get(pk=started.pk))
    assert before["opinion"] == "to_come"
    assert states(started)["opinion"] == "there"
    assert (found.there, found.required, found.share) == (1, 1, 1.0)


def test_a_step_that_was_done_without_its_document_owes_it(started, cast):
    opinion(started, cast)
    from shuli.apps.cases.models import FormRecord

    FormRecord.objects.filter(document="opinion").delete()

    found = completeness.of_case(started)
    assert (found.missing, found.share) == (1, 0.0)


def test_the_page_lists_the_mandatory_documents(browser, started):
    page = browser.get(f"/cases/{started.number}/").content.decode()

    assert 'id="completeness"' in page
    assert "技术意见 · 尚未到" in page


def test_a_file_gets_versions_under_its_name_whatever_the_new_one_is_called(browser, started):
    attach(browser, started)
    (first,) = documents.attachments("case", started.pk)

    attach(browser, started, "报价 (改).pdf", PDF + b"2", version_of=first.pk)

    rows = documents.versions(first)
    assert [(row.file_name, row.version) for row in rows] == [("报价.pdf", 2), ("报价.pdf", 1)]
    page = browser.get(f"/cases/{started.number}/").content.decode()
    assert "1 个旧版本" in page


def test_a_new_version_is_of_the_same_kind_and_of_a_file_of_this_case(browser, started):
    attach(browser, started)
    (first,) = documents.attachments("case", started.pk)

    other_kind = attach(browser, started, "报价.png", PNG, version_of=first.pk)
    elsewhere = attach(browser, started, version_of=999_999)

    assert (other_kind.status_code, elsewhere.status_code) == (422, 422)
    assert len(documents.attachments("case", started.pk)) == 1


@pytest.mark.parametrize(("name", "content", "mark"), [
    ("a.pdf", PDF, '<iframe class="sl-preview"'),
    ("a.png", PNG, "<img src="),
    ("a.txt", "单价 < 12 元".encode(), "单价 &lt; 12 元"),
    ("a.zip", b"PK\x05\x06" + bytes(18), "无法预览"),
])  # fmt: skip
def test_a_file_is_previewed_where_that_is_safe(browser, started, name, content, mark):
    attach(browser, started, name, content)
    (row,) = documents.attachments("case", started.pk)

    page = browser.get(f"/attachments/{row.pk}/preview/").content.decode()

    assert mark in page
    assert f'href="/cases/{started.number}/"' in page


def test_a_previewed_file_may_stand_in_our_frame_only_and_runs_nothing(browser, started):
    attach(browser, started)
    (row,) = documents.attachments("case", started.pk)

    framed = browser.get(f"/attachments/{row.pk}/?framed")
    alone = browser.get(f"/attachments/{row.pk}/")

    assert framed["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in framed["Content-Security-Policy"]
    assert "default-src 'none'" in framed["Content-Security-Policy"]
    assert alone["X-Frame-Options"] == "DENY"


@pytest.mark.accepts("H2-39")
def test_the_archive_has_an_index_for_people_and_sums_to_check(browser, started):
    attach(browser, started, "=1+1.pdf")

    with archive_of(browser, started) as archive:
        facts = json.loads(archive.read("index.json"))["sha256"]
        page = archive.read("index.html").decode()
        rows = list(csv.DictReader(io.StringIO(archive.read("index.csv").decode("utf-8-sig"))))
        sums = dict(line.split("  ")[::-1] for line in archive.read("SHA256SUMS").decode().splitlines())

        assert sums == facts == {row["file"]: row["sha256"] for row in rows}
        assert all(hashlib.sha256(archive.read(name)).hexdigest() == digest for name, digest in sums.items())
    assert started.number in page
    assert "采购申请" in page
    assert "<script" not in page


def test_the_list_goes_to_excel_without_formulas(browser, started, cast):
    Case.objects.filter(pk=started.pk).update(title='=HYPERLINK("http://evil","x")')

    answer = browser.get("/cases/export/?format=xlsx&status=open")

    page = load_workbook(io.BytesIO(answer.content)).active
    cells = [page.cell(row=2, column=column) for column in range(1, 10)]
    assert [cells[0].value, cells[1].value] == [started.number, '=HYPERLINK("http://evil","x")']
    assert {cell.data_type for cell in cells if cell.value} == {"s"}
    assert page.max_row == 2


def test_archives_of_all_that_fit_the_filter_go_as_one_file(browser, started):
    answer = browser.get("/cases/export/?format=zip&status=open")

    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as every:
        assert set(every.namelist()) == {"cases.xlsx", f"{started.number}.zip"}
        with zipfile.ZipFile(io.BytesIO(every.read(f"{started.number}.zip"))) as one:
            assert "index.html" in one.namelist()


def test_nobody_exports_cases_that_they_may_not_see(started, cast, client):
    answer = signed_in(client, cast["stranger"]).get("/cases/export/?format=xlsx")

    assert load_workbook(io.BytesIO(answer.content)).active.max_row == 1


def test_too_many_at_once_are_refused(browser, started, monkeypatch):
    monkeypatch.setattr(limits, "EXPORTED_ARCHIVES", 0)

    assert browser.get("/cases/export/?format=zip").status_code == 422
    assert browser.get("/cases/export/?format=exe").status_code == 404
