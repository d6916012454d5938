"""Files are kept once by content, versioned by name, withdrawn with a reason, and shown to those who may."""

import hashlib
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from apps.documents.files import PDF, PNG, upload
from shuli.apps.documents import contents, operations, queries
from shuli.apps.documents import jobs as document_jobs  # noqa: F401  registers itself
from shuli.apps.documents.models import Attachment
from shuli.apps.documents.names import clean_name
from shuli.kit import clock, jobs, limits
from shuli.kit.errors import Refusal

pytestmark = pytest.mark.django_db


def store(owner, name="report.pdf", content=PDF, person="li", document="test-report"):
    return operations.store_attachment(*owner, document, upload(name, content), person)


def test_a_file_is_kept_with_what_is_known_of_it(owner):
    row = store(owner, "测试报告.pdf")

    assert (row.file_name, row.size, row.media_type, row.version) == (
        "测试报告.pdf",
        len(PDF),
        "application/pdf",
        1,
    )
    assert row.sha256 == hashlib.sha256(PDF).hexdigest()
    with queries.open_attachment(row) as file:
        assert file.read() == PDF
    assert contents.path_of(row.sha256).stat().st_mode & 0o777 == 0o600


def test_the_same_name_is_the_next_version_and_another_name_another_file(owner):
    rows = [
        store(owner),
        store(owner, content=PDF + b"2"),
        store(owner, "other.pdf"),
        store(owner, document="x"),
    ]

    assert [row.version for row in rows] == [1, 2, 1, 1]
    assert queries.present(*owner) == {"test-report", "x"}


def test_the_same_content_lies_on_the_disk_once(owner, settings):
    store(owner)
    store(owner, "copy.pdf")

    files = [path for path in settings.SHULI_ATTACHMENTS.rglob("*") if path.is_file()]
    assert [path.name for path in files] == [hashlib.sha256(PDF).hexdigest()]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("", PDF, "file_name_missing"),
        ("...", PDF, "file_name_missing"),
        ("empty.pdf", b"", "file_empty"),
        ("page.pdf", b"<html>", "file_is_markup"),
        ("photo.jpg", PDF, "file_kind_differs"),
        ("run.bat", b"del", "file_kind_differs"),
        ("page.html", b"plain words", "file_kind_differs"),
        ("no-ending", PDF, "file_kind_differs"),
    ],
)
def test_what_is_not_taken_says_why_and_leaves_nothing(owner, name, content, code):
    file = upload("x", content)
    file._name = name

    answer = operations.store_attachment(*owner, "", file, "li")

    assert isinstance(answer, operations.NotStored)
    assert answer.code == code
    assert not Attachment.objects.exists()


def test_a_file_over_the_limit_is_not_even_written(owner, monkeypatch, settings):
    monkeypatch.setattr(limits, "ATTACHMENT_BYTES", 10)

    answer = store(owner)

    assert answer.code == "file_too_large"
    assert not settings.SHULI_ATTACHMENTS.exists()


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\x\\报告.docx", "报告.docx"),
        ("bill\u202efdp.exe", "billfdp.exe"),
        ("a\x00b\n.pdf", "ab.pdf"),
        ('x"<y>|*?.pdf', "x__y____.pdf"),
        ("." * 5 + "hidden.pdf", "hidden.pdf"),
        ("长" * 300 + ".pdf", "长" * 176 + ".pdf"),
        ("a." + "b" * 300, ""),
    ],
)
def test_names_cannot_mislead(name, clean):
    assert clean_name(name) == clean


def test_withdrawing_hides_the_file_and_keeps_who_and_why(owner):
    row = store(owner)

    operations.withdraw_attachment(row.pk, "li", " 传错了 ")

    assert queries.attachments(*owner) == []
    assert queries.present(*owner) == frozenset()
    assert queries.attachment_for("li", row.pk) is None
    (kept,) = queries.withdrawn(*owner)
    assert (kept.withdrawn_by, kept.withdrawn_reason) == ("li", "传错了")


@pytest.mark.parametrize(
    ("person", "reason", "code"),
    [("stranger", "x", "no_such_file"), ("li", " ", "withdrawal_reason_missing")],
)
def test_withdrawing_needs_the_right_and_a_reason(owner, person, reason, code):
    row = store(owner)

    answer = operations.withdraw_attachment(row.pk, person, reason)

    assert isinstance(answer, Refusal)
    assert answer.code == code


def test_the_owner_may_withdraw_what_others_sent_and_readers_may_not(owner):
    mine, theirs = store(owner, person="head"), store(owner, "b.pdf")

    assert operations.withdraw_attachment(mine.pk, "li", "x").code == "withdrawal_not_allowed"
    assert operations.withdraw_attachment(theirs.pk, "head", "x").withdrawn_by == "head"
    assert operations.withdraw_attachment(theirs.pk, "head", "x").code == "withdrawn_already"


def test_nobody_reads_files_of_an_owner_that_nobody_answers_for():
    row = store(("mystery", 1))

    assert not queries.may_read("li", row)


def test_a_loose_file_is_its_senders_until_a_form_adopts_it(owner):
    row = operations.store_loose(upload(), "li")

    assert queries.may_read("li", row)
    assert not queries.may_read("head", row)
    assert operations.adopt([row.pk], "li", *owner, "plan") == ()
    assert queries.present(*owner) == {"plan"}
    assert queries.attachment_for("head", row.pk)


def test_a_form_cannot_take_what_belongs_to_others(owner):
    theirs = operations.store_loose(upload(), "head")
    elsewhere = store(("thing", 8))
    mine = store(owner)

    refused = operations.adopt([theirs.pk, elsewhere.pk, mine.pk, 999_999], "li", *owner)

    assert set(refused) == {theirs.pk, elsewhere.pk, 999_999}
    theirs.refresh_from_db()
    assert theirs.owner_kind == queries.LOOSE


def test_loose_files_have_a_limit_a_person(monkeypatch):
    monkeypatch.setattr(limits, "LOOSE_FILES", 2)

    answers = [operations.store_loose(upload(f"{n}.png", PNG), "li") for n in range(3)]

    assert answers[2].code == "too_many_loose_files"
    assert queries.loose_of("li").count() == 2


def test_the_database_refuses_a_withdrawal_without_a_reason(owner):
    row = store(owner)

    with pytest.raises(IntegrityError), transaction.atomic():
        Attachment.objects.filter(pk=row.pk).update(withdrawn_by="li")


def test_documents_are_registered_by_name_in_both_languages():
    operations.register_document_types({"plan": {"zh": "《上线计划表》", "en": "Go-live plan"}})
    operations.register_document_types({"plan": {"zh": "《上线计划》", "en": "Launch plan"}})

    assert queries.document_names("zh-hans") == {"plan": "上线计划"}
    assert queries.document_names("en") == {"plan": "Launch plan"}


def test_loose_files_go_after_a_while_and_files_of_owners_never(owner, now):
    loose = operations.store_loose(upload("a.png", PNG), "li")
    shared, kept = operations.store_loose(upload(), "li"), store(owner)
    with clock.frozen(now + timedelta(days=limits.LOOSE_FILE_DAYS + 1)):
        young = operations.store_loose(upload("young.pdf", PDF + b"3"), "li")

        jobs.run_periodic("shuli.apps.documents.jobs.remove_old_loose_files")

    assert set(Attachment.objects.values_list("pk", flat=True)) == {kept.pk, young.pk}
    assert not contents.path_of(loose.sha256).exists()
    assert contents.path_of(shared.sha256).exists()
