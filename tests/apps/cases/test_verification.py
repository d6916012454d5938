"""Whoever edits a case by hand in the database is found, with the place."""

import pytest
from django.db import connection

from shuli.apps.cases.verification import verify_state

pytestmark = pytest.mark.django_db


def by_hand(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE cases_event DISABLE TRIGGER cases_event_append_only")
        cursor.execute(statement, values)
        assert cursor.rowcount > 0


def found():
    return {violation.rule for violation in verify_state()}


def test_what_the_program_wrote_agrees_with_itself(started):
    assert found() == set()


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        ("UPDATE cases_event SET actor = 'somebody' WHERE case_id = %s AND seq = 1", "chain"),
        ("UPDATE cases_event SET at = at + interval '1 hour' WHERE case_id = %s AND seq = 2", "chain"),
        ("UPDATE cases_event SET payload = payload || ' ' WHERE case_id = %s AND seq = 3", "chain"),
        ("DELETE FROM cases_event WHERE case_id = %s AND seq = 2", "chain"),
        ("UPDATE cases_timer SET state = 'fired' WHERE case_id = %s", "timers"),
        ("UPDATE cases_task SET state = 'done' WHERE case_id = %s", "tasks"),
        ("UPDATE cases_visit SET closed_at = now() WHERE case_id = %s", "visits"),
        ("UPDATE cases_timer SET case_id = 987654 WHERE case_id = %s", "stray"),
        ("UPDATE cases_case SET variables = '{\"amount\": 1}' WHERE id = %s", "replay"),
    ],
)  # fmt: skip
def test_an_edit_by_hand_is_found(started, statement, rule):
    by_hand(statement, started.pk)

    assert rule in found()


def test_that_the_last_event_was_removed_is_found(started):
    by_hand("DELETE FROM cases_event WHERE case_id = %s AND seq = (SELECT seq FROM cases_case WHERE id = %s)",
            started.pk, started.pk)  # fmt: skip

    assert "chain" in found()
