"""A real call to a small server on this machine, which the operator lets through."""

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from shuli.kit import limits
from shuli.kit.outgoing import Answer, Call, Failure, call


class Other(BaseHTTPRequestHandler):
    """The other program; what it does stands in the path."""

    def do_POST(self):
        length = int(self.headers.get("Content-Length") or 0)
        self.server.seen.append((self.path, dict(self.headers), self.rfile.read(length)))
        getattr(self, self.path.strip("/").partition("?")[0])()

    def fine(self, status=200, body=b'{"ok": true}', more=()):
        self.send_response(status)
        for name, value in (("Content-Type", "application/json"), ("Content-Length", str(len(body))), *more):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def moved(self):
        self.fine(302, b"", [("Location", f"http://127.0.0.1:{self.server.server_port}/fine")])

    def huge(self):
        self.fine(body=b"x" * (limits.OUTGOING_BYTES + 1))

    def silent(self):
        time.sleep(3)

    def dripping(self):
        self.send_response(200)
        self.end_headers()
        for _ in range(40):
            self.wfile.write(b".")
            self.wfile.flush()
            time.sleep(0.1)

    def nonsense(self):
        self.wfile.write(b"this is not HTTP\r\n\r\n")
        self.close_connection = True

    def log_message(self, *_words):
        pass


@pytest.fixture
def other(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Other)
    server.seen, server.daemon_threads = [], True
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    settings.SHULI_INNER_HOSTS = (f"127.0.0.1:{server.server_port}",)
    yield server
    server.shutdown()
    server.server_close()


def ask(server, path, **more):
    return call(Call(url=f"http://127.0.0.1:{server.server_port}/{path}", **more))


def test_a_call_sends_what_it_is_given_and_reads_the_answer(other):
    answer = ask(other, "fine?a=b", body=b'{"n": 1}', headers={"X-Case": "TS1"})

    path, headers, body = other.seen[0]
    assert (path, headers["X-Case"], body) == ("/fine?a=b", "TS1", b'{"n": 1}')
    assert isinstance(answer, Answer)
    assert (answer.status, answer.value()) == (200, {"ok": True})


def test_a_redirect_is_not_followed(other):
    answer = ask(other, "moved")

    assert answer.status == 302
    assert [seen[0] for seen in other.seen] == ["/moved"]


@pytest.mark.parametrize(
    ("path", "code"),
    [("huge", "too_large"), ("silent", "timeout"), ("dripping", "timeout"), ("nonsense", "answer_broken")],
)
def test_an_answer_beyond_the_limits_ends_the_call(other, path, code):
    began = time.monotonic()

    assert ask(other, path, seconds=0.5) == Failure(code=code)
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    ("name", "value"),
    [("Host", "evil.example"), ("Content-Length", "3"), ("Transfer-Encoding", "chunked"), ("X", "a\r\nY: b"), ("X Y", "a"),
     ("X", "投诉"), ("", "a")],
)  # fmt: skip
def test_a_header_that_belongs_to_the_connection_or_breaks_it_is_refused(other, name, value):
    assert ask(other, "fine", headers={name: value}) == Failure(code="header_refused")
    assert other.seen == []


def test_nobody_there_is_a_failure(settings):
    settings.SHULI_INNER_HOSTS = ("127.0.0.1:9",)

    assert call(Call(url="http://127.0.0.1:9/")) == Failure(code="not_reached")
