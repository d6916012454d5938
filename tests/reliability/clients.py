"""Many clients at once: threads with database connections of their own, let go at one moment."""

import itertools
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client

from shuli.kit import tokens


class Crowd:
    """Threads that stay, each with its own connection to the database."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._threads = ThreadPoolExecutor(size)

    def at_once(self, calls: Sequence[Callable[[], object]]) -> list[object]:
        """Make all calls at one moment; return their answers in order, an exception as the answer it was."""
        assert len(calls) <= self._size
        start = threading.Barrier(len(calls))
        return list(self._threads.map(lambda call: _answer(start, call), calls))

    def leave(self) -> None:
        """Close every thread's connection; they are gone only then."""
        self.at_once([connections.close_all] * self._size)
        self._threads.shutdown()


def _answer(start: threading.Barrier, call: Callable[[], object]) -> object:
    start.wait(30)
    try:
        return call()
    except Exception as error:  # noqa: BLE001 -- whatever it was, the test shows it
        return error


class Program:
    """A program that uses REST with a person's token; every write has a key of its own unless it is given one."""

    keys = itertools.count()

    def __init__(self, person: str) -> None:
        self._headers = {"authorization": f"Bearer {tokens.issue(person, 'races')}"}

    def post(self, path: str, body: object = None, key: str = ""):
        return self._client(key).post(f"/api/v1{path}", body or {}, content_type="application/json")

    def get(self, path: str):
        return self._client("").get(f"/api/v1{path}")

    def post_file(self, path: str, name: str, content: bytes, key: str = ""):
        return self._client(key).post(f"/api/v1{path}", {"file": SimpleUploadedFile(name, content)})

    def _client(self, key: str) -> Client:
        headers = self._headers | {"idempotency-key": key or f"race-{next(self.keys)}"}
        return Client(headers=headers, raise_request_exception=False, enforce_csrf_checks=True)
