"""Cleaning: what people and Excel write is read, what is wrong says why, and no row is lost or made up."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuli.apps.monitoring.sources.cleaning import Columns, Known, cleaned, read_day, read_number

HEAD = ["日期", "流程", "部门", "金额"]
KNOWN = Known(
    processes={"采购": "P-PURCHASE", "p-purchase": "P-PURCHASE"},
    departments={"财务部": "finance"},
    today=date(2026, 11, 20),
)
COLUMNS = Columns(day=0, process_column=1, department_column=2, value=3)
CELLS = st.sampled_from(["", "2026-11-01", "2026/11/2", "采购", "财务部", "12", "¥1,200", "x", "2027-01-01"])


def clean(*rows, **rules):
    from msgspec.structs import replace

    return cleaned([HEAD, *rows], replace(COLUMNS, **rules), KNOWN)


@pytest.mark.parametrize(
    ("said", "number"),
    [("1200", 1200), ("¥1,200.50", 1200.5), ("１２", 12), ("1.2万", 12_000), ("12%", 0.12), ("(300)", -300), ("−5 元", -5),
     ("一百", None), ("1.2.3", None), ("9" * 400, None), ("", None)],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(said, number):
    assert read_number(said, is_lenient=True) == (None if number is None else pytest.approx(number))


@pytest.mark.parametrize(
    "said", ["2026-03-01", "2026/3/1", "2026.3.1", "2026年3月1日", "20260301", "46082", "2026-03-01 08:30"]
)
def test_dates_are_read_as_people_and_excel_write_them(said):
    assert read_day(said, is_lenient=True) == date(2026, 3, 1)


def test_without_the_rule_only_plain_numbers_and_dates_are_read():
    found = clean(["2026/11/1", "采购", "", "¥5"], ["2026-11-01", "采购", "", "5"], mends=False)

    assert ([one.line for one in found.taken], [one.problem for one in found.wrong]) == ([3], ["not_a_date"])


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (["", "采购", "", "1"], "no_date"),
        (["昨天", "采购", "", "1"], "not_a_date"),
        (["2026-11-21", "采购", "", "1"], "future"),
        (["2026-11-01", "采购", "", "多"], "not_a_number"),
        (["2026-11-01", "没有的", "", "1"], "no_process"),
        (["2026-11-01", "", "", "1"], "no_process"),
        (["2026-11-01", "采购", "外星部", "1"], "no_department"),
    ],
)
def test_a_wrong_row_says_why_and_where(row, problem):
    [wrong] = clean(["2026-11-02", "采购", "", "1"], row).wrong

    assert (wrong.line, wrong.problem) == (3, problem)


@pytest.mark.parametrize(("rule", "values"), [("first", [1]), ("last", [2])])
def test_of_doubles_one_counts_by_the_rule_and_the_others_are_counted(rule, values):
    rows = [["2026-11-01", "采购", "", "1"], ["2026年11月1日", "P-PURCHASE", "", "2"]]

    found = clean(*rows, doubles=rule)

    assert ([one.value for one in found.taken], found.doubles, found.wrong) == (values, 1, ())
    assert [one.problem for one in clean(*rows).wrong] == ["double"]


def test_missing_values_are_left_out_counted_as_zero_or_wrong():
    row = ["2026-11-01", "采购", "", ""]

    assert (clean(row).taken, clean(row).empty) == ((), 1)
    assert [one.value for one in clean(row, empty="zero").taken] == [0]
    assert [one.problem for one in clean(row, empty="refuse").wrong] == ["no_value"]


@given(st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS), max_size=12), st.sampled_from(["refuse", "first", "last"]),
       st.sampled_from(["refuse", "leave_out", "zero"]))  # fmt: skip
def test_every_row_is_taken_wrong_or_left_out_by_a_rule_and_no_place_is_taken_twice(rows, doubles, empty):
    found = clean(*map(list, rows), doubles=doubles, empty=empty)

    left_out = found.doubles + (found.empty if empty == "leave_out" else 0)
    assert len(found.taken) + len(found.wrong) + left_out == found.read
    assert len({one.key for one in found.taken}) == len(found.taken)
