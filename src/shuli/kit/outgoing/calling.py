"""One call: connect to the checked address, send, read an answer of limited size within a limited time."""

import http.client
import json
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shuli import __version__
from shuli.kit import limits
from shuli.kit.outgoing.addresses import Refusal, Target, check

CHUNK = 64 * 1024
# What belongs to the connection, not to whoever fills in a header.
OURS = frozenset(
    {"host", "content-length", "transfer-encoding", "connection", "upgrade", "te", "trailer", "expect",
     "accept-encoding", "proxy-authorization", "keep-alive"}
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Call:
    """What is to be sent where."""

    url: str
    method: str = "POST"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    seconds: float = limits.OUTGOING_SECONDS


@dataclass(frozen=True, kw_only=True)
class Answer:
    status: int
    headers: dict[str, str]  # names in small letters
    body: bytes

    def value(self) -> Any:
        """Return the body as JSON where it says that it is, else as text."""
        text = self.body.decode("utf-8", "replace")
        if "json" in self.headers.get("content-type", ""):
            try:
                return json.loads(text)
            except ValueError:
                return text
        return text


@dataclass(frozen=True, kw_only=True)
class Failure:
    """There was no answer: address_wrong, address_refused, name_unknown, header_refused, not_reached, not_trusted,
    timeout, too_large, answer_broken."""

    code: str


def call(asked: Call) -> Answer | Failure:
    """Make the call; whatever goes wrong is a value. A redirect is an answer like any other and is not followed."""
    if any(not _is_clean(name, value) for name, value in asked.headers.items()):
        return Failure(code="header_refused")
    target = check(asked.url)
    if isinstance(target, Refusal):
        return Failure(code=target.code)
    return _Exchange(asked, target).run()


def _is_clean(name: str, value: str) -> bool:
    if not name or name.lower() in OURS or any(not (sign.isalnum() or sign in "-_") for sign in name):
        return False
    return name.isascii() and all(31 < ord(sign) < 127 or sign == "\t" for sign in value)


class _Pinned(http.client.HTTPConnection):
    """A connection to one numeric address; nothing in it resolves a name again."""

    def __init__(self, target: Target, seconds: float) -> None:
        super().__init__(target.host, target.port, timeout=seconds)
        self.target = target
        self.wire: socket.socket | None = (
            None  # kept: http.client lets go of its own while the answer is still read
        )

    def connect(self) -> None:
        plain = socket.create_connection((self.target.address, self.target.port), self.timeout)
        if self.target.scheme == "https":
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(plain, server_hostname=self.target.host)
        else:
            self.sock = plain
        self.wire = self.sock


class _Exchange:
    """The call under way. A watch ends it at its time, however slowly the other side drips."""

    def __init__(self, asked: Call, target: Target) -> None:
        self.asked = asked
        self.connection = _Pinned(target, asked.seconds)
        self.ends_at = time.monotonic() + asked.seconds
        self.watch = threading.Timer(asked.seconds, self._cut)

    def _cut(self) -> None:
        wire = self.connection.wire
        if wire is not None:
            try:
                wire.shutdown(socket.SHUT_RDWR)
            except OSError:
                return

    def run(self) -> Answer | Failure:
        self.watch.daemon = True
        self.watch.start()
        try:
            return self._exchange()
        except ssl.SSLError as error:
            return Failure(code="timeout" if self._is_over() or "timed out" in str(error) else "not_trusted")
        except TimeoutError:
            return Failure(code="timeout")
        except OSError:
            return Failure(code="timeout" if self._is_over() else "not_reached")
        except (http.client.HTTPException, ValueError):
            return Failure(code="timeout" if self._is_over() else "answer_broken")
        finally:
            self.watch.cancel()
            self.connection.close()

    def _is_over(self) -> bool:
        return time.monotonic() >= self.ends_at

    def _exchange(self) -> Answer | Failure:
        asked, path = self.asked, self.connection.target.path
        headers = {"User-Agent": f"Shuli/{__version__}", "Accept-Encoding": "identity", "Connection": "close"}
        self.connection.request(asked.method, path, body=asked.body, headers={**headers, **asked.headers})
        response = self.connection.getresponse()
        body = b""
        while chunk := response.read(CHUNK):
            body += chunk
            if len(body) > limits.OUTGOING_BYTES:
                return Failure(code="too_large")
            if self._is_over():
                return Failure(code="timeout")
        if self._is_over():
            return Failure(code="timeout")
        found = {name.lower(): value for name, value in response.getheaders()}
        return Answer(status=response.status, headers=found, body=body)
