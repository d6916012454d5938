"""The table of what runs, and the pages that are made from it."""

from pathlib import Path

import pytest

from shuli.core.engine import ELEMENTS
from shuli.core.engine.coverage import DOES, GROUPS, coverage, coverage_page

DOCS = Path(__file__).parents[3] / "docs"


def test_every_element_that_runs_is_in_the_table_and_no_other():
    assert set(DOES) == set(ELEMENTS)


def test_every_row_says_in_both_languages_what_it_is_and_does():
    for row in coverage():
        assert row.name.zh, row.key
        assert row.name.en, row.key
        assert row.does.zh.endswith("。"), row.key
        assert row.does.en.endswith("."), row.key


def test_every_group_has_rows_and_only_the_last_holds_what_does_not_run():
    rows = coverage()

    assert {row.group for row in rows} == set(GROUPS)
    assert {row.group for row in rows if not row.runs} == {"not"}


@pytest.mark.parametrize(("language", "page"), [("en", "bpmn-coverage.md"), ("zh", "bpmn-coverage.zh.md")])
def test_the_pages_are_as_the_table_is(language, page):
    written = (DOCS / page).read_text(encoding="utf-8")

    assert written == coverage_page(language), "renew the pages with: shuli coverage --write"
