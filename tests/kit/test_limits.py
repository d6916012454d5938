"""Every limit stands in one table, and the table in the documentation."""

from pathlib import Path

from shuli.kit import limits
from shuli.server.documents import limits_page

PAGE = Path(__file__).resolve().parents[2] / "docs" / "limits.md"


def test_every_limit_is_a_constant_of_the_same_name():
    assert all(getattr(limits, limit.name) == limit.value for limit in limits.TABLE)


def test_the_documentation_has_the_present_table():
    """Write it anew with: .venv/bin/python -m shuli.server.documents"""
    assert PAGE.read_text(encoding="utf-8") == limits_page()
