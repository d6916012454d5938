"""Planted bugs: the tests have to notice mistakes that somebody could make."""

import subprocess
import sys
from collections import Counter

import pytest

from reliability.planted.bugs import BUGS
from reliability.planted.planting import ROOT, is_current


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.name)
def test_a_planted_bug_can_still_be_planted(bug):
    assert is_current(bug), f"Expected this exactly once in {bug.file}:\n{bug.old}"
    assert bug.new != bug.old
    for test in bug.tests:
        assert (ROOT / "tests" / test.partition("::")[0]).is_file(), test


def test_no_two_bugs_have_one_name():
    assert [name for name, count in Counter(bug.name for bug in BUGS).items() if count > 1] == []
    assert len(BUGS) >= 35


@pytest.mark.nightly
def test_the_tests_catch_what_was_planted():
    words = [sys.executable, "-m", "reliability.planted.planting"]

    done = subprocess.run(words, cwd=ROOT / "tests", capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout
