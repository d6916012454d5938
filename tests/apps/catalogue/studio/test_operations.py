"""Who may draw, and what becomes of drafts."""

import pytest

from shuli.apps.catalogue import queries as register
from shuli.apps.catalogue.models import Process
from shuli.apps.catalogue.publication.first import First, publish_first
from shuli.apps.catalogue.studio import operations, queries
from shuli.core.bpmn import compile_process, read_bpmn
from shuli.kit.errors import Denied, Refusal

FACTS = {"key": "P-OURS", "name": "我们的流程", "name_en": "Ours", "owner_post": "owner-complaint"}


def graph_of(draft):
    return compile_process(read_bpmn(draft.bpmn.encode()).document).graph


def renamed(draft, name="询价"):
    return draft.bpmn.replace('name="补充"', f'name="{name}"')


def test_a_draft_begins_as_the_version_in_force_and_changes_nothing_of_it(owner):
    draft = operations.open_draft("P-PURCHASE", owner)

    operations.save_draft(draft.pk, owner, 1, {"bpmn": renamed(draft)})

    in_force = register.version_in_force("P-PURCHASE")
    assert (draft.based_on.number, draft.state, draft.revision) == ("1.0", "open", 1)
    assert register.graph(in_force.pk).nodes["detail"].name.zh == "补充"


@pytest.mark.parametrize("name", ["limin", "sunli"])
def test_nobody_but_the_owner_opens_or_saves(draft, name):
    answers = [
        operations.open_draft("P-PURCHASE", name),
        operations.save_draft(draft.pk, name, 1, {"forms": {}}),
        operations.copy_draft(draft.pk, name, "副本", {}),
        operations.discard(draft.pk, name),
    ]

    assert all(isinstance(answer, Denied) for answer in answers)


def test_of_two_who_draw_at_once_the_second_is_told_who_and_when(owner, draft):
    operations.save_draft(draft.pk, owner, 1, {"bpmn": renamed(draft)})

    refused = operations.save_draft(draft.pk, owner, 1, {"bpmn": renamed(draft, "比价")})

    assert isinstance(refused, Refusal)
    assert (refused.code, refused.status, refused.params["person"]) == ("draft_saved_meanwhile", 409, owner)
    assert refused.params["revision"] == 2
    assert "询价" in queries.draft(draft.pk).bpmn


def test_who_edits_the_forms_does_not_hinder_who_draws(owner, draft):
    forms = {**draft.forms, "extra": {"key": "extra", "title": {"zh": "附加"}, "sections": []}}
    operations.save_draft(draft.pk, owner, 1, {"forms": forms})

    saved = operations.save_draft(draft.pk, owner, 1, {"bpmn": renamed(draft)})

    assert (saved.revision, saved.parts) == (3, {"forms": 2, "bpmn": 3})


def test_saving_what_is_there_already_counts_as_no_saving(owner, draft):
    saved = operations.save_draft(draft.pk, owner, 1, {"bpmn": draft.bpmn, "forms": draft.forms})

    assert saved.revision == 1


def test_a_revision_that_is_still_to_come_is_refused(owner, draft):
    refused = operations.save_draft(draft.pk, owner, 9, {"forms": {}})

    assert refused.code == "draft_saved_meanwhile"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"bpmn": "<a"}, "model_unreadable"),
        ({"bpmn": "x" * (5 * 1024 * 1024 + 1)}, "model_too_large"),
        ({"forms": {"a": "b"}}, "draft_forms_unusable"),
        ({"documents": []}, "draft_forms_unusable"),
    ],
)
def test_what_is_no_model_or_form_is_not_kept(owner, draft, changed, code):
    refused = operations.save_draft(draft.pk, owner, 1, changed)

    assert (refused.code, queries.draft(draft.pk).revision) == (code, 1)


def test_mine_is_kept_as_a_copy_beside_theirs(owner, draft):
    operations.save_draft(draft.pk, owner, 1, {"bpmn": renamed(draft)})

    copy = operations.copy_draft(draft.pk, owner, "我的", {"bpmn": renamed(draft, "比价")})

    assert [row.title for row in queries.drafts("P-PURCHASE")] == ["我的", ""]
    assert "比价" in copy.bpmn
    assert copy.based_on_id == draft.based_on_id


def test_a_draft_that_was_given_up_takes_nothing_more(owner, draft):
    operations.discard(draft.pk, owner)

    answers = [
        operations.save_draft(draft.pk, owner, 1, {"forms": {}}),
        operations.discard(draft.pk, owner),
    ]

    assert [answer.code for answer in answers] == ["draft_closed"] * 2
    assert queries.drafts("P-PURCHASE") == []


# A process that is new -----------------------------------------------------------------------------------------


def test_an_owner_registers_a_process_and_its_first_draft_carries_its_names(owner):
    draft = operations.register_process(owner, FACTS, "template:approval")

    graph = graph_of(draft)
    assert (graph.key, graph.name.zh, graph.name.en, graph.owner) == (
        "P-OURS",
        "我们的流程",
        "Ours",
        "owner-complaint",
    )
    assert draft.forms.keys() == {"request"}


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"key": "1-P"}, "process_key_wrong"),
        ({"key": "p-purchase"}, "process_key_taken"),
        ({"name": " "}, "process_name_missing"),
        ({"owner_post": "supervisor"}, "process_post_not_yours"),
    ],
)
def test_facts_that_do_not_fit_register_nothing(owner, facts, code):
    refused = operations.register_process(owner, {**FACTS, **facts})

    assert refused.code == code
    assert not Process.objects.filter(key="P-OURS").exists()


def test_an_unknown_beginning_registers_nothing(owner):
    assert operations.register_process(owner, FACTS, "template:nothing").code == "source_unknown"
    assert not Process.objects.filter(key="P-OURS").exists()


def test_who_owns_nothing_registers_nothing(company):
    assert operations.register_process("limin", FACTS).code == "process_not_yours"


def test_an_administrator_draws_a_process_until_its_owner_has_published_it(owner, administrator):
    draft = operations.register_process(administrator, FACTS, "template:approval")
    assert not isinstance(draft, Refusal)

    publish_first(owner, draft.pk, 1, First(summary="首次发布", complies=True))

    assert operations.open_draft("P-OURS", administrator).code == "draft_not_yours"
