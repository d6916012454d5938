"""Setting the stage for a command: data folder, secret, database, Django."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from shuli.server.data_folder import make_secret
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
    make_secret(environment.data)
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
