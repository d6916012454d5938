"""The library ships a newer table: taken where nobody changed it, offered where an owner did."""

from datetime import timedelta

import pytest

from shuli.apps.catalogue.decisions import operations, queries
from shuli.apps.catalogue.decisions.grid import grid_of, model_with
from shuli.kit import clock
from shuli.kit.errors import Denied, Refusal

ROUTING = "complaint-routing"
PAGE = f"/decisions/{ROUTING}/"


def with_department(result, row=0):
    """Return the first table of the library with another department in a row."""
    model = queries.model(queries.version(ROUTING, 1).pk)
    grid = grid_of(model)
    grid.rows[row].outputs = [result]
    return operations.text_of(model_with(model, grid))


def ship(result):
    """Let the library ship a table with the department."""
    shipped = operations.Shipped(key=ROUTING, name="", name_en="", dmn=with_department(result))
    operations.install(queries.decision(ROUTING).process, [shipped])


def publish(owner, dmn, reason="本公司的做法"):
    seen = queries.decision(ROUTING).draft_number
    operations.save_draft(ROUTING, owner, dmn, seen)
    return operations.publish(ROUTING, owner, reason, seen + 1)


def department():
    return queries.decide(ROUTING, {"problem_types": ["product_quality"]}).value


@pytest.fixture
def edited(owner):
    """The owner has published a table of their own; then the library ships another one."""
    publish(owner, with_department('"quality"'))
    ship('"sales"')
    return owner


def test_a_table_that_nobody_changed_is_updated_and_nobody_is_asked(company):
    ship('"sales"')

    assert department() == "sales"
    assert not queries.has_newer_edition(queries.decision(ROUTING))


def test_an_edited_table_stays_and_its_owner_is_told(edited, client_of):
    assert department() == "quality"
    for address in (PAGE, PAGE + "edit/"):
        assert "库中有此表的新版本" in client_of(edited).get(address).content.decode()
    assert "库中有此表的新版本" not in client_of("limin").get(PAGE).content.decode()


def test_the_same_table_shipped_again_is_nothing_new(owner):
    publish(owner, with_department('"quality"'))

    ship('"product"')

    assert not queries.has_newer_edition(queries.decision(ROUTING))


def test_the_owner_compares_both_tables(edited, client_of):
    page = client_of(edited).get(PAGE + "edition/").content.decode()

    assert "<del>技质科</del> <ins>营销部</ins>" in page


def test_taken_over_it_is_a_draft_that_decides_once_it_is_published(edited, client_of):
    answer = client_of(edited).post(PAGE + "edition/", {"do": "take", "seen": "2"})

    assert answer.status_code == 302
    assert department() == "quality"
    assert operations.publish(ROUTING, edited, "采用库中新版", 3).number == 3
    assert department() == "sales"
    assert not queries.has_newer_edition(queries.decision(ROUTING))


def test_an_edition_taken_over_as_it_was_is_updated_by_the_next(edited):
    operations.take_edition(ROUTING, edited, 2)
    operations.publish(ROUTING, edited, "采用库中新版", 3)

    ship('"aftersales"')

    assert department() == "aftersales"


def test_whoever_keeps_their_own_is_asked_again_only_by_another_edition(edited, client_of):
    client_of(edited).post(PAGE + "edition/", {"do": "keep"})
    assert not queries.has_newer_edition(queries.decision(ROUTING))

    ship('"aftersales"')

    assert department() == "quality"
    assert queries.has_newer_edition(queries.decision(ROUTING))


def test_taking_over_never_replaces_a_draft_that_came_meanwhile(edited):
    operations.save_draft(ROUTING, edited, with_department('"aftersales"'), 2)

    refused = operations.take_edition(ROUTING, edited, 2)

    assert isinstance(refused, Refusal)
    assert refused.code == "draft_changed"


@pytest.mark.parametrize(
    "act", [operations.keep_ours, lambda key, person: operations.take_edition(key, person, 2)]
)
def test_nobody_but_the_owner_answers(edited, act):
    assert isinstance(act(ROUTING, "limin"), Denied)


def test_a_draft_from_before_the_update_says_so(owner, client_of):
    operations.save_draft(ROUTING, owner, with_department('"quality"'), 0)
    with clock.frozen(clock.now() + timedelta(hours=1)):
        ship('"sales"')

    page = client_of(owner).get(PAGE + "edit/").content.decode()

    assert "草稿之后已有第 2 版" in page
