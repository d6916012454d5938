"""The pages answer, in both languages, and bad input loses nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from shuli.apps.cases import operations
from shuli.apps.cases.models import Case, Task
from shuli.apps.directory.models import Person


def client_of(username, language="zh-hans"):
    client = Client()
    client.force_login(Person.objects.get(username=username))
    client.cookies["shuli_language"] = language
    return client


@pytest.fixture
def task(started):
    return Task.objects.get(case=started, node="detail")


PAGES = [
    "cases:my_work",
    "cases:start_list",
    "cases:notifications",
    "cases:cases",
    "catalogue:register",
    "cases:search",
]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_every_list_page_answers(started, cast, name, language):
    assert client_of(cast["starter"], language).get(reverse(name)).status_code == 200


@pytest.mark.parametrize("tab", ["todo", "to_read", "started", "drafts", "done"])
def test_every_tab_of_my_work_answers(started, cast, tab):
    assert client_of(cast["starter"]).get("/", {"tab": tab}).status_code == 200


@pytest.mark.parametrize("query", [{}, {"only": "overdue"}, {"tab": "todo", "page": "2"}])
def test_my_work_answers_whoever_has_nothing_to_do(started, cast, query):
    assert client_of(cast["stranger"]).get("/", query).status_code == 200


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_task_case_and_process_answer(started, cast, task, language):
    client = client_of(cast["starter"], language)

    for address in (
        f"/tasks/{task.pk}/",
        f"/cases/{started.number}/",
        "/processes/P-PURCHASE/",
        "/processes/P-PURCHASE/forms/request/",
    ):
        assert client.get(address).status_code == 200, address


def test_a_process_is_started_by_its_form_and_leads_to_the_first_task(purchase, cast):
    client = client_of(cast["starter"])

    page = client.post("/start/P-PURCHASE/", {"what": "设备", "amount": "1,200"}, follow=True)

    task = Task.objects.get(case__title="设备")
    assert page.redirect_chain[-1][0] == reverse("cases:task", args=[task.pk])


def test_a_form_with_errors_comes_back_filled_with_each_error_at_its_field(purchase, cast):
    page = client_of(cast["starter"]).post("/start/P-PURCHASE/", {"what": "设备", "amount": "多"})

    text = page.content.decode()
    assert page.status_code == 422
    assert 'value="设备"' in text
    assert 'id="f-amount-error"' in text
    assert not Case.objects.exists()


def test_a_second_click_does_nothing_again(purchase, cast):
    client, form = client_of(cast["starter"]), {"what": "设备", "amount": "1", "idempotency_key": "k1"}

    client.post("/start/P-PURCHASE/", form)
    again = client.post("/start/P-PURCHASE/", form)

    assert Case.objects.count() == 1
    assert again.status_code == 302


def test_a_task_that_somebody_else_has_done_says_so_and_keeps_the_answers(started, cast, task):
    operations.complete(task.pk, cast["starter"], {}, operations.Verdict())

    page = client_of(cast["starter"]).post(f"/tasks/{task.pk}/complete/", {"opinion": "好"})

    assert page.status_code == 409
    assert "已" in page.content.decode()


def test_a_draft_is_kept_and_shown_again(started, cast, task):
    operations.complete(task.pk, cast["starter"], {}, operations.Verdict())
    tech = Task.objects.get(case=started, node="tech")
    client = client_of(cast["tech"])

    saved = client.post(
        f"/tasks/{tech.pk}/draft/", {"advice": "先记下"}, headers={"accept": "application/json"}
    )
    page = client.get(f"/tasks/{tech.pk}/")

    assert saved.status_code == 200
    assert "先记下" in page.content.decode()


def test_a_comment_tells_whom_it_mentions(started, cast, task):
    operations.transfer(task.pk, cast["starter"], cast["colleague"], "休假")
    client = client_of(cast["colleague"])

    client.post(f"/cases/{started.number}/comment/", {"text": "@李敏 请看预算"})

    bell = client_of(cast["starter"]).get("/notifications/").content.decode()
    assert "何佳" in bell


def test_a_file_is_attached_and_a_program_is_refused(started, cast):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = client_of(cast["starter"])
    address = f"/cases/{started.number}/attach/"

    good = client.post(address, {"file": SimpleUploadedFile("报价.txt", "单价 12 元".encode())})
    bad = client.post(address, {"file": SimpleUploadedFile("报价.txt", b"\x7fELF\x02\x01\x01" + bytes(64))})

    assert (good.status_code, bad.status_code) == (302, 422)
    assert "报价.txt" in client.get(f"/cases/{started.number}/").content.decode()


def test_the_archive_holds_forms_events_and_an_index_of_hashes(started, cast):
    import hashlib
    import io
    import json
    import zipfile

    answer = client_of(cast["starter"]).get(f"/cases/{started.number}/archive/")

    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        index = json.loads(archive.read("index.json"))
        assert index["number"] == started.number
        assert {"process.bpmn", "events.jsonl", "visits.json"} <= set(index["sha256"])
        for name, digest in index["sha256"].items():
            assert hashlib.sha256(archive.read(name)).hexdigest() == digest


def test_a_sensitive_answer_is_masked_for_readers(started, cast):
    text = client_of(cast["starter"]).get(f"/cases/{started.number}/").content.decode()

    assert "13800002207" not in text


@pytest.mark.accepts("H2-12")
def test_a_problem_with_a_step_reaches_the_process_owner(started, cast, task):
    client_of(cast["starter"]).post(f"/tasks/{task.pk}/problem/", {"text": "不该由我们补充"})

    assert "不该由我们补充" in client_of(cast["owner"]).get("/notifications/").content.decode()


def test_a_null_character_is_a_bad_request_and_no_failure(started, cast):
    client = client_of(cast["starter"])

    assert client.get("/cases/?q=%00").status_code == 400
    assert client.post(f"/cases/{started.number}/comment/", {"text": "a\x00b"}).status_code == 400
