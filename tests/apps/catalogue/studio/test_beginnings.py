"""What a draft can begin as."""

import pytest

from apps.catalogue.studio.conftest import publish_next
from shuli.apps.catalogue import queries as register
from shuli.apps.catalogue.studio import operations
from shuli.apps.catalogue.studio.beginnings import sources, templates
from shuli.apps.catalogue.studio.checking import check_draft

# Departments are the company's own: a template leaves them open, and the checks say where.
TO_FILL_IN = {"empty": set(), "approval": set(), "review": {"review_one", "review_two", "review_three"}}


@pytest.mark.parametrize("key", TO_FILL_IN)
def test_every_template_only_waits_for_the_departments_of_the_company(owner, key):
    draft = operations.open_draft("P-PURCHASE", owner, f"template:{key}")

    errors = {one.element: one.code for one in check_draft(draft) if one.severity == "error"}

    assert errors == dict.fromkeys(TO_FILL_IN[key], "task_without_performer")


def test_the_templates_that_there_are_are_tried(company):
    assert [one.key for one in templates()] == list(TO_FILL_IN)
    assert all(one.name.zh and one.name.en and one.text.zh and one.text.en for one in templates())


@pytest.mark.accepts("H2-02")
def test_a_copy_of_another_process_is_the_process_s_own(owner):
    facts = {"key": "P-OURS", "name": "我们的", "owner_post": "owner-complaint"}

    draft = operations.register_process(owner, facts, "process:P-PURCHASE")

    assert draft.based_on is None
    assert draft.forms.keys() == {"request", "opinion"}
    assert 'key="P-OURS"' in draft.bpmn
    assert not [one for one in check_draft(draft) if one.severity == "error"]


def test_a_version_that_is_no_longer_in_force_can_be_taken_up_again(owner, draft):
    first = register.version_in_force("P-PURCHASE")
    operations.save_draft(draft.pk, owner, 1, {"bpmn": draft.bpmn.replace('name="补充"', 'name="询价"')})
    publish_next(draft.pk)

    again = operations.open_draft("P-PURCHASE", owner, f"version:{first.pk}")

    assert again.based_on == first
    assert [number for _source, number, _name in sources(register.process("P-PURCHASE"))] == ["1.1", "1.0"]


@pytest.mark.parametrize(
    "source", ["template:none", "version:999999", "version:x", "process:P-NONE", "draft:1"]
)
def test_what_there_is_not_begins_nothing(owner, source):
    assert operations.open_draft("P-PURCHASE", owner, source).code == "source_unknown"
