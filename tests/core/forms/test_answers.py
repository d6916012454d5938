"""Every type of field takes what people write, and says what is wrong with the rest."""

from datetime import UTC, datetime

import pytest

from shuli.core.forms import initial_values, read_form, validate

NOW = datetime(2026, 3, 5, 6, 30, tzinfo=UTC)
COLOURS = [{"code": "red"}, {"code": "blue"}, {"code": "other", "other": True}]


@pytest.fixture
def answer(form_of):
    """Return (value, code of the error) of one answer to one field."""

    def give(field, raw, **kwargs):
        found = validate(form_of({"key": "a"} | field), {"a": raw}, {}, now=NOW, person="lina", **kwargs)
        return found.values.get("a"), [(error.path, error.code) for error in found.errors]

    return give


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("12", 12), ("１２．５", 12.5), ("1,234,567.89", 1234567.89), ("１，２３４", 1234), ("-3", -3), ("−3", -3),
        ("－3", -3), ("+7", 7), (".5", 0.5), ("0", 0), (0, 0), (1.0, 1), (0.1, 0.1), ("0.1", 0.1), (1e5, 100000),
        ("999999999999999", 999999999999999), ("", None), (None, None), ("  ", None),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(answer, raw, value):
    assert answer({"type": "number"}, raw) == (value, [] if raw != "  " else [("a", "not_number")])


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("12abc", "not_number"), ("1,23", "not_number"), ("1e5", "not_number"), (True, "not_number"), ([], None),
        ([1], "not_number"), ({"a": 1}, "not_number"), (float("nan"), "not_number"), (float("inf"), "not_number"),
        ("1234567890123456", "number_too_long"), (10**400, "number_too_long"), (1e300, "number_too_long"),
        (1e-300, "number_too_long"), ("NaN", "not_number"), (",", "not_number"), ("-", "not_number"),
    ],
)  # fmt: skip
def test_what_is_no_number_is_told(answer, raw, code):
    assert answer({"type": "number"}, raw) == (None, [("a", code)] if code else [])


@pytest.mark.parametrize("raw", ["¥1,234.50", "1234.50元", "￥1,234.5", 1234.5])
def test_money_may_carry_its_sign(answer, raw):
    assert answer({"type": "money"}, raw) == (1234.5, [])


def test_numbers_keep_to_their_bounds_and_decimals(answer):
    number = {"type": "number", "min": 1, "max": 10, "decimals": 1}

    assert answer(number, "0.9")[1] == [("a", "below_min")]
    assert answer(number, "10.1")[1] == [("a", "above_max")]
    assert answer(number, "1.25")[1] == [("a", "too_many_decimals")]
    assert answer(number, "1.50") == (1.5, [])
    assert answer({"type": "money"}, "1.005")[1] == [("a", "too_many_decimals")]


@pytest.mark.parametrize(
    "raw", ["2026-01-05", "2026/1/5", "2026年1月5日", "２０２６．１．５", "2026 - 01 - 05"]
)
def test_dates_may_be_written_the_chinese_way(answer, raw):
    assert answer({"type": "date"}, raw) == ("2026-01-05", [])


@pytest.mark.parametrize(
    "raw", ["2026-02-30", "5.1.2026", "tomorrow", "0000-01-01", 20260105, True, ["2026-01-05"]]
)
def test_what_is_no_date_is_told(answer, raw):
    assert answer({"type": "date"}, raw) == (None, [("a", "not_date")])


@pytest.mark.parametrize(
    ("raw", "value"),
    [("9:05", "09:05:00"), ("14：30：15", "14:30:15"), ("14时30分", "14:30:00"), ("14:30:15.25", "14:30:15")],
)
def test_times_of_day_are_read(answer, raw, value):
    assert answer({"type": "time"}, raw) == (value, [])
    assert answer({"type": "time"}, "25:00") == (None, [("a", "not_time")])


@pytest.mark.parametrize(
    "raw",
    [
        "2026-01-05T14:30",
        "2026-01-05 14:30:00",
        "2026年1月5日 14:30",
        "2026-01-05T14:30:00+08:00",
        "2026/1/5 14时30分",
    ],
)
def test_moments_without_an_offset_are_on_the_companys_clock(answer, raw):
    assert answer({"type": "datetime"}, raw) == ("2026-01-05T14:30:00+08:00", [])


def test_moments_keep_their_own_offset(answer):
    assert answer({"type": "datetime"}, "2026-01-05T06:30:00Z") == ("2026-01-05T06:30:00+00:00", [])
    assert (
        answer({"type": "datetime"}, "2026-01-05T14:30", zone="Europe/Berlin")[0]
        == "2026-01-05T14:30:00+01:00"
    )
    assert answer({"type": "datetime"}, "2026-01-05")[1] == [("a", "not_datetime")]


def test_texts_lose_what_cannot_be_stored(answer):
    assert answer({"type": "text"}, "  one\r\ntwo\tthree\x00 ") == ("one two three", [])
    assert answer({"type": "long_text"}, "one\r\ntwo\ud800 ") == ("one\ntwo", [])
    assert answer({"type": "text"}, 13800001111) == ("13800001111", [])
    assert answer({"type": "text"}, ["x"])[1] == [("a", "not_text")]


def test_texts_keep_to_their_length(answer):
    assert answer({"type": "text", "max_length": 3}, "四个汉字")[1] == [("a", "too_long")]
    assert answer({"type": "text", "min_length": 3}, "二字")[1] == [("a", "too_short")]
    assert answer({"type": "long_text"}, "x" * 20_001)[1] == [("a", "too_long")]
    assert answer({"type": "long_text"}, "x" * 20_000)[1] == []


def test_a_choice_is_one_of_its_options(answer):
    assert answer({"type": "choice", "options": COLOURS}, "red") == ("red", [])
    assert answer({"type": "choice", "options": COLOURS}, "green")[1] == [("a", "not_option")]
    assert answer({"type": "choice", "options": COLOURS}, ["red"])[1] == [("a", "not_code")]


def test_several_choices_come_in_the_order_of_the_options(answer):
    field = {"type": "choices", "options": COLOURS[:2], "min_items": 2}

    assert answer(field, ["blue", "red", "blue"]) == (["red", "blue"], [])
    assert answer(field, "red") == (["red"], [("a", "too_few")])
    assert answer(field | {"min_items": 0, "max_items": 1}, ["red", "blue"])[1] == [("a", "too_many")]
    assert answer(field, ["green"])[1] == [("a", "not_option")]


@pytest.mark.parametrize(
    ("raw", "value"), [("on", True), ("否", False), (1, True), (False, False), ("０", False)]
)
def test_yes_and_no_are_understood(answer, raw, value):
    assert answer({"type": "boolean"}, raw) == (value, [])
    assert answer({"type": "boolean"}, "maybe")[1] == [("a", "not_boolean")]
    assert answer({"type": "boolean"}, 2)[1] == [("a", "not_boolean")]


@pytest.mark.parametrize("kind", ["person", "department", "post"])
def test_people_departments_and_posts_are_codes(answer, kind):
    assert answer({"type": kind}, " lina ") == ("lina", [])
    assert answer({"type": kind, "many": True}, ["lina", "", "wang", "lina"]) == (["lina", "wang"], [])
    assert answer({"type": kind}, {"x": 1})[1] == [("a", "not_code")]


def test_a_list_of_texts_has_between_one_and_three(answer):
    field = {"type": "text_list", "min_items": 1, "max_items": 3, "required": True}

    assert answer(field, ["注册", " ", "支付"]) == (["注册", "支付"], [])
    assert answer(field, ["a", "b", "c", "d"])[1] == [("a", "too_many")]
    assert answer(field, [" "])[1] == [("a", "required")]
    assert answer(field, ["a", {"b": 1}])[1] == [("a.1", "not_text")]


def test_a_rating_is_a_whole_number_up_to_five(answer):
    assert answer({"type": "rating"}, "４") == (4, [])
    assert answer({"type": "rating"}, 6)[1] == [("a", "not_rating")]
    assert answer({"type": "rating"}, "2.5")[1] == [("a", "not_rating")]


def test_attachments_have_the_right_kinds_and_types(answer):
    field = {
        "type": "attachment",
        "kinds": [{"key": "report", "min": 1}, {"key": "analysis"}],
        "types": ["pdf"],
    }
    report = {"id": "f1", "name": "市场调研.PDF", "kind": "report", "size": 12}

    assert answer(field, [report, report]) == ([{"id": "f1", "name": "市场调研.PDF", "kind": "report"}], [])
    assert answer(field, [report | {"kind": "analysis"}])[1] == [("a", "attachment_kind_missing")]
    assert answer(field, [report, {"id": "f2", "kind": "x"}])[1] == [("a.1", "attachment_kind_unknown")]
    assert answer(field, [report | {"name": "virus.exe"}])[1] == [("a.0", "attachment_type")]
    assert answer({"type": "attachment"}, ["f1", "f2"]) == ([{"id": "f1"}, {"id": "f2"}], [])


def test_a_signature_is_the_signed_in_persons_at_this_moment(answer):
    forged = {"by": "boss", "at": "2020-01-01T00:00:00+00:00"}

    assert answer({"type": "signature"}, "on") == ({"by": "lina", "at": NOW.isoformat()}, [])
    assert answer({"type": "signature"}, {"by": "lina", "at": "2020"})[0] == {
        "by": "lina",
        "at": NOW.isoformat(),
    }
    assert answer({"type": "signature"}, forged) == (None, [("a", "nobody_signed_in")])


def test_a_signature_that_the_case_holds_stays(form_of):
    form = form_of({"key": "a", "type": "signature"})
    held = {"by": "boss", "at": "2020-01-01T00:00:00+00:00"}

    found = validate(form, {"a": dict(held)}, {"a": held}, now=NOW, person="lina")

    assert (found.values, found.errors) == ({"a": held}, ())


def test_other_needs_its_text_and_nothing_else_keeps_one(form_of):
    form = form_of({"key": "kind", "type": "choice", "options": COLOURS})

    said = validate(form, {"kind": "other", "kind_other": " 味道 "}, {})
    silent = validate(form, {"kind": "other"}, {})
    draft = validate(form, {"kind": "other"}, {}, complete=False)
    needless = validate(form, {"kind": "red", "kind_other": "left over"}, {})

    assert said.values == {"kind": "other", "kind_other": "味道"}
    assert [(error.path, error.code) for error in silent.errors] == [("kind_other", "other_text_required")]
    assert draft.errors == ()
    assert needless.values == {"kind": "red", "kind_other": None}


def test_a_rating_keeps_its_remark(form_of):
    form = form_of({"key": "speed", "type": "rating", "text": True})

    assert validate(form, {"speed": 5, "speed_text": "很快"}, {}).values == {"speed": 5, "speed_text": "很快"}


def test_a_table_begins_with_the_rows_that_its_default_gives():
    columns = [
        {"type": "text", "key": "name", "label": {"zh": "名称", "en": "Name"}},
        {"type": "text", "key": "state", "label": {"zh": "状态", "en": "State"}, "default": '"open"'},
    ]
    table = {"type": "table", "key": "rows", "label": {"zh": "表", "en": "Table"}, "columns": columns}
    raw = {
        "key": "f",
        "title": {"zh": "表单", "en": "Form"},
        "sections": [{"fields": [{**table, "default": "for one in tasks return {name: one, other: 1}"}]}],
    }
    form = read_form(raw).form

    rows = initial_values(form, {"tasks": ["a", "b"]})["rows"]

    assert [(row["name"], row["state"]) for row in rows] == [("a", "open"), ("b", "open")]
    assert all(set(row) == {"name", "state", "row"} for row in rows)
    assert "rows" not in initial_values(form, {"tasks": None})
    assert "rows" not in initial_values(form, {"rows": [{"row": "1", "name": "kept"}], "tasks": ["a"]})
