"""`shuli serve` and `shuli worker`: processes that start, live and end together, with a PostgreSQL of their own or not."""

import fcntl
import json
import logging
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from shuli.kit import limits
from shuli.server.environment import EVERYWHERE
from shuli.server.postgres import Lease, PostgresError
from shuli.server.processes import Child

logger = logging.getLogger(__name__)

GLANCE = 0.2  # seconds between two looks at the children
SECONDS_TO_ANSWER = 60
MODULE = (sys.executable, "-m")


class ServeError(Exception):
    """The server cannot start; the text says what to do."""


@contextmanager
def only_server(data: Path) -> Iterator[None]:
    """Hold the data folder: a second server on it would do every job twice over one PostgreSQL."""
    path = data / "server.lock"
    with path.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise ServeError(
                f"Expected to be the only server on {data} but found process {file.read().strip()}. "
                "End it first, or choose another folder with --data."
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def free_port(host: str, port: int) -> int:
    """Return the port, or a free one for 0; say so when somebody else has it."""
    kind = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(kind, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ServeError(
                f"Expected port {port} on {host} to be free but found: {error.strerror}. Choose another with --port."
            ) from error
        return int(probe.getsockname()[1])


def web(host: str, port: int, processes: int) -> Child:
    return Child("web", [*MODULE, "shuli.server.web", host, str(port), str(processes)])


def worker(jobs_at_once: int = limits.JOBS_AT_ONCE) -> Child:
    return Child("worker", [*MODULE, "shuli.server.worker", str(jobs_at_once)])


def a_page_answers(host: str, port: int) -> bool:
    """Return whether the web server answers here."""
    host = "127.0.0.1" if host in EVERYWHERE else host
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}/livez"
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:
            return bool(json.load(answer)["status"] == "alive")
    except (urllib.error.URLError, OSError, ValueError):
        return False


class Supervisor:
    """Keeps the children and the embedded PostgreSQL alive until a signal asks for the end."""

    def __init__(
        self, *children: Child, lease: Lease | None, answers: Callable[[], bool] = lambda: True
    ) -> None:
        self._children, self._lease, self._answers = children, lease, answers
        self._ending = False

    def run(self, announcement: Sequence[str], afterwards: Callable[[], None] = lambda: None) -> int:
        """Start everything, announce it once it answers, and tend it until the end; return the exit status."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._on_signal)
        for child in self._children:
            child.start()
        try:
            answered = self._wait_for_answer()
            if answered:
                print(*announcement, sep="\n", flush=True)
                afterwards()
            while answered and not self._ending:
                self._tend()
                time.sleep(GLANCE)
        finally:
            self._end()
        return 0 if answered or self._ending else 1

    def renew(self) -> None:
        """Let the children begin anew, because what they were started with has changed."""
        for child in self._children:
            child.ask_to_end()

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._ending = True

    def _wait_for_answer(self) -> bool:
        """Wait until a page answers; return False when the end came first or it does not stay."""
        deadline, crashes = time.monotonic() + SECONDS_TO_ANSWER, 0
        while not self._ending and time.monotonic() < deadline and crashes < 3:
            if self._answers():
                return True
            crashes += self._tend()
            time.sleep(GLANCE)
        if not self._ending:
            print("shuli: the program does not stay up; the lines above say why.", file=sys.stderr)
        return False

    def _tend(self) -> int:
        """Start again what ended; return how many children were found ended."""
        ended = 0
        for child in self._children:
            status = child.tend()
            if status is not None:
                ended += 1
                logger.error("%s ended with status %s and is started again", child.name, status)
        if self._lease and not self._lease.is_running():
            logger.error("PostgreSQL ended and is started again")
            try:
                self._lease.restart()
            except PostgresError:
                logger.exception("PostgreSQL could not be started again")
        return ended

    def _end(self) -> None:
        """Let running requests finish, then running jobs; PostgreSQL stops when the lease is given back."""
        deadline = time.monotonic() + limits.DRAIN_SECONDS + 5
        for child in self._children:
            child.ask_to_end()
        for child in self._children:
            if not child.wait(deadline):
                logger.error("%s did not end in time and was killed", child.name)
