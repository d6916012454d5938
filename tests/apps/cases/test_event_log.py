"""The log of real cases: every event once, whole, and each part with what is new."""

import pytest

from shuli.apps.cases import operations
from shuli.apps.cases.event_log import BOOKKEEPING, Wanted, event_log, one_moment, positions
from shuli.core.eventlog import rows_of

pytestmark = pytest.mark.django_db(transaction=True)


def exported(known=(), **wanted):
    with one_moment(known):
        return list(rows_of(event_log(Wanted(**wanted)))), list(positions())


def test_everything_that_was_done_is_in_the_log_once(started):
    rows, _ = exported(everything=True, together=True)

    kept = started.events.order_by("seq").values_list("seq", "type", "at")
    assert [(row["position"], row["event"], row["at"]) for row in rows] == list(kept)
    assert {row["case"] for row in rows} == {started.number}


def test_the_engines_bookkeeping_is_left_out(started):
    rows, _ = exported()

    assert rows
    assert {row["event"] for row in rows} & set(BOOKKEEPING) == set()


def test_a_visit_stands_under_its_node_with_department_and_due_date(started):
    rows, _ = exported()

    opened = [row for row in rows if row["event"] == "VisitOpened"]
    visits = started.visits.order_by("number").values_list("node", "department", "due_at")
    assert sorted((row["activity"], row["department"], row["due"]) for row in opened) == sorted(visits)
    assert {row["lifecycle"] for row in opened} == {"schedule"}


def test_the_next_export_has_only_what_is_new(started, cast):
    before, known = exported(everything=True)

    task = started.tasks.get(node="detail", state="open")
    operations.complete(task.pk, cast["starter"], {}, operations.Verdict())
    after, _ = exported(known, everything=True)

    assert not {row["position"] for row in before} & {row["position"] for row in after}
    assert len(before) + len(after) == started.events.count()


def test_people_are_signs_that_stay_the_same(started):
    named, _ = exported(together=True)
    signs, _ = exported(together=True, pseudonym_key="secret")

    pairs = {(row["resource"], sign["resource"]) for row, sign in zip(named, signs, strict=True)}
    people = [name for name, _ in pairs if name]
    assert people
    assert len(pairs) == len({name for name, _ in pairs}) == len({sign for _, sign in pairs})
    assert set(people) & {sign for _, sign in pairs} == set()
