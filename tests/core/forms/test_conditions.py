"""Conditions, bounds, defaults and computed fields, in FEEL."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from shuli.core.forms import field_state, initial_values, read_form, validate

# 06:30 on 5 March in China
CHINA = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 4, 22, 30, tzinfo=UTC)
LEVEL = {"key": "level", "type": "choice", "options": [{"code": "minor"}, {"code": "major"}]}
REASON = {"key": "reason", "type": "text", "visible": 'level = "major"', "required": "true"}
LINES = {
    "key": "lines",
    "type": "table",
    "columns": [
        {"key": "count", "type": "number"},
        {"key": "price", "type": "money", "required": "count > 0"},
        {"key": "sum", "type": "computed", "expression": "count * price"},
    ],
}
TOTAL = {"key": "total", "type": "computed", "expression": "sum(lines.sum)"}


def errors(found):
    return [(error.path, error.code) for error in found.errors]


def test_a_field_is_asked_for_only_while_its_condition_holds(form_of):
    form = form_of(LEVEL, REASON)

    assert errors(validate(form, {"level": "minor"}, {})) == []
    assert errors(validate(form, {"level": "major"}, {})) == [("reason", "required")]
    assert errors(validate(form, {}, {"level": "major"})) == [("reason", "required")]


def test_the_answer_of_a_field_that_is_not_shown_is_dropped(form_of):
    found = validate(form_of(LEVEL, REASON), {"level": "minor", "reason": "left over"}, {})

    assert found.values == {"level": "minor"}


def test_what_is_hidden_counts_as_empty_for_what_depends_on_it(form_of):
    follow = {"key": "follow", "type": "text", "visible": "reason != null"}
    form = form_of(follow, LEVEL, REASON)

    states = field_state(form, {"level": "minor", "reason": "x", "follow": "y"}, {})

    assert not states["follow"].visible


def test_conditions_in_a_circle_come_to_an_end(form_of):
    form = form_of(
        {"key": "a", "type": "text", "visible": "b = null"},
        {"key": "b", "type": "text", "visible": "a = null"},
    )

    assert errors(validate(form, {"a": "1", "b": "2"}, {})) == []


def test_sums_of_rows_and_of_the_table_are_reckoned(form_of):
    form = form_of(TOTAL, LINES)
    rows = [{"count": "2", "price": "0.10", "sum": 999}, {"count": "3", "price": "1.5"}]

    found = validate(form, {"lines": rows, "total": 1}, {})

    assert [row["sum"] for row in found.values["lines"]] == [0.2, 4.5]
    assert found.values["total"] == 4.7
    assert field_state(form, {"lines": rows}, {})["total"].value == 4.7


def test_a_condition_in_a_row_sees_its_own_row(form_of):
    found = validate(form_of(LINES), {"lines": [{"count": 1}, {"count": 0}]}, {})

    assert errors(found) == [("lines.0.price", "required")]


def test_rules_hold_at_the_end_and_not_in_a_draft(form_of):
    rule = {"condition": "end >= start", "message": {"zh": "结束不早于开始。", "en": "End after the start."}}
    form = form_of({"key": "start", "type": "date"}, {"key": "end", "type": "date", "rules": [rule]})
    answers = {"start": "2026-03-05", "end": "2026-03-01"}

    found = validate(form, answers, {})

    assert errors(found) == [("end", "rule")]
    assert found.errors[0].params["zh"] == "结束不早于开始。"
    assert errors(validate(form, answers, {}, complete=False)) == []
    assert errors(validate(form, {"end": "2026-03-01"}, {})) == []


@pytest.mark.parametrize(
    ("field", "good", "bad", "code"),
    [
        ({"type": "date", "min": "today()"}, "2026-03-05", "2026-03-04", "below_min"),
        ({"type": "date", "max": 'date("2026-12-31")'}, "2026-12-31", "2027-01-01", "above_max"),
        ({"type": "datetime", "min": "now()"}, "2026-03-05T06:30", "2026-03-05T06:29", "below_min"),
        ({"type": "number", "max": "limit * 2"}, 10, 10.5, "above_max"),
        ({"type": "money", "min": "unknown"}, -5, None, None),
    ],
)
def test_bounds_may_be_reckoned(form_of, field, good, bad, code):
    form = form_of({"key": "a"} | field)
    now = NOW.astimezone(CHINA)

    assert errors(validate(form, {"a": good}, {"limit": 5}, now=now)) == []
    if bad is not None:
        assert errors(validate(form, {"a": bad}, {"limit": 5}, now=now)) == [("a", code)]


def test_defaults_may_be_reckoned(form_of):
    form = form_of(
        {"key": "on", "type": "date", "default": "today()"},
        {"key": "by", "type": "person", "default": "starter"},
        {"key": "kind", "type": "text", "default": '"standard"'},
        {"key": "n", "type": "number", "default": '"no number"'},
    )

    assert initial_values(form, {"starter": "lina"}, now=NOW.astimezone(CHINA)) == {
        "on": "2026-03-05",
        "by": "lina",
        "kind": "standard",
    }


def test_a_field_may_become_readonly(form_of):
    form = form_of({"key": "a", "type": "text", "readonly": 'state = "closed"'})

    assert errors(validate(form, {"a": "new"}, {"a": "old", "state": "open"})) == []
    assert errors(validate(form, {"a": "new"}, {"a": "old", "state": "closed"})) == [("a", "not_writable")]


@pytest.mark.parametrize("name", ["required", "visible", "readonly", "default", "min"])
def test_wrong_feel_is_named_with_its_place(raw_form, name):
    reading = read_form(raw_form({"key": "a", "type": "number", name: "1 +"}))

    finding = reading.findings[0]
    assert (finding.path, finding.code) == (f"sections.0.fields.0.{name}", "expression")
    assert finding.params["column"] == "4"
    assert reading.form is None


def test_wrong_feel_in_rules_and_columns_is_named_too(raw_form):
    rule = {"condition": "a >", "message": {"zh": "甲", "en": "A"}}
    computed = {"key": "c", "type": "computed", "expression": ")"}
    table = {"key": "t", "type": "table", "columns": [computed], "rules": [rule]}

    paths = [finding.path for finding in read_form(raw_form(table)).findings]

    assert paths == ["sections.0.fields.0.rules.0.condition", "sections.0.fields.0.columns.0.expression"]
