"""Whoever edits the history of a case by raw SQL is found, with the case and the place."""

import pytest
from django.db import connection

from shuli.apps.cases.audit_chain import Audited, verify_audit

pytestmark = pytest.mark.django_db


def by_hand(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE cases_event DISABLE TRIGGER cases_event_append_only")
        cursor.execute(statement, values)
        assert cursor.rowcount > 0


def places(case):
    return [(one.case == case.number, one.position) for one in verify_audit(Audited())]


def test_what_the_program_wrote_holds_together(started):
    audited = Audited()

    assert list(verify_audit(audited)) == []
    assert (audited.cases, audited.events) == (1, started.events.count())


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("UPDATE cases_event SET actor = 'somebody' WHERE case_id = %s AND seq = 1", 1),
        ("UPDATE cases_event SET at = at - interval '1 minute' WHERE case_id = %s AND seq = 2", 2),
        ("UPDATE cases_event SET payload = payload || ' ' WHERE case_id = %s AND seq = 3", 3),
        ("DELETE FROM cases_event WHERE case_id = %s AND seq = 2", 2),
        ("UPDATE cases_event SET hash = '\\x00' WHERE case_id = %s AND seq = 4", 4),
    ],
)
def test_an_edit_by_raw_sql_is_found_at_its_place(started, statement, place):
    by_hand(statement, started.pk)

    assert places(started) == [(True, place)]


def test_that_the_last_event_was_cut_off_is_found(started):
    last = started.events.count()

    by_hand("DELETE FROM cases_event WHERE case_id = %s AND seq = %s", started.pk, last)

    assert places(started) == [(True, last)]


def test_that_all_events_were_removed_is_found(started):
    by_hand("DELETE FROM cases_event WHERE case_id = %s", started.pk)

    assert places(started) == [(True, 1)]


def test_events_of_a_case_that_is_not_there_are_found(started):
    by_hand("UPDATE cases_event SET case_id = 987654 WHERE case_id = %s", started.pk)

    found = list(verify_audit(Audited()))

    assert {(one.case, one.position) for one in found} == {("#987654", 1), (started.number, 1)}
