"""Planted bugs: the tests have to notice mistakes that somebody could make."""

from collections import Counter

import pytest

from reliability.planted.bugs import BUGS
from reliability.planted.planting import ROOT, copied_program, database, hunt, is_current, report

CAUGHT_AT_LEAST = 0.95


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
    with copied_program() as copy, database() as around:
        found = [hunt(copy, around, bug) for bug in BUGS]

    caught = sum(one.verdict == "caught" for one in found)
    assert caught >= CAUGHT_AT_LEAST * len(found), report(found)
