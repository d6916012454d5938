"""A statement that goes straight to the server behaves like one that a cursor ran, transaction and errors included."""

import threading
import time

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from psycopg.types.json import Jsonb

from shuli.kit.straight import ask

pytestmark = pytest.mark.django_db


def planned(statement):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement = %s", [statement])
        return cursor.fetchone()[0]


def test_values_of_every_kind_come_back_as_they_went():
    sent = [7, 2**40, "投诉", None, True, b"\x00\xff", Jsonb({"a": [1]})]

    [row] = ask("SELECT $1::bigint, $2::bigint, $3::text, $4::text, $5::bool, $6::bytea, $7::jsonb", sent)

    assert [*row[:5], bytes(row[5]), row[6]] == [*sent[:6], '{"a": [1]}']


def test_a_statement_is_planned_once_however_large_its_numbers_are():
    statement = "SELECT $1::bigint + 1"

    assert [ask(statement, [number]) for number in (1, 40_000, 2**40)] == [
        [(2,)],
        [(40_001,)],
        [(2**40 + 1,)],
    ]
    assert planned(statement) == 1


def test_it_is_planned_anew_after_psycopg_forgot_all_plans():
    statement = "SELECT $1::bigint + 2"
    ask(statement, [1])

    sid = transaction.savepoint()
    transaction.savepoint_rollback(sid)

    assert ask(statement, [1]) == [(3,)]


def test_plans_are_kept_in_psycopgs_own_table():
    """Else its DEALLOCATE ALL after a rollback would take ours away without our knowing."""
    statement = "SELECT $1::bigint + 3"

    ask(statement, [1])

    known = connection.connection._prepared._names
    assert any(key[0] == statement.encode() for key in known)


def test_it_works_where_nothing_may_be_planned(monkeypatch):
    monkeypatch.setattr(connection.connection, "prepare_threshold", None)
    statement = "SELECT $1::bigint + 4"

    assert ask(statement, [1]) == [(5,)]
    assert planned(statement) == 0


def test_an_error_is_djangos_and_ends_the_transaction_as_ever():
    with pytest.raises(IntegrityError), transaction.atomic():
        ask("INSERT INTO cases_access (case_id, subject) VALUES ($1, $2)", [1, None])

    assert ask("SELECT 1") == [(1,)]


@pytest.mark.django_db(transaction=True)
def test_what_was_asked_in_a_transaction_goes_with_it():
    with transaction.atomic():
        ask("CREATE TABLE straight_probe (a int)")
        transaction.set_rollback(True)

    assert ask("SELECT to_regclass('straight_probe')::text") == [(None,)]


@pytest.mark.django_db(transaction=True)
def test_a_lost_connection_is_an_operational_error_and_the_next_one_is_fresh():
    [(pid,)] = ask("SELECT pg_backend_pid()")
    connection.set_autocommit(True)
    end = threading.Thread(target=lambda: _terminate(pid))
    end.start()
    end.join()

    with pytest.raises(OperationalError):
        ask("SELECT 1")
    connection.close()

    assert ask("SELECT 1") == [(1,)]


def _terminate(pid):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    connection.close()


def test_other_threads_go_on_while_the_server_works():
    ask("SELECT 1")
    seen = []

    def count():
        until = time.monotonic() + 0.5
        while time.monotonic() < until:
            seen.append(time.monotonic())
            time.sleep(0.01)

    thread = threading.Thread(target=count)
    thread.start()
    begun = time.monotonic()
    ask("SELECT pg_sleep(0.4)::text")
    ended = time.monotonic()
    thread.join()

    assert sum(begun < at < ended for at in seen) >= 5
