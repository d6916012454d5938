"""Child processes that end with their parent, also when it is killed."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence

PARENT = "SHULI_PARENT"
PR_SET_PDEATHSIG = 1
LONGEST_PAUSE = 5.0  # seconds before a crashing child is started again
SETTLED = 60.0  # a child that lived this long starts again at once


def end_with_parent() -> None:
    """Ask the kernel for SIGTERM when the parent dies; called first thing in a child."""
    asked_by = os.environ.get(PARENT)
    if asked_by is None or not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() == 1 and asked_by != "1":  # it died before the kernel was asked
        os.kill(os.getpid(), signal.SIGTERM)


class Child:
    """One process that the server keeps alive."""

    def __init__(self, name: str, command: Sequence[str]) -> None:
        self.name = name
        self._command = list(command)
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._again = 0.0
        self._pause = 0.5

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def start(self) -> None:
        # A session of its own: Ctrl-C in the terminal reaches only the server, which lets the children finish.
        surroundings = os.environ | {PARENT: str(os.getpid())}
        self._process = subprocess.Popen(
            self._command, stdin=subprocess.DEVNULL, env=surroundings, start_new_session=True
        )
        self._started = time.monotonic()

    def tend(self) -> int | None:
        """Start the process again when it ended, later each time; return its exit status when it just ended."""
        now = time.monotonic()
        if self._process is None:
            if now >= self._again:
                self.start()
            return None
        status = self._process.poll()
        if status is not None:
            self._process = None
            self._pause = 0.5 if now - self._started > SETTLED else min(self._pause * 2, LONGEST_PAUSE)
            self._again = now + self._pause
        return status

    def ask_to_end(self) -> None:
        if self._process:
            self._process.terminate()

    def wait(self, deadline: float) -> bool:
        """Wait for the end until the deadline, then kill; return whether it ended by itself."""
        if self._process is None:
            return True
        try:
            self._process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            return False
        return True
