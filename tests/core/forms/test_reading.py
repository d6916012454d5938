import msgspec
import pytest

from shuli.core.forms import read_form, write_form

TEXT = {"zh": "甲", "en": "A"}


@pytest.fixture
def findings(raw_form):
    def find(*fields, **properties):
        return [(one.path, one.code) for one in read_form(raw_form(*fields) | properties).findings]

    return find


def test_a_form_survives_reading_and_writing(form_of):
    form = form_of(
        {"key": "name", "type": "text", "required": True, "example": {"zh": "例", "en": "E"}},
        {
            "key": "rows",
            "type": "table",
            "columns": [{"key": "a", "type": "money"}],
            "fixed_rows": [{"key": "x"}],
        },
    )

    again = read_form(write_form(form))

    assert again.findings == ()
    assert again.form == form
    assert b"hint" not in write_form(form)


def test_every_mistake_is_named_in_one_reading(findings):
    found = findings(
        {"key": "Name", "type": "text", "size": 3},
        {"key": "a", "type": "txt"},
        {"key": "b", "type": "choice"},
        {"key": "b", "type": "number", "min": 5, "max": 1},
        {"key": "c", "type": "text", "required": 7},
        {"key": "t", "type": "table", "columns": [{"key": "row", "type": "text"}, {"type": "date"}]},
        title=None,
        colour="red",
    )

    at = "sections.0.fields"
    assert set(found) == {
        (f"{at}.0.size", "unknown_property"),
        (f"{at}.1.type", "unknown_type"),
        (f"{at}.2.options", "options_missing"),
        (f"{at}.3.key", "duplicate_key"),
        (f"{at}.3.min", "bounds_reversed"),
        (f"{at}.4.required", "wrong_type"),
        (f"{at}.5.columns.1", "missing_property"),
        ("title", "wrong_type"),
        ("colour", "unknown_property"),
    }


def test_keys_are_names_that_an_expression_can_use(findings):
    for key in ("", "1a", "a-b", "名称", "A", "a" * 61):
        assert findings({"key": key, "type": "text"}) == [("sections.0.fields.0.key", "key_not_identifier")]
    for key in ("if", "null", "row"):
        assert findings({"key": key, "type": "text"}) == [("sections.0.fields.0.key", "key_is_reserved")]


def test_a_key_may_not_meet_the_text_beside_other(findings):
    found = findings(
        {
            "key": "kind",
            "type": "choice",
            "options": [{"code": "x", "other": True}, {"code": "y", "other": True}],
        },
        {"key": "kind_other", "type": "text"},
    )

    assert found == [
        ("sections.0.fields.1.key", "duplicate_key"),
        ("sections.0.fields.0.options", "other_twice"),
    ]


def test_options_and_fixed_rows_are_told_apart(findings):
    options = [{"code": "x"}, {"code": "x"}, {"code": " "}]
    rows = [{"key": "r", "values": {"zz": 1}}, {"key": "r"}]
    table = {
        "key": "t",
        "type": "table",
        "columns": [{"key": "a", "type": "choices", "options": options}],
        "fixed_rows": rows,
    }

    assert set(findings(table)) == {
        ("sections.0.fields.0.columns.0.options.1.code", "duplicate_option"),
        ("sections.0.fields.0.columns.0.options.2.code", "key_not_identifier"),
        ("sections.0.fields.0.fixed_rows.0.values", "unknown_column"),
        ("sections.0.fields.0.fixed_rows.1.key", "duplicate_key"),
    }


def test_a_label_in_one_language_is_a_warning_and_in_none_an_error(raw_form):
    half = read_form(raw_form({"key": "a", "type": "text", "label": {"zh": "名称"}}))
    none = read_form(raw_form({"key": "a", "type": "text", "label": {}}))

    assert half.form is not None
    assert [(one.code, one.severity) for one in half.findings] == [("label_untranslated", "warning")]
    assert none.form is None


def test_patterns_defaults_and_empty_tables_are_checked(findings):
    found = findings(
        {"key": "a", "type": "auto_number", "pattern": "TS{yyyy}"},
        {"key": "b", "type": "number", "default": True},
        {"key": "c", "type": "table", "columns": []},
    )

    at = "sections.0.fields"
    assert found == [
        (f"{at}.0.pattern", "number_pattern"),
        (f"{at}.1.default", "default_not_accepted"),
        (f"{at}.2.columns", "columns_missing"),
    ]


@pytest.mark.parametrize("data", [b"{", b"\xff", "nonsense", b"[" * 100_000])
def test_what_is_no_json_is_one_finding(data):
    assert [one.code for one in read_form(data).findings] == ["not_json"]


@pytest.mark.parametrize(
    "data", [b"[]", b"3", b"null", b'{"sections": 3}', b'{"sections": [3, {"fields": {}}]}', b"{}"]
)
def test_json_of_another_shape_has_findings_and_no_form(data):
    reading = read_form(data)

    assert reading.form is None
    assert reading.findings


def test_a_table_in_a_table_is_refused(findings):
    inner = {"key": "i", "type": "table", "columns": []}

    assert findings({"key": "t", "type": "table", "columns": [inner]}) == [
        ("sections.0.fields.0.columns.0.type", "unknown_type"),
    ]


@pytest.mark.accepts("H2-05")
def test_a_form_with_too_many_required_fields_is_warned_about(findings):
    fields = [{"key": f"f{number}", "type": "text", "required": True} for number in range(21)]

    assert findings(*fields) == [("sections", "many_required")]


def test_findings_travel_as_json(raw_form):
    reading = read_form(raw_form({"key": "a", "type": "txt"}))

    assert msgspec.json.decode(msgspec.json.encode(reading.findings))[0]["code"] == "unknown_type"
