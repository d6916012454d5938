"""Sharing one server: file locks count its users, and a killed user stops counting by itself."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shuli.server.data_folder import private_folder
from shuli.server.postgres import postmaster
from shuli.server.postgres.cluster import make_cluster
from shuli.server.postgres.errors import PostgresError
from shuli.server.postgres.folder import Durability, Folder


class Lease:
    """One user's hold on the embedded server."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        private_folder(folder.path)
        with _locked(folder.starting_lock):
            self._ensure_running()
            self._hold: int | None = _open(folder.in_use_lock)
            fcntl.flock(self._hold, fcntl.LOCK_SH)

    @property
    def url(self) -> str:
        return self.folder.url()

    def is_running(self) -> bool:
        return postmaster.postmaster_of(self.folder.cluster) is not None

    def restart(self) -> None:
        """Start the server again after it died under its users."""
        with _locked(self.folder.starting_lock):
            self._ensure_running()

    def release(self) -> None:
        """Leave, and stop the server when nobody else is left."""
        if self._hold is None:
            return
        with _locked(self.folder.starting_lock):
            try:
                fcntl.flock(self._hold, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass
            else:
                postmaster.stop(self.folder)
            os.close(self._hold)
            self._hold = None

    def _ensure_running(self) -> None:
        if not self.folder.cluster.exists():
            make_cluster(self.folder)
        if self.is_running() and postmaster.has_socket(self.folder):
            postmaster.wait_until_ready(self.folder)
        else:
            postmaster.stop(self.folder)
            postmaster.start(self.folder)


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    descriptor = _open(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def lease(path: Path, *, durability: Durability = Durability.FULL) -> Iterator[Lease]:
    """Hold the embedded server in this folder while the block runs."""
    try:
        held = Lease(Folder(path=path, durability=durability))
    except OSError as error:
        raise PostgresError(f"Expected to keep PostgreSQL in {path} but found: {error}") from error
    try:
        yield held
    finally:
        held.release()
