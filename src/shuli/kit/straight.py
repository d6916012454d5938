"""Statements that go straight to the server: planned once a connection, sent by one blocking call of libpq.

Most of what a command on a case costs in Python is psycopg's way of waiting, made for many kinds of callers. The few
statements of running a case take this way instead: `docs/decisions/0110-straight-to-libpq.md` has the figures.
"""

from collections.abc import Sequence
from itertools import count
from typing import Any, cast
from weakref import WeakKeyDictionary

from django.db import connection
from psycopg import OperationalError, RawCursor
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus, TransactionStatus
from psycopg.types.numeric import Int8Dumper

Rows = list[tuple[Any, ...]]

_numbers = count(1)
# One context a connection: it says how values are written.
_contexts: WeakKeyDictionary[Any, RawCursor[Any]] = WeakKeyDictionary()


def ask(statement: str, values: Sequence[Any] = ()) -> Rows:
    """Run a statement, its parameters written $1, $2 …, in the caller's transaction and return its rows.

    Errors are Django's, as if a cursor had run it.
    """
    connection.ensure_connection()
    raw = cast("Any", connection.connection)
    with connection.wrap_database_errors:
        if raw.pgconn.transaction_status == TransactionStatus.IDLE and not raw.autocommit:
            _checked(raw.pgconn.exec_(b"BEGIN"))
        return _run(raw, statement.encode(), values)


def _run(raw: Any, statement: bytes, values: Sequence[Any]) -> Rows:
    transformer = Transformer(_context(raw))
    sent = transformer.dump_sequence(values, [PyFormat.AUTO] * len(values))
    types, formats = tuple(transformer.types or ()), transformer.formats
    if raw.prepare_threshold is None:  # a pooler between may give every transaction another connection
        result = _checked(raw.pgconn.exec_params(statement, sent, types, formats))
    else:
        result = _checked(raw.pgconn.exec_prepared(_name(raw, statement, types), sent, formats))
    if result.status != ExecStatus.TUPLES_OK:
        return []
    transformer.set_pgresult(result)
    return cast("Rows", transformer.load_rows(0, result.ntuples, tuple))


def _name(raw: Any, statement: bytes, types: tuple[int, ...]) -> bytes:
    """Return the name under which the connection has planned the statement.

    It stands in psycopg's own table of them: psycopg forgets all of them after a rollback, and those not used for long.
    """
    known, key = raw._prepared._names, (statement, types)  # noqa: SLF001 -- see above; a test holds us to it
    name = cast("bytes | None", known.get(key))
    if name is None:
        name = b"_shuli_%d" % next(_numbers)
        _checked(raw.pgconn.prepare(name, statement, types))
        known[key] = name
    known.move_to_end(key)
    return name


def _context(raw: Any) -> RawCursor[Any]:
    found = _contexts.get(raw)
    if found is None:
        found = _contexts[raw] = RawCursor(raw)
        found.adapters.register_dumper(int, Int8Dumper)  # one plan, however large a number is
    return found


def _checked(result: Any) -> Any:
    if result.status in {ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK}:
        return result
    error = error_from_result(result)
    # An error without a code is not the server's: the connection is gone.
    raise error if error.sqlstate else OperationalError(str(error))
