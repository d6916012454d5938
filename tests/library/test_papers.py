"""The papers of cases: what their forms hold, as Word and Excel files; each ships for a step that must make it."""

import io
from collections import Counter
from urllib.parse import unquote

import pytest
from docx import Document
from openpyxl import load_workbook

from library.running import Running, member
from library.shipped import KEYS, graph
from shuli.apps.directory.models import Person
from shuli.apps.documents import blanks


def words_of(content):
    document = Document(io.BytesIO(content))
    return {cell.text for table in document.tables for row in table.rows for cell in row.cells}


def test_every_paper_of_a_process_is_an_output_that_a_step_must_make():
    mandatory = {
        (key, output.document) for key in KEYS for node in graph(key).nodes.values() for output in node.duty.outputs if output.mandatory
    }  # fmt: skip
    named = {(one.process, one.document) for one in blanks.blanks() if one.process}

    assert len(named) == 28
    assert named - mandatory == set()
    assert Counter(process for process, _document in named)["P-PROJECT"] == 8


@pytest.fixture
def concession(company):
    person = member("department:sales")
    case = Running.start("P-QUALITY", person, entry="sales", customer="海康电器", complaint_title="滤芯漏水")
    return case.do("Q1_2", product_model="T3", contact_phone="13812345678")


def download(client, person, case, document, query=""):
    client.force_login(Person.objects.get(username=person))
    return client.get(f"/cases/{case.case.number}/papers/{document}/{query}")


@pytest.mark.accepts("H3-30")
def test_a_record_is_downloaded_as_word_with_what_was_answered(concession, client):
    found = download(client, member("department:sales"), concession, "quality_feedback_record")

    said = words_of(found.content)
    assert found.status_code == 200
    assert "客户质量反馈记录表.docx" in unquote(found["Content-Disposition"])
    assert {"海康电器", "T3", concession.case.number} <= said


def test_whoever_does_not_work_on_it_gets_no_telephone_number(concession, client):
    worker, owner = member("department:sales"), member("post:owner-quality")

    assert "13812345678" in words_of(download(client, worker, concession, "quality_feedback_record").content)
    assert "13812345678" not in words_of(
        download(client, owner, concession, "quality_feedback_record").content
    )


def test_it_comes_in_english_too(concession, client):
    found = download(
        client, member("department:sales"), concession, "quality_feedback_record", "?language=en"
    )

    assert {"Model", "Delivered on"} <= words_of(found.content)


def test_a_document_without_a_paper_of_its_own_takes_the_fields_of_its_form(concession, client):
    concession.do("Q2_1", our_fault="yes", site_findings="密封圈老化")

    found = download(client, member("department:sales"), concession, "site_confirmation")

    assert "密封圈老化" in words_of(found.content)


def test_there_is_no_paper_of_nothing_and_none_for_strangers(concession, client):
    assert download(client, member("department:sales"), concession, "nothing").status_code == 404
    assert (
        download(client, member("department:legal"), concession, "quality_feedback_record").status_code == 404
    )


def test_the_case_and_the_task_offer_their_papers(concession, client):
    person = member("department:sales")
    client.force_login(Person.objects.get(username=person))
    task = concession.task("Q2_1")

    case_page = client.get(f"/cases/{concession.case.number}/").content.decode()
    task_page = client.get(f"/tasks/{task.pk}/").content.decode()

    assert f"/cases/{concession.case.number}/papers/quality_feedback_record/" in case_page
    assert f"/cases/{concession.case.number}/papers/site_confirmation/" in task_page


def test_the_list_offers_every_paper_and_finds_one(company, client):
    client.force_login(Person.objects.get(username=member("department:legal")))

    page = client.get("/papers/").content.decode()
    found = client.get("/papers/?q=让步").content.decode()
    sheet = load_workbook(io.BytesIO(client.get("/papers/work_plan/").content)).active

    assert all(f"/papers/{one.key}/" in page for one in blanks.blanks())
    assert "让步使用申请单" in found
    assert "客户投诉登记表" not in found
    assert sheet["A1"].value == "工作计划"
