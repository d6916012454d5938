"""Rows out of a table become announced volumes, whatever month and number look like; others are told line by line."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuli.apps.monitoring.volumes.reading import Announced, month_of, read, rows_of

NAMES = {"p-purchase": "P-PURCHASE", "采购": "P-PURCHASE", "purchase of goods": "P-PURCHASE"}


def read_text(text, usual="P-OTHER"):
    return read(rows_of(text), NAMES, usual)


@pytest.mark.parametrize(
    "said", ["2026-11", "2026/11", "2026.11", "2026年11月", "202611", "2026-11-01", "2026年11月1日"]
)
def test_a_month_is_read_in_any_usual_form(said):
    assert month_of(said) == date(2026, 11, 1)


@pytest.mark.parametrize("said", ["11月", "2026-13", "1899-01", "soon", ""])
def test_what_is_no_month_is_not_taken_for_one(said):
    assert month_of(said) is None


def test_rows_name_a_process_or_belong_to_the_one_that_is_open():
    found, unread = read_text(
        "流程\t月份\t件数\n采购\t2026-10\t1,200\n2026年11月\t80\nPurchase of goods\t2026-12\t7\n"
    )

    assert unread == []
    assert [(one.process, one.month.month, one.count) for one in found] == [
        ("P-PURCHASE", 10, 1200),
        ("P-OTHER", 11, 80),
        ("P-PURCHASE", 12, 7),
    ]


def test_lines_that_say_nothing_are_told_with_their_number_and_why():
    _found, unread = read_text("2026-10 12\n2026-10 viele\n\nlater 12\n未知 2026-10 3\n")

    assert [(one.line, one.code) for one in unread] == [(2, "no_number"), (4, "no_month"), (5, "no_process")]


@given(st.dates(date(2000, 1, 1), date(2999, 12, 31)), st.integers(0, 10_000_000))
def test_what_was_written_is_read_again(day, count):
    first = day.replace(day=1)
    found, unread = read_text(f"{first:%Y-%m}\t{count:,}")

    assert (found, unread) == ([Announced(process="P-OTHER", month=first, count=count)], [])
