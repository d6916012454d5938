"""An installation in a folder of its own: its PostgreSQL, and the program as it is served."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


def environment(data: Path, url: str) -> dict[str, str]:
    source = str(Path(__file__).resolve().parents[1] / "src")
    own = {"SHULI_DATA": str(data), "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "shuli.server.settings"}
    return os.environ | {"PYTHONPATH": source, "SHULI_LOG_LEVEL": "WARNING"} | own


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(data: Path, url: str) -> Iterator[tuple[int, float]]:
    """Serve the installation; give the port, and the milliseconds from start until ready."""
    port, began = free_port(), time.perf_counter()
    words = [sys.executable, "-m", "shuli.server.command_line", "serve", "--no-demo", "--data", str(data)]
    server = subprocess.Popen(
        [*words, "--port", str(port)], env=environment(data, url), stdout=subprocess.DEVNULL
    )
    try:
        while not _is_ready(port):
            if server.poll() is not None or time.perf_counter() - began > 120:
                raise RuntimeError("the server did not start")
            time.sleep(0.05)
        yield port, 1000 * (time.perf_counter() - began)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(60)


def _is_ready(port: int) -> bool:
    try:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        line.request("GET", "/readyz")
        return line.getresponse().status == 200
    except OSError:
        return False


@contextmanager
def installation(folder: Path, durability: Any) -> Iterator[str]:
    """Have a migrated PostgreSQL with the example company in this folder; give its address."""
    from shuli.server.postgres import Lease
    from shuli.server.postgres.folder import Folder

    lease = Lease(Folder(path=folder / "postgres", durability=durability))
    os.environ["DATABASE_URL"] = lease.url
    try:
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        yield lease.url
    finally:
        from django.db import connections

        connections.close_all()
        lease.release()
