"""Who may fetch, send and withdraw a file, and how it is sent (B1, B2, B10)."""

import json

import pytest
from django.urls import reverse

from apps.documents.files import PDF, PNG, upload
from shuli.apps.directory.models import Person
from shuli.apps.documents import contents, operations, queries
from shuli.apps.documents.models import Attachment
from shuli.apps.documents.urls import urlpatterns

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return {name: Person.objects.create_user(name, name=name) for name in ("li", "head", "stranger")}


@pytest.fixture
def sign_in(client, people):
    def enter(name):
        client.force_login(people[name])
        return client

    return enter


@pytest.fixture
def row(owner):
    return operations.store_attachment(*owner, "plan", upload("计划.pdf"), "li")


def address(row, name="attachment"):
    return reverse(f"documents:{name}", args=[row.pk])


def test_every_view_says_what_it_needs():
    assert {p.name: p.callback.requires for p in urlpatterns} == {
        "upload": "member",
        "attachment": "case",
        "preview": "case",
        "papers": "member",
        "paper": "member",
        "withdraw": "case",
    }


@pytest.mark.parametrize(("name", "status"), [("li", 200), ("head", 200), ("stranger", 404)])
def test_a_file_is_sent_to_whom_its_owner_lets(sign_in, row, name, status):
    answer = sign_in(name).get(address(row))

    assert answer.status_code == status
    if status == 404:
        assert PDF not in b"".join(answer)


def test_a_file_that_is_not_there_answers_as_one_that_is_not_for_you(sign_in, row):
    client = sign_in("stranger")

    there, missing = client.get(address(row)), client.get("/attachments/999999/")

    assert there.status_code == missing.status_code == 404


@pytest.mark.parametrize("name", ["upload", "attachment", "withdraw"])
def test_nobody_gets_at_files_without_signing_in(client, row, name):
    url = reverse("documents:upload") if name == "upload" else address(row, name)
    answer = client.get(url) if name == "attachment" else client.post(url)

    assert answer.status_code == 302
    assert Attachment.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content", "shown"),
    [
        ("a.pdf", PDF, True),
        ("a.png", PNG, True),
        ("a.txt", b"words", False),
        ("a.gif", b"GIF89a" + bytes(9), True),
        ("a.tif", b"II*\x00" + bytes(9), False),
    ],
)
def test_only_pdf_and_plain_pictures_are_shown_and_nothing_runs(sign_in, owner, name, content, shown):
    row = operations.store_attachment(*owner, "", upload(name, content), "li")

    answer = sign_in("li").get(address(row))

    assert answer["Content-Disposition"].startswith("inline" if shown else "attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "script-src" not in answer["Content-Security-Policy"]
    assert ("sandbox" in answer["Content-Security-Policy"]) == (name != "a.pdf")
    assert shown or answer["Content-Type"] == "application/octet-stream"


def test_a_file_can_be_saved_under_its_chinese_name(sign_in, row):
    answer = sign_in("li").get(address(row) + "?download")

    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''%E8%AE%A1%E5%88%92.pdf"
    assert b"".join(answer.streaming_content) == PDF


def test_a_file_that_the_disk_has_lost_is_said_to_be_lost(sign_in, row):
    contents.remove(row.sha256)

    answer = sign_in("li").get(address(row))

    assert answer.status_code == 404
    assert "计划.pdf" in answer.content.decode()


def test_a_form_sends_a_file_and_gets_its_number(sign_in):
    answer = sign_in("li").post(reverse("documents:upload"), {"file": upload("图.png", PNG)})

    sent = json.loads(answer.content)
    assert answer.status_code == 201
    assert sent["name"] == "图.png"
    assert queries.loose_of("li").get().pk == int(sent["id"])


@pytest.mark.parametrize(("language", "words"), [("en", "web page or a script"), ("zh-hans", "网页或脚本")])
def test_a_refused_file_says_why_in_the_readers_language(sign_in, settings, language, words):
    client = sign_in("li")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    answer = client.post(reverse("documents:upload"), {"file": upload("a.pdf", b"<svg onload=alert(1)>")})

    assert answer.status_code == 422
    assert words in json.loads(answer.content)["error"]["message"]
    assert not Attachment.objects.exists()


def test_a_withdrawn_file_is_gone_for_everybody(sign_in, row):
    client = sign_in("li")

    answer = client.post(address(row, "withdraw"), {"reason": "传错了", "back": "/organisation/"})

    assert answer["Location"] == "/organisation/"
    assert client.get(address(row)).status_code == 404


@pytest.mark.parametrize(
    ("name", "reason", "status"), [("stranger", "x", 404), ("head", "x", 302), ("li", "", 422)]
)
def test_withdrawing_answers_by_right_and_reason(sign_in, row, name, reason, status):
    assert sign_in(name).post(address(row, "withdraw"), {"reason": reason}).status_code == status


def test_going_back_leads_nowhere_else(sign_in, row):
    entered = {"reason": "x", "back": "https://evil.example"}

    assert sign_in("li").post(address(row, "withdraw"), entered)["Location"] == "/"


def test_every_refusal_has_a_sentence():
    from pathlib import Path

    from shuli.apps.documents import wording

    folder = Path(wording.__file__).parent
    code = "".join(path.read_text() for path in folder.glob("*.py") if path.name != "wording.py")

    assert {name for name in wording.SENTENCES if f'"{name}"' not in code} == set()
