"""Who may change a decision, and what becomes of drafts and versions."""

from datetime import timedelta

import pytest

from shuli.apps.catalogue.decisions import operations, queries
from shuli.apps.catalogue.decisions.grid import grid_of, model_with
from shuli.apps.catalogue.models import DecisionVersion
from shuli.kit import clock
from shuli.kit.errors import Denied, Refusal

ROUTING = "complaint-routing"


def changed(row=0, result='"quality"'):
    """Return the table in force with another department in a row."""
    model = queries.model(queries.version_in_force(ROUTING).pk)
    grid = grid_of(model)
    grid.rows[row].outputs = [result]
    return operations.text_of(model_with(model, grid))


def department(kind="product_quality"):
    return queries.decide(ROUTING, {"problem_types": [kind]}).value


@pytest.mark.accepts("H2-61")
def test_the_owner_publishes_another_table_and_the_next_decision_uses_it(owner):
    operations.save_draft(ROUTING, owner, changed(), 0)
    assert department() == "product"  # a draft decides nothing

    version = operations.publish(ROUTING, owner, "质量部自 11 月起受理", 1)

    assert (version.number, version.person, version.reason) == (2, owner, "质量部自 11 月起受理")
    assert department() == "quality"
    assert queries.decide(ROUTING, {"problem_types": ["product_quality"]}).version == 2


def test_a_version_that_takes_effect_later_decides_nothing_before(owner):
    operations.save_draft(ROUTING, owner, changed(), 0)
    later = clock.now() + timedelta(days=3)

    operations.publish(ROUTING, owner, "下周起", 1, later)

    assert department() == "product"
    assert queries.version_in_force(ROUTING, later).number == 2


@pytest.mark.parametrize("person", ["limin", "sunli"])
def test_nobody_but_the_owner_changes_it(company, person):
    assert isinstance(operations.save_draft(ROUTING, person, changed(), 0), Denied)
    assert isinstance(operations.publish(ROUTING, person, "x", 0), Denied)


def test_of_two_who_edit_at_once_the_second_is_told(owner):
    operations.save_draft(ROUTING, owner, changed(), 0)

    refused = operations.save_draft(ROUTING, owner, changed(1), 0)

    assert (refused.code, refused.status) == ("draft_changed", 409)


@pytest.mark.parametrize(
    ("result", "reason", "code"),
    [('"quality"', " ", "reason_missing"), ('"product"', "同样", "nothing_changed")],
)
def test_publishing_needs_a_reason_and_a_change(owner, result, reason, code):
    operations.save_draft(ROUTING, owner, changed(result=result), 0)

    refused = operations.publish(ROUTING, owner, reason, 1)

    assert isinstance(refused, Refusal)
    assert refused.code == code


def test_a_table_with_errors_is_not_published(owner):
    operations.save_draft(ROUTING, owner, changed(result="1 +"), 0)

    refused = operations.publish(ROUTING, owner, "试一试", 1)

    assert [finding.code for finding in refused.findings] == ["unexpected_end"]
    assert DecisionVersion.objects.filter(decision__key=ROUTING).count() == 1


def test_the_library_never_overwrites_what_an_owner_published(owner):
    from shuli.apps.catalogue.operations import install_library

    operations.save_draft(ROUTING, owner, changed(), 0)
    operations.publish(ROUTING, owner, "本公司的做法", 1)

    install_library()

    assert department() == "quality"


def test_a_newer_table_of_the_library_is_taken_where_nobody_changed_it(company):
    decision = queries.decision(ROUTING)
    newer = operations.Shipped(key=ROUTING, name="", name_en="", dmn=changed(result='"sales"'))

    operations.install(decision.process, [newer])

    assert department() == "sales"
    assert queries.versions(decision)[0].person == ""


def test_discarding_goes_back_to_what_is_published(owner):
    operations.save_draft(ROUTING, owner, changed(), 0)

    operations.discard_draft(ROUTING, owner)

    assert queries.decision(ROUTING).draft == ""
    assert operations.publish(ROUTING, owner, "无", 2).code == "nothing_to_publish"
