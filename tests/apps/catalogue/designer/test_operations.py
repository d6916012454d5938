"""The forms of a draft: kept, copied, made and taken away."""

import pytest

from shuli.apps.catalogue.designer import operations, queries
from shuli.apps.catalogue.studio import operations as studio
from shuli.kit.errors import Refusal


@pytest.fixture
def form(draft):
    return draft.forms["request"]


def saved(draft, owner, form, **others):
    known = {"expected": draft.revision, "seen": draft.forms["request"]} | others
    return operations.save_form(draft.pk, owner, "request", form, **known)


def renamed(form, words):
    return {**form, "title": {"zh": words, "en": words}}


def test_a_form_is_kept_in_the_draft(draft, owner, form):
    answer = saved(draft, owner, renamed(form, "采购"))

    assert answer.revision == draft.revision + 1
    assert answer.forms["request"]["title"]["zh"] == "采购"


def test_whoever_comes_second_is_told_who_was_first(draft, owner, form):
    saved(draft, owner, renamed(form, "甲"))

    answer = saved(draft, owner, renamed(form, "乙"))

    assert isinstance(answer, Refusal)
    assert (answer.code, answer.params["person"]) == ("draft_saved_meanwhile", owner)
    draft.refresh_from_db()
    assert draft.forms["request"]["title"]["zh"] == "甲"


def test_another_form_that_was_saved_meanwhile_is_no_hindrance(draft, owner, form):
    operations.new_form(draft.pk, owner, "further", {"zh": "另一张", "en": ""})

    answer = saved(draft, owner, renamed(form, "采购"))

    assert set(answer.forms) >= {"request", "further"}
    assert answer.forms["request"]["title"]["zh"] == "采购"


def test_a_form_that_steps_show_is_not_deleted(draft, owner):
    answer = operations.delete_form(draft.pk, owner, "request")

    assert (answer.code, answer.status) == ("form_in_use", 409)
    assert answer.params["steps"]


def test_a_form_that_nobody_shows_is_deleted(draft, owner):
    operations.new_form(draft.pk, owner, "further", {"zh": "另一张", "en": ""})

    answer = operations.delete_form(draft.pk, owner, "further")

    assert "further" not in answer.forms


def test_a_copy_has_a_name_of_its_own(draft, owner, form):
    first, key = operations.copy_form(draft.pk, owner, "request")
    _second, other = operations.copy_form(draft.pk, owner, "request")

    assert (key, other) == ("request_2", "request_3")
    assert first.forms["request_2"] == {**form, "key": "request_2"}


@pytest.mark.parametrize(("key", "code"), [("request", "form_key_taken"), ("1 form", "form_key_wrong")])
def test_a_name_that_cannot_be_is_refused(draft, owner, key, code):
    assert operations.new_form(draft.pk, owner, key, {"zh": "表", "en": ""}).code == code


def test_nobody_but_the_owner_changes_a_form(draft, form):
    for made in (
        operations.save_form(draft.pk, "nobody", "request", form, expected=1, seen=form),
        operations.new_form(draft.pk, "nobody", "ours", {}),
        operations.copy_form(draft.pk, "nobody", "request"),
        operations.delete_form(draft.pk, "nobody", "request"),
    ):
        assert made.status == 403


def test_a_draft_that_was_given_up_takes_nothing(draft, owner, form):
    studio.discard(draft.pk, owner)

    assert saved(draft, owner, renamed(form, "采购")).code == "draft_closed"


def test_steps_are_found_with_their_rights(draft):
    plain, bounded = (
        '<shuli:duty form="request"/>',
        '<shuli:duty form="request"><shuli:right field="amount" access="read"/></shuli:duty>',
    )
    draft.bpmn = draft.bpmn.replace(plain, bounded, 1)

    start = queries.steps_using(draft, "request")[0]

    assert (start.id, start.rights) == ("start", {"amount": "read"})


def test_the_draft_is_held_beside_the_version_that_it_began_as(draft, owner, form):
    saved(draft, owner, renamed(form, "采购"))
    draft.refresh_from_db()

    found = queries.versus(draft, "request", "")

    assert [(one.kind, one.property) for one in found.changes] == [("changed", "title")]
