"""Failpoints do nothing until a test switches them on."""

import re
from pathlib import Path

import pytest

import shuli
from shuli.kit import failpoints
from shuli.kit.failpoints import FAILPOINTS, FailpointError, failpoint, parse, switch

SOURCE = Path(shuli.__file__).parent


@pytest.fixture(autouse=True)
def _switched_off():
    switch("")
    yield
    switch("")


def test_a_failpoint_is_silent_by_itself():
    for name in FAILPOINTS:
        failpoint(name)


def test_a_failpoint_raises_where_it_is_told_to():
    switch("case.written=raise")

    failpoint("case.locked")
    with pytest.raises(FailpointError, match=r"case\.written"):
        failpoint("case.written")


def test_a_failpoint_may_wait_for_a_later_passage():
    switch("case.written=raise@3")

    failpoint("case.written")
    failpoint("case.written")
    with pytest.raises(FailpointError):
        failpoint("case.written")


def test_a_crash_kills_the_process_at_once(monkeypatch):
    killed = []
    monkeypatch.setattr(failpoints.os, "kill", lambda pid, number: killed.append((pid, number)))

    switch("job.taken=crash")
    failpoint("job.taken")

    assert killed == [(failpoints.os.getpid(), failpoints.signal.SIGKILL)]


def test_a_sleep_takes_its_time(monkeypatch):
    slept = []
    monkeypatch.setattr(failpoints.time, "sleep", slept.append)

    switch("job.done=sleep:0.1")
    failpoint("job.done")

    assert slept == [0.1]


@pytest.mark.parametrize("text", ["case.writen=crash", "case.written=explode", "case.written"])
def test_a_typo_is_refused(text):
    with pytest.raises(ValueError, match="Expected"):
        parse(text)


def test_the_list_has_exactly_the_names_in_the_program():
    """A name in the code that is not in the list would never be tested, and the other way round."""
    pattern = re.compile(r'failpoint\("([^"]+)"\)')
    code = [file.read_text(encoding="utf-8") for file in SOURCE.rglob("*.py") if file.name != "failpoints.py"]

    assert {name for text in code for name in pattern.findall(text)} == set(FAILPOINTS)
