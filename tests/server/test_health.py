"""/livez tells of the process, /readyz of everything that answering needs."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import OperationalError

from shuli.kit import heartbeats, limits
from shuli.kit.models import WorkerHeartbeat
from shuli.server import health


@pytest.fixture
def _working_worker(db):
    heartbeats.beat("1")


def test_alive_needs_no_database(client):
    """Without the database mark, a query would be an error."""
    assert client.get("/livez").json() == {"status": "alive"}


@pytest.mark.usefixtures("_working_worker")
def test_ready_when_all_is_well(client):
    response = client.get("/readyz")

    assert response.json() == {"status": "ready"}
    assert response.status_code == 200


@pytest.mark.django_db
def test_not_ready_without_a_worker(client):
    response = client.get("/readyz")

    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    assert response.json()["reasons"] == {"worker": "no worker has started yet"}


@pytest.mark.usefixtures("_working_worker")
def test_not_ready_when_the_worker_fell_silent(client):
    silent = datetime.now(UTC) - timedelta(seconds=limits.HEARTBEAT_SECONDS + 5)
    WorkerHeartbeat.objects.update(at=silent)

    assert "fell silent" in client.get("/readyz").json()["reasons"]["worker"]


@pytest.mark.usefixtures("_working_worker")
def test_not_ready_when_the_disk_is_full(client, monkeypatch):
    monkeypatch.setattr(limits, "FREE_DISK_BYTES", 10**18)

    assert "of disk are free" in client.get("/readyz").json()["reasons"]["disk"]


@pytest.mark.usefixtures("_working_worker")
def test_not_ready_while_migrations_wait(client, monkeypatch):
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda self, targets: [("kit", False)])

    assert "shuli migrate" in client.get("/readyz").json()["reasons"]["migrations"]


def test_not_ready_without_a_database_and_nothing_else_is_asked(client, monkeypatch):
    def away():
        raise OperationalError

    monkeypatch.setattr(health, "connection", SimpleNamespace(cursor=away))
    monkeypatch.setitem(health.CHECKS, "worker", lambda: pytest.fail("asked without a database"))

    assert client.get("/readyz").json()["reasons"] == {"database": "the database does not answer"}


@pytest.mark.django_db
def test_workers_of_yesterday_are_forgotten(settings):
    heartbeats.beat("1")
    WorkerHeartbeat.objects.update(at=datetime.now(UTC) - timedelta(days=2))

    heartbeats.beat("2")

    assert list(WorkerHeartbeat.objects.values_list("name", flat=True)) == [f"{settings.SHULI_NODE}:2"]


def silent(node, seconds):
    at = datetime.now(UTC) - timedelta(seconds=seconds)
    WorkerHeartbeat.objects.create(name=f"{node}:1", node=node, key_print=heartbeats.key_print(), at=at)


@pytest.mark.django_db
def test_a_node_is_not_ready_when_its_own_worker_fell_silent_whatever_the_others_do(client, settings):
    silent(settings.SHULI_NODE, 60)
    silent("another", 1)

    assert "fell silent" in client.get("/readyz").json()["reasons"]["worker"]


@pytest.mark.django_db
def test_a_node_without_a_worker_is_ready_while_another_has_one(client):
    silent("another", 1)

    assert client.get("/readyz").json() == {"status": "ready"}


@pytest.mark.django_db
def test_a_node_that_signs_with_another_key_is_named_while_it_lives():
    silent("friend", 1)
    silent("gone", 600)
    WorkerHeartbeat.objects.create(name="odd:1", node="odd", key_print="other", at=datetime.now(UTC))
    WorkerHeartbeat.objects.filter(node="gone").update(key_print="other")

    assert heartbeats.strangers() == ["odd"]
