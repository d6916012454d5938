"""What is found in a draft beside what the linter finds."""

import re

import pytest

from apps.cases.conftest import BPMN, OPINION_FORM, REQUEST_FORM
from shuli.apps.catalogue.studio.checking import problems_of

FORMS = {form["key"]: form for form in (REQUEST_FORM, OPINION_FORM)}
DOCUMENTS = {"opinion": {"zh": "技术意见", "en": "Technical opinion"}}
CALL = '<bpmn:callActivity id="call" name="子流程" calledElement="{key}"/>'


def found(bpmn=BPMN, forms=FORMS, documents=DOCUMENTS, key="P-PURCHASE"):
    return {(one.code, one.element) for one in problems_of(key, bpmn, forms, documents) if one.code in NEW}


NEW = {
    "key_differs", "form_missing", "form_wrong", "decision_missing", "process_missing", "department_unknown",
    "post_unknown", "group_unknown", "person_unknown", "owner_unknown", "document_unnamed",
}  # fmt: skip


def test_what_the_company_knows_is_no_problem(company):
    assert found() == set()


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('<shuli:lead>"tech"<', '<shuli:lead>"astrology"<', ("department_unknown", "tech")),
        ('kind="head">"finance"<', 'kind="head">"astrology"<', ("department_unknown", "money")),
        ('kind="head">"finance"<', 'kind="post">"seer"<', ("post_unknown", "money")),
        ('kind="head">"finance"<', 'kind="group">"seers"<', ("group_unknown", "money")),
        ('kind="head">"finance"<', 'kind="person">"nobody"<', ("person_unknown", "money")),
        ('owner="owner-complaint"', 'owner="seer"', ("owner_unknown", None)),
        ('key="P-PURCHASE"', 'key="P-OTHER"', ("key_differs", None)),
        ('<shuli:duty form="opinion">', '<shuli:duty form="guess">', ("form_missing", "tech")),
        ('<shuli:output document="opinion"/>', '<shuli:output document="guess"/>', ("document_unnamed", "tech")),
    ],
)  # fmt: skip
def test_what_it_does_not_know_is_named_at_its_element(company, old, new, problem):
    assert old in BPMN

    assert found(BPMN.replace(old, new)) == {problem}


def test_a_call_and_a_decision_lead_to_something_that_is_in_force(company):
    parts = (
        '<bpmn:callActivity id="call" name="调用" calledElement="P-NOWHERE"/>'
        '<bpmn:businessRuleTask id="ask" name="分级"><bpmn:extensionElements>'
        '<shuli:decision key="nothing" result="level"/></bpmn:extensionElements></bpmn:businessRuleTask>'
    )

    assert found(BPMN.replace("<bpmn:endEvent", parts + "<bpmn:endEvent")) == {
        ("process_missing", "call"),
        ("decision_missing", "ask"),
    }


def test_a_form_with_a_mistake_is_named(company):
    forms = {
        **FORMS,
        "opinion": {"key": "opinion", "title": {"zh": "意见"}, "sections": [{"fields": "none"}]},
    }

    assert found(forms=forms) == {("form_wrong", None)}


def test_a_mistake_of_a_form_is_said_in_words_with_form_and_field(company):
    field = {"type": "choice", "key": "seal", "label": {"zh": "印章种类", "en": "Seal"}, "options": []}
    forms = {
        **FORMS,
        "opinion": {"key": "opinion", "title": {"zh": "技术意见"}, "sections": [{"fields": [field]}]},
    }

    (problem,) = [
        one
        for one in problems_of("P-PURCHASE", BPMN, forms, DOCUMENTS)
        if one.code == "form_wrong" and "印章种类" in one.words.zh
    ]

    assert problem.words.zh == "表单“技术意见”“印章种类”：还没有可选项。"
    assert "“Seal”: There is nothing to choose from yet." in problem.words.en


def test_a_text_that_is_no_model_has_its_line(company):
    (problem,) = problems_of("P-PURCHASE", "<a>\n<b>\n</a>", {}, {})

    assert (problem.severity, problem.line) == ("error", 3)
    assert problem.words.zh != problem.words.en


def test_errors_come_first_and_every_sentence_is_there_in_both_languages(company):
    bpmn = BPMN.replace('<shuli:lead>"tech"<', '<shuli:lead>"astrology"<')

    problems = problems_of("P-PURCHASE", bpmn, FORMS, {})

    assert [one.severity for one in problems] == sorted(one.severity for one in problems)
    (unknown,) = [one for one in problems if one.code == "department_unknown"]
    assert "astrology" in unknown.words.zh
    assert "技术意见" in unknown.words.zh
    assert "department" in unknown.words.en
    assert unknown.line


@pytest.mark.accepts("H3-01")
def test_a_goal_is_asked_for_unless_the_register_states_it(company):
    from shuli.apps.catalogue.models import Process

    bpmn = re.sub(r"<shuli:goal.*?</shuli:goal>", "", BPMN.replace("P-PURCHASE", "P-BUY"))

    def is_asked():
        return "goal_missing" in {one.code for one in problems_of("P-BUY", bpmn, FORMS, DOCUMENTS)}

    assert is_asked()
    Process.objects.create(key="P-BUY", name="采购", goal="三天内买到", owner_post="owner-complaint")
    assert not is_asked()
