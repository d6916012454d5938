"""`shuli serve` as somebody at a terminal meets it: started, killed, started again, ended.

A start costs seconds, so tests that leave the server alive leave it for the next.
"""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

import shuli
from shuli.server.postgres import postmaster
from shuli.server.postgres.folder import Folder

SOURCE = Path(shuli.__file__).parents[1]
SECONDS_TO_START = (
    120  # with the first migration, on a machine that others use; the promise for a second start is 10
)


class Running:
    """A server under test, with what it prints."""

    def __init__(self, data, *options):
        surroundings = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        self.data = data
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "shuli.server.command_line",
                "serve",
                "--data",
                str(data),
                "--port",
                "0",
                *options,
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=surroundings | {"PYTHONPATH": str(SOURCE), "PYTHONUNBUFFERED": "1"},
        )
        self.lines = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        self.lines.extend(self.process.stdout)

    @property
    def output(self):
        return "".join(self.lines)

    def address(self):
        found = wait(lambda: re.search(r"serves on (http://\S+)", self.output), SECONDS_TO_START)
        assert found, self.output
        return found[1]

    def get(self, path):
        try:
            with urllib.request.urlopen(self.address() + path, timeout=10) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read()
        except OSError:
            return 0, b""

    def is_ready(self):
        return self.get("/readyz")[0] == 200

    def end(self, number=signal.SIGINT):
        self.process.send_signal(number)
        return self.process.wait(40)

    @property
    def children(self):
        found = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return {" ".join(Path(f"/proc/{pid}/cmdline").read_text().split("\0")): int(pid) for pid in found}

    def child(self, module):
        return next((pid for command, pid in self.children.items() if module in command), None)


def business():
    """Return by how much a busy machine is slower: the promise in seconds is for one that does nothing else."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1)) * 1.5


def wait(condition, seconds):
    deadline = time.monotonic() + seconds
    while not (found := condition()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return found


def left_over(data):
    """Return the processes that a server on this folder started and that still live."""
    found = postmaster.processes_of(data / "postgres" / "cluster")
    for entry in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"SHULI_DATA={data}".encode() in entry.read_bytes().split(b"\0"):
                found.append(int(entry.parent.name))
        except OSError:
            continue
    return found


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return tmp_path_factory.mktemp("installation") / "data"


@pytest.fixture(scope="module")
def installation(data):
    """Start servers on one data folder, and end the last one."""
    started = []

    def start():
        started.append(Running(data, "--migrate", "--no-demo"))
        return started[-1]

    def present():
        if not started or started[-1].process.poll() is not None:
            start()
        assert wait(started[-1].is_ready, SECONDS_TO_START), started[-1].output
        return started[-1]

    start.present = present
    yield start
    for server in started:
        if server.process.poll() is None:
            server.end()


@pytest.fixture
def server(installation):
    """Return a server that is ready: the one of the test before, or a new one."""
    return installation.present()


def test_it_serves_and_ends_without_a_trace(server, data):
    assert "shuli createadmin" in server.output

    assert server.end(signal.SIGINT) == 0
    assert left_over(data) == []


def test_a_second_start_is_quick(installation):
    began = time.monotonic()
    server = installation()

    assert wait(server.is_ready, SECONDS_TO_START), server.output
    assert time.monotonic() - began < 10 * business()


def test_after_kill_9_the_next_start_just_works(server, installation):
    server.process.kill()
    server.process.wait()

    following = installation()

    assert wait(following.is_ready, SECONDS_TO_START), following.output


def test_after_a_power_cut_the_next_start_just_works(server, installation, data):
    """Everything dies at once, PostgreSQL included."""
    for pid in [server.process.pid, *left_over(data)]:
        with suppress(ProcessLookupError):  # PostgreSQL's processes follow their first one
            os.kill(pid, signal.SIGKILL)
    server.process.wait()

    following = installation()

    assert wait(following.is_ready, SECONDS_TO_START), following.output


@pytest.mark.parametrize("module", ["shuli.server.web", "shuli.server.worker"])
def test_a_killed_child_is_started_again(server, module):
    killed = server.child(module)
    os.kill(killed, signal.SIGKILL)

    assert wait(lambda: server.child(module) not in {None, killed}, SECONDS_TO_START), server.output
    assert wait(server.is_ready, SECONDS_TO_START), server.output


def test_a_killed_postgres_is_started_again_and_pages_ask_for_patience(server, data):
    killed = postmaster.postmaster_of(data / "postgres" / "cluster")
    os.kill(killed, signal.SIGKILL)
    seen = set()

    def ready_again():
        status, _ = server.get("/readyz")
        seen.add(status)
        return status == 200 and postmaster.postmaster_of(data / "postgres" / "cluster") not in {None, killed}

    began = time.monotonic()
    assert wait(ready_again, 10), server.output
    assert time.monotonic() - began < 5 * business()
    assert seen <= {200, 503}


def test_one_folder_has_one_server(server, data):
    second = Running(data, "--no-demo")

    assert second.process.wait(20) == 1
    assert wait(lambda: f"found process {server.process.pid}" in second.output, 5)
    assert server.is_ready()


def test_a_port_that_somebody_has_is_named(server, data):
    port = server.address().rpartition(":")[2]

    second = Running(data.parent / "other", "--port", port)

    assert second.process.wait(20) == 1
    assert wait(lambda: f"Expected port {port} on 127.0.0.1 to be free" in second.output, 5)


def test_jobs_are_done_by_the_worker(server, data):
    with psycopg.connect(Folder(path=data / "postgres").url()) as connection:
        connection.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, priority) VALUES ('default', %s, %s, 0)",
            ["shuli.kit.jobs.forget_what_is_old", json.dumps({"timestamp": 0})],
        )

    def is_done():
        with psycopg.connect(Folder(path=data / "postgres").url()) as connection:
            return not connection.execute(
                "SELECT 1 FROM procrastinate_jobs WHERE task_name = 'shuli.kit.jobs.forget_what_is_old'"
            ).fetchone()

    assert wait(is_done, 10), server.output


def test_a_running_request_is_answered_before_the_end(server, data):
    answers = []
    with psycopg.connect(Folder(path=data / "postgres").url()) as connection:
        connection.execute("LOCK TABLE kit_workerheartbeat IN ACCESS EXCLUSIVE MODE")
        asking = threading.Thread(target=lambda: answers.append(server.get("/readyz")[0]))
        asking.start()
        time.sleep(0.5)

        server.process.send_signal(signal.SIGTERM)
        time.sleep(1)

    asking.join(20)
    assert answers == [200]
    assert server.process.wait(40) == 0
    assert left_over(data) == []
