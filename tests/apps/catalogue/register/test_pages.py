"""A journey through the register over HTTP: the map, an export that is edited and imported again, an entry that goes."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from shuli.apps.catalogue.register.listing import entries
from shuli.apps.directory import queries as directory
from shuli.kit.workbooks import XLSX

DOMAINS = ("战略管理", "目标管理", "技术管理", "物资供应管理", "生产管理", "市场营销管理", "质量管理", "“保供”", "设备管理",
           "财务管理", "人力资源管理", "行政管理")  # fmt: skip


@pytest.fixture
def keeper(company):
    return directory.members("group:process-office")[0]


def edited(data, change):
    """Return an exported file after somebody changed it in Excel."""
    book = load_workbook(BytesIO(data))
    change(book.active)
    out = BytesIO()
    book.save(out)
    return SimpleUploadedFile("清单.xlsx", out.getvalue(), content_type=XLSX)


@pytest.mark.accepts("H3-13", "H3-10", "H3-11", "H3-12")
@pytest.mark.parametrize(("language", "ends"), [("zh-hans", "客户"), ("en", "Customer")])
def test_the_map_goes_from_customer_to_customer_over_twelve_domains(company, client_of, language, ends):
    browser = client_of("limin")
    browser.cookies["shuli_language"] = language

    page = browser.get("/processes/map/").content.decode()

    assert page.count(f"<b>{ends}</b>") == 2
    if language == "zh-hans":
        assert [name for name in DOMAINS if f"<h3>{name}</h3>" not in page] == []
    assert '/processes/P-COMPLAINT/"' in page


@pytest.mark.accepts("H3-14")
def test_a_registered_process_without_a_model_says_what_comes_next(company, client_of):
    page = client_of("limin").get("/processes/P-CONTRACT/").content.decode()

    assert "尚无流程图" in page
    assert "下一步：由营销部会同技术中心、生产部和法务部画出评审环节。" in page
    assert client_of("limin").get("/processes/P-CONTRACT/process.bpmn").status_code == 404


@pytest.mark.accepts("H3-03")
def test_the_register_tells_how_many_processes_run_without_a_standard_and_lists_them(company, client_of):
    whole = client_of("limin").get("/processes/")
    listed = client_of("limin").get("/processes/?state=without_standard")

    without = [entry for entry in entries() if entry.version is None]
    assert f"其中 {len(without)} 个没有生效的版本" in whole.content.decode()
    assert listed.context["page"].paginator.count == len(without) > 0
    assert {entry.process.key for entry in listed.context["page"]} <= {entry.process.key for entry in without}


def test_an_export_is_edited_in_excel_and_imported_again(keeper, client_of):
    browser = client_of(keeper)
    data = browser.get("/processes/register.xlsx?category=support").content

    def edit(page):
        head = [cell.value for cell in page[1]]
        row = next(row for row in page.iter_rows(min_row=2) if row[0].value == "P-LEAVING")
        row[head.index("下次复盘")].value = "2027-06-30"
        row[head.index("重要程度")].value = "重要"
        page.append(["P-ARCHIVE", "XZ-09", "L4", "支持流程", "行政管理", "Administration", "档案管理流程"])

    answer = browser.post("/processes/import/", {"file": edited(data, edit)}, follow=True)

    assert "导入完成：新增 1 项、更新 1 项" in answer.content.decode()
    page = browser.get("/processes/?q=档案").content.decode()
    assert "档案管理流程" in page
    assert "2027-06-30" in browser.get("/processes/P-LEAVING/").content.decode()


def test_an_import_that_fails_names_row_and_column(keeper, client_of):
    browser = client_of(keeper)
    data = browser.get("/processes/register.xlsx").content

    def spoil(page):
        page.cell(row=3, column=3).value = "L7"
        page.append(["P-GOOD", "", "L3", "业务流程", "", "", "好流程"])

    answer = browser.post("/processes/import/", {"file": edited(data, spoil)})

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "没有导入任何内容：1 个问题" in text
    assert "<b>3</b>" in text
    assert "“L7”不是 L1 至 L5 的层级。" in text
    assert browser.get("/processes/P-GOOD/").status_code == 404


@pytest.mark.accepts("H2-11")
def test_the_owner_edits_their_entry_and_nobody_elses(company, client_of):
    owner = directory.members("post:owner-complaint")[0]
    browser = client_of(owner)
    facts = {"name": "客户投诉处理", "level": "L3", "category": "core", "importance": "key", "regulations": "消费者权益保护法",
             "domain": "客户服务", "next_review_on": "2027-01-31"}  # fmt: skip

    saved = browser.post("/processes/P-COMPLAINT/edit/", facts, follow=True).content.decode()

    assert "2027-01-31" in saved
    assert "消费者权益保护法" in saved
    assert browser.post("/processes/P-CONTRACT/edit/", facts).status_code == 403


def test_an_entry_that_is_needed_is_not_deleted_but_taken_out_of_service(keeper, client_of):
    browser = client_of(keeper)

    refused = browser.post("/processes/P-REVIEW/delete/")
    assert refused.status_code == 409
    assert "第 1.0 版" in refused.content.decode()
    assert browser.post("/processes/P-REVIEW/retire/").status_code == 302

    page = browser.get("/processes/P-REVIEW/").content.decode()
    assert "已停用" in page
    assert browser.get("/start/P-REVIEW/").status_code == 403


@pytest.mark.accepts("H2-112")
def test_a_change_of_the_organisation_lists_the_processes_that_it_leaves_behind(company, client_of):
    from shuli.apps.directory.models import Department, Post, Posting

    browser = client_of("limin")
    assert "没有受影响的流程" in browser.get("/processes/affected/").content.decode()

    Department.objects.filter(code="tech").update(is_active=False)
    Posting.objects.filter(post__code="owner-complaint").delete()
    Post.objects.filter(code="owner-complaint").update(is_active=False)

    page = browser.get("/processes/affected/").content.decode()
    assert 'href="/processes/P-COMPLAINT/"' in page
    assert "没有人担任" in page
    assert "部门“技术部”已撤销或不存在" in page


def test_the_register_leads_to_what_the_organisation_affects(company, client_of):
    assert 'href="/processes/affected/"' in client_of("limin").get("/processes/").content.decode()


def test_no_domain_stands_twice_on_the_map(company, client_of):
    page = client_of("limin").get("/processes/map/").content.decode()

    heads = [part.split("</h3>")[0] for part in page.split("<h3>")[1:]]
    assert len(heads) == len(set(heads))
