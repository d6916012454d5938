"""One JSON line a log record. Answers of forms never get in: an exception is told by its kind and its places."""

import json
import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

request_id: ContextVar[str] = ContextVar("request_id", default="")
# What a record may carry besides its message, by `extra=`; everything else stays out.
FIELDS = ("status_code", "job", "task", "case", "seconds", "worker", "address")
ExceptionInfo = tuple[type[BaseException] | None, BaseException | None, TracebackType | None]


@contextmanager
def about_request(number: str) -> Iterator[None]:
    """Mark all lines of the block with the request's number."""
    token = request_id.set(number)
    try:
        yield
    finally:
        request_id.reset(token)


class JsonLine(logging.Formatter):
    """Writes a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if number := request_id.get():
            line["request"] = number
        line |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        if record.exc_info:
            line["error"] = describe(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def describe(info: ExceptionInfo) -> dict[str, Any]:
    """Return an exception's kind, code and places; its text may quote what somebody typed."""
    kind, error, trace = info
    frames = traceback.extract_tb(trace)
    found: dict[str, Any] = {
        "kind": f"{kind.__module__}.{kind.__qualname__}" if kind else "",
        "places": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }
    cause = error.__cause__ if error else None
    if code := getattr(cause, "sqlstate", None):
        found["sqlstate"] = code
    return found
