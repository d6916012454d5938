"""A journey over HTTP: a change is handed in, looked at, decided by P-DOC, published, noticed and read."""

import re

import pytest

from apps.catalogue.publication.conftest import KEY
from apps.catalogue.publication.test_review import approved
from shuli.apps.catalogue.publication import operations, reading
from shuli.kit import clock

WISH = {
    "summary": "回访改名，方案写明配件", "reason": "一线反映", "transition_days": "3", "training": "周一例会",
    "departments": ["product", "tech"], "told": ["service"], "front_line": ["limin"], "complies": "on",
    "compliance_note": "无冲突",
}  # fmt: skip


def text_of(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def handed_in(browser, draft):
    answer = browser.post(f"/drafts/{draft.pk}/submit/", WISH)
    assert answer.status_code == 302, text_of(answer.content.decode())[:2000]
    return operations.change_of(KEY)


@pytest.mark.accepts("H1-47", "H1-48", "H2-126")
def test_a_change_goes_from_the_draft_to_a_read_notice(owner, draft, client_of):
    change = handed_in(client_of(owner), draft)
    seen = text_of(client_of("limin").get(f"/changes/{change.pk}/").content.decode())
    assert "活动“电话回访” 名称 修改 客户确认与回访 电话回访" in seen
    task = client_of("limin").get("/").content.decode()
    assert change.case_number in task
    approved(change)

    page = text_of(client_of("limin").get(f"/processes/{KEY}/versions/1.1/").content.decode())
    assert "请阅读此版本" in page
    assert "旧版本在 3 天内仍可发起。" in page
    assert "表单“投诉处理方案” 字段“所需配件” 新增" in page
    assert client_of("limin").post(f"/processes/{KEY}/versions/1.1/read/").status_code == 302
    assert reading.count_for("limin") == 0


def test_what_differs_is_marked_on_both_diagrams(change, client_of):
    page = client_of("limin").get(f"/changes/{change.pk}/").content.decode()

    for side in ("before", "after"):
        assert re.search(rf'id="{side}-C4b"[^>]*class="[^"]*sl-changed', page), side
    assert page.count("sl-changed") == 2


def test_pages_of_a_change_in_english_hold_no_chinese_of_ours(change, client_of):
    browser = client_of("limin")
    browser.cookies["shuli_language"] = "en"

    page = text_of(browser.get(f"/changes/{change.pk}/").content.decode())

    assert "What changes from v1.0 to v1.1" in page
    assert "Activity “" in page
    assert "Handed in by" in page


@pytest.mark.parametrize(
    ("missing", "words"),
    [("front_line", "请至少选择一名一线人员"), ("complies", "这个字段是必填项")],
)
def test_the_page_says_what_is_missing(owner, draft, client_of, missing, words):
    given = {key: value for key, value in WISH.items() if key != missing}

    answer = client_of(owner).post(f"/drafts/{draft.pk}/submit/", given)

    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_errors_of_the_draft_are_named_before_it_is_handed_in(owner, draft, client_of):
    from shuli.apps.catalogue.studio import operations as studio

    studio.save_draft(draft.pk, owner, draft.revision, {"forms": {}})

    page = text_of(client_of(owner).get(f"/drafts/{draft.pk}/submit/").content.decode())

    assert re.search(r"草稿有 \d+ 处错误", page)
    assert "但草稿里没有这张表单" in page


def test_the_owner_sees_who_has_read_it_and_others_do_not(change, owner, client_of):
    approved(change)

    assert "阅读回执" in client_of(owner).get(f"/processes/{KEY}/versions/1.1/").content.decode()
    assert "阅读回执" not in client_of("limin").get(f"/processes/{KEY}/versions/1.1/").content.decode()


@pytest.mark.accepts("H1-48")
def test_the_place_of_the_paper_copy_is_kept(change, owner, client_of):
    approved(change)
    at = f"/processes/{KEY}/versions/1.1/"

    client_of(owner).post(at + "paper/", {"paper_place": "档案室 3 柜"})

    assert "档案室 3 柜" in client_of(owner).get(at).content.decode()


def test_in_the_transition_the_start_page_offers_the_old_version(change, client_of):
    approved(change)
    browser = client_of("limin")

    page = browser.get(f"/start/{KEY}/").content.decode()
    assert f"/start/{KEY}/?version=1.0" in page
    assert browser.get(f"/start/{KEY}/?version=1.0").status_code == 200
    with clock.frozen(clock.now().replace(year=2027)):
        assert browser.get(f"/start/{KEY}/?version=1.0").status_code == 422


def test_any_two_versions_are_held_against_each_other(change, client_of):
    approved(change)

    back = text_of(client_of("limin").get(f"/processes/{KEY}/versions/1.0/?against=1.1").content.decode())

    assert "从 v1.1 到 v1.0 的变更" in back
    assert "活动“客户确认与回访” 名称 修改 电话回访 客户确认与回访" in back


def test_the_page_of_the_process_shows_drafts_and_the_change_on_its_way(draft, owner, wish, client_of):
    page = client_of(owner).get(f"/processes/{KEY}/").content.decode()
    assert f"/drafts/{draft.pk}/submit/" in page
    assert f"/drafts/{draft.pk}/submit/" not in client_of("limin").get(f"/processes/{KEY}/").content.decode()

    change = operations.submit(owner, draft.pk, wish)

    assert f"/changes/{change.pk}/" in client_of("limin").get(f"/processes/{KEY}/").content.decode()


def test_a_version_that_is_not_there_is_not_shown(company, client_of):
    assert client_of("limin").get(f"/processes/{KEY}/versions/9.9/").status_code == 404
    assert client_of("limin").get("/changes/999999/").status_code == 404
