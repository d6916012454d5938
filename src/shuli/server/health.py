"""Is the process alive, and may it get requests?"""

import shutil
from collections.abc import Callable

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from shuli.kit import heartbeats, limits
from shuli.kit.permissions import requires


def database() -> str:
    """Return what is wrong with the database, or nothing."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return "the database does not answer"
    return ""


def migrations() -> str:
    """Return what is wrong with the tables, or nothing."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(waiting)} migrations are waiting: run shuli migrate" if waiting else ""


def worker() -> str:
    """Return what is wrong with the workers, or nothing."""
    silent = heartbeats.silence()
    if silent is None:
        return "no worker has started yet"
    seconds = silent.total_seconds()
    return f"the worker fell silent {seconds:.0f} s ago" if seconds > limits.HEARTBEAT_SECONDS else ""


def disk() -> str:
    """Return what is wrong with the disk, or nothing."""
    free = shutil.disk_usage(settings.DATA).free
    return f"only {free // limits.MB} MB of disk are free" if free < limits.FREE_DISK_BYTES else ""


CHECKS: dict[str, Callable[[], str]] = {
    "database": database,
    "migrations": migrations,
    "worker": worker,
    "disk": disk,
}


def findings() -> dict[str, str]:
    """Return every check's finding, empty where all is well; without a database the others cannot be asked."""
    found = {"disk": disk(), "database": database()}
    if found["database"]:
        return found
    return found | {name: check() for name, check in CHECKS.items() if name not in found}


@requires("public")
def livez(_request: HttpRequest) -> HttpResponse:
    return JsonResponse({"status": "alive"})


@requires("public")
def readyz(_request: HttpRequest) -> HttpResponse:
    found = findings()
    if not any(found.values()):
        return JsonResponse({"status": "ready"})
    response = JsonResponse(
        {"status": "not ready", "reasons": {k: v for k, v in found.items() if v}}, status=503
    )
    response["Retry-After"] = "5"
    return response
