"""The pages of the studio, and what its island is answered."""

import json

import pytest
from django.urls import reverse

from shuli.apps.catalogue.studio import operations, queries


@pytest.fixture
def browser(client, owner):
    from shuli.apps.directory.models import Person

    client.force_login(Person.objects.get(username=owner))
    return client


def asked(browser, name, draft, **body):
    return browser.post(
        reverse(f"catalogue:{name}", args=[draft.pk]), json.dumps(body), content_type="application/json"
    )


def told(page):
    """Return what the page tells the island."""
    text = page.content.decode().split('id="studio-data" type="application/json">')[1].split("</script>")[0]
    return json.loads(text)


def test_a_process_without_a_draft_offers_beginnings_and_a_choice_opens_one(browser):
    page = browser.get(reverse("catalogue:studio", args=["P-PURCHASE"]))
    assert 'value="template:review"' in page.content.decode()

    answer = browser.post(
        reverse("catalogue:draft_begin", args=["P-PURCHASE"]), {"source": "template:review"}
    )

    page = browser.get(answer["Location"])
    assert told(page)["forms"].keys() == {"plan", "decision", "opinion_one", "opinion_two", "opinion_three"}


def test_the_studio_opens_the_newest_draft_or_the_one_that_is_asked_for(browser, draft, owner):
    newer = operations.open_draft("P-PURCHASE", owner, title="另一份")
    address = reverse("catalogue:studio", args=["P-PURCHASE"])

    assert told(browser.get(address))["draft"] == newer.pk
    assert told(browser.get(f"{address}?draft={draft.pk}"))["draft"] == draft.pk
    assert "studio-data" not in browser.get(f"{address}?draft=new").content.decode()


@pytest.mark.accepts("H3-20")
def test_the_legend_names_every_symbol_of_the_handbook(browser, draft):
    text = browser.get(reverse("catalogue:studio", args=["P-PURCHASE"])).content.decode()

    symbols = [
        "动作", "准备", "子流程", "存档", "是 / 否", "单个文件/表单", "多个文件/表单", "判断/决策", "逻辑关系线", "流程连接",
        "或者", "联系", "流程终止",
    ]  # fmt: skip
    legend = text.split('class="st-legend"')[1].split("</ul>")[0]
    assert [one for one in symbols if one not in legend] == []


def test_what_is_on_the_canvas_is_checked_without_being_kept(browser, draft):
    bpmn = draft.bpmn.replace('<shuli:lead>"tech"<', '<shuli:lead>"astrology"<')

    answer = asked(browser, "draft_check", draft, bpmn=bpmn).json()

    assert [
        (one["element"], one["severity"]) for one in answer["problems"] if one["code"] == "department_unknown"
    ] == [("tech", "error")]
    assert "astrology" not in queries.draft(draft.pk).bpmn


def test_a_model_is_drawn_anew(browser, draft):
    answer = asked(browser, "draft_layout", draft, bpmn=draft.bpmn).json()

    assert "BPMNShape" in answer["bpmn"]
    assert "BPMNShape" not in draft.bpmn


def test_departments_can_be_columns(browser, draft):
    answer = asked(browser, "draft_columns", draft, bpmn=draft.bpmn).json()

    assert answer["svg"].startswith("<svg")
    assert answer["svg"].count('class="sl-dia-row"') == 2  # its phases


def test_a_file_that_is_taken_in_becomes_the_process_s_own(browser, draft):
    foreign = draft.bpmn.replace("P-PURCHASE", "P-THEIRS")

    answer = asked(browser, "draft_import", draft, bpmn=foreign).json()

    assert 'key="P-PURCHASE"' in answer["bpmn"]
    assert "BPMNShape" in answer["bpmn"]


def test_a_file_with_errors_is_refused_with_line_and_element(browser, draft):
    broken = draft.bpmn.replace('targetRef="sign"', 'targetRef="nowhere"')

    answer = asked(browser, "draft_import", draft, bpmn=broken)

    assert answer.status_code == 422
    (found,) = answer.json()["error"]["findings"]
    assert (found["element"], found["line"] > 20, "nowhere" in found["words"]) == ("f7", True, True)


@pytest.mark.parametrize("body", ["[]", "{", '{"bpmn": 3}'])
def test_nonsense_is_answered_as_such(browser, draft, body):
    answer = browser.post(
        reverse("catalogue:draft_check", args=[draft.pk]), body, content_type="application/json"
    )

    assert answer.status_code == 422


def test_the_list_of_drafts_leads_an_owner_to_theirs_and_to_a_beginning(browser, draft):
    page = browser.get("/drafts/").content.decode()

    assert f"/processes/P-PURCHASE/studio/?draft={draft.pk}" in page
    assert "/processes/P-PURCHASE/studio/?draft=new" in page
    assert 'href="/drafts/"' in browser.get("/processes/").content.decode()


def test_who_draws_nothing_has_no_list_of_drafts(company, client):
    from shuli.apps.directory.models import Person

    client.force_login(Person.objects.get(username="limin"))

    assert client.get("/drafts/").status_code == 403
    assert 'href="/drafts/"' not in client.get("/processes/").content.decode()


def test_the_rights_of_a_step_are_reached_from_its_form_and_back(browser, draft):
    page = browser.get(
        f"/processes/P-PURCHASE/studio/forms/opinion/?draft={draft.pk}&node=tech"
    ).content.decode()

    assert f"/processes/P-PURCHASE/studio/?draft={draft.pk}&amp;node=tech&amp;section=form" in page
