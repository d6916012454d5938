"""A log line is JSON and holds nothing that somebody typed into a form."""

import json
import logging
import sys

from shuli.kit.log_lines import JsonLine, about_request


def line(message="saved", *arguments, exc_info=None, **extra):
    record = logging.LogRecord("shuli.cases", logging.WARNING, __file__, 1, message, arguments, exc_info)
    vars(record).update(extra)
    return json.loads(JsonLine().format(record))


def test_a_line_says_when_how_bad_who_and_what():
    found = line("task %s saved", 42)

    assert found["message"] == "task 42 saved"
    assert found["level"] == "warning"
    assert found["logger"] == "shuli.cases"
    assert found["at"].endswith("+00:00")


def test_a_line_carries_the_requests_number():
    with about_request("abc123"):
        assert line()["request"] == "abc123"

    assert "request" not in line()


def test_only_known_extras_get_in():
    found = line(status_code=404, answers={"name": "secret"}, request=object())

    assert found["status_code"] == 404
    assert "answers" not in found
    assert "request" not in found


def test_an_exception_is_told_by_kind_and_places_without_its_text():
    try:
        int("secret answer")
    except ValueError:
        found = line(exc_info=sys.exc_info())

    assert found["error"]["kind"] == "builtins.ValueError"
    assert "test_log_lines.py" in found["error"]["places"][0]
    assert "secret" not in json.dumps(found)
