"""The program as it is served: started with its own data folder, killed without warning, started again."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

import shuli
from shuli.server.postgres import postmaster
from shuli.server.postgres.folder import Folder

SOURCE = Path(shuli.__file__).parents[1]
TESTS = Path(__file__).resolve().parents[1]
SECONDS_TO_SET_UP = 240  # the first start: cluster, tables; on a machine that others use too


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def crowdedness():
    """Return by how much others slow this machine down: a promise in seconds is for a machine of one's own."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


class Served:
    """One installation; `start` and `kill` as often as one likes. PostgreSQL keeps its promises to the disk."""

    def __init__(self, data):
        self.data = data
        self.port = free_port()
        self.output = data.with_suffix(".log")
        self.process = None

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self):
        return Folder(path=self.data / "postgres").url()

    def _surroundings(self):
        # neither the tests' database nor their settings
        kept = {k: v for k, v in os.environ.items() if k != "DATABASE_URL" and not k.startswith("SHULI_")}
        return kept | {"PYTHONPATH": f"{SOURCE}:{TESTS}", "PYTHONUNBUFFERED": "1"}

    def _command(self, *words):
        return [sys.executable, "-m", "shuli.server.command_line", *words, "--data", str(self.data)]

    def start(self):
        """Start the server and return how many seconds it took until it was ready."""
        began = time.monotonic()
        with self.output.open("a", encoding="utf-8") as output:
            words = self._command("serve", "--migrate", "--no-demo", "--port", str(self.port))
            self.process = subprocess.Popen(
                words,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=self._surroundings(),
                start_new_session=True,
            )
        while not self.is_ready():
            assert self.process.poll() is None, self.log()
            assert time.monotonic() - began < SECONDS_TO_SET_UP, self.log()
            time.sleep(0.1)
        return time.monotonic() - began

    def is_ready(self):
        try:
            with urllib.request.urlopen(f"{self.address}/readyz", timeout=5) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def log(self):
        return self.output.read_text(encoding="utf-8")[-4000:]

    def _own(self):
        """Return the server's processes: they carry the data folder in their environment."""
        mark, found = f"SHULI_DATA={self.data}".encode(), [self.process.pid]
        for entry in Path("/proc").glob("[0-9]*/environ"):
            with suppress(OSError):
                if mark in entry.read_bytes().split(b"\0"):
                    found.append(int(entry.parent.name))
        return found

    def kill(self, *, postgres):
        """End web server, worker and what started them at once, as a power cut does; on demand PostgreSQL too."""
        cluster = postmaster.processes_of(self.data / "postgres" / "cluster")
        # PostgreSQL was started with the server's environment, so both lists are compared
        doomed = set(self._own()) - set(cluster) | (set(cluster) if postgres else set())
        for pid in doomed:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait(10)

    def end(self):
        """End as an administrator would, or else without asking."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(40)
            except subprocess.TimeoutExpired:
                self.kill(postgres=True)
        elif self.process is not None:
            self.kill(postgres=True)

    def run(self, *words):
        """Run another command of the program on the same installation."""
        done = subprocess.run(
            self._command(*words),
            check=False,
            capture_output=True,
            text=True,
            env=self._surroundings(),
            timeout=60 * max(1, crowdedness()),
        )
        return done.returncode, done.stdout + done.stderr

    def prepare(self):
        """Publish the test processes; return a token for each person."""
        surroundings = self._surroundings() | {
            "DATABASE_URL": self.database,
            "SHULI_DATA": str(self.data),
            "DJANGO_SETTINGS_MODULE": "shuli.server.settings",
        }
        words = [sys.executable, "-m", "reliability.prepare_kills"]
        done = subprocess.run(
            words,
            check=False,
            capture_output=True,
            text=True,
            env=surroundings,
            timeout=60 * max(1, crowdedness()),
        )
        assert done.returncode == 0, done.stderr
        return json.loads(re.findall(r"^\{.*\}$", done.stdout, re.MULTILINE)[-1])
