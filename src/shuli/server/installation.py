"""Setting the stage for a command: data folder, secret, database, Django."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from shuli.server.data_folder import make_secret, private_folder
from shuli.server.environment import read_environment
from shuli.server.postgres import Lease, lease


def start_django() -> None:
    """Load the settings and the apps; needs no database."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shuli.server.settings")
    django.setup()


@contextmanager
def database() -> Iterator[Lease | None]:
    """Hold the embedded PostgreSQL for the block, unless DATABASE_URL names another server."""
    environment = read_environment()
    private_folder(environment.data)
    make_secret(environment.shared)
    if environment.database_url:
        yield None
        return
    with lease(environment.data / "postgres") as held:
        # child processes find the same server, and know that it is not theirs to start
        os.environ["DATABASE_URL"] = held.url
        try:
            yield held
        finally:
            del os.environ["DATABASE_URL"]


@contextmanager
def installation() -> Iterator[Lease | None]:
    """Run the block with Django ready and the database up."""
    with database() as held:
        start_django()
        from django.db import connections

        try:
            yield held
        finally:
            connections.close_all()


def wait_for_database() -> None:
    """Wait until the database answers: a process that waits is there sooner than one that starts again."""
    from procrastinate.contrib.django.utils import connector_params
    from psycopg.conninfo import make_conninfo
    from psycopg.pq import PGconn, Ping

    params = {name: value for name, value in connector_params().items() if name != "prepare_threshold"}
    address = make_conninfo(**params).encode()
    while PGconn.ping(address) != Ping.OK:
        time.sleep(0.3)


MIGRATION_LOCK = "SELECT pg_advisory_lock(hashtextextended('shuli.migrations', 0))"
MIGRATION_UNLOCK = "SELECT pg_advisory_unlock(hashtextextended('shuli.migrations', 0))"


def bring_up_to_date(verbosity: int = 0) -> None:
    """Migrate; of several nodes that start at once the first does it and the others wait for it."""
    from django.core.management import call_command
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(MIGRATION_LOCK)
        try:
            call_command("migrate", verbosity=verbosity, interactive=False)
        finally:
            cursor.execute(MIGRATION_UNLOCK)


def refuse_stranger() -> None:
    """Refuse to join nodes that sign with another key: people would be signed out at every other click."""
    from shuli.kit import heartbeats
    from shuli.server.supervisor import ServeError

    if others := heartbeats.strangers():
        raise ServeError(
            f"Expected the signing key of {', '.join(others)} but found another. "
            "Give every node the same folder in SHULI_SHARED: it holds the key and the attachments."
        )
