"""Whatever comes in, validation answers; what it lets through, it lets through again."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from shuli.core.forms import field_state, initial_values, masked_values, parse_post, read_form, validate

TEXT = {"zh": "甲", "en": "A"}
OPTIONS = [{"code": "red", "label": TEXT}, {"code": "other", "label": TEXT, "other": True}]
SINGLE = [
    {"type": "text", "required": True, "min_length": 2},
    {"type": "long_text", "visible": "text != null"},
    {"type": "number", "min": 0, "max": "limit", "rules": [{"condition": "number < money", "message": TEXT}]},
    {"type": "money", "required": "number > 1"},
    {"type": "date", "min": 'date("2020-01-01")'},
    {"type": "time"},
    {"type": "datetime", "readonly": "boolean"},
    {"type": "choice", "options": OPTIONS, "required": True},
    {"type": "choices", "options": OPTIONS, "min_items": 1},
    {"type": "person"},
    {"type": "department", "many": True},
    {"type": "post"},
    {"type": "case"},
    {"type": "attachment", "types": ["pdf"], "kinds": [{"key": "k", "label": TEXT, "min": 1}]},
    {"type": "text_list", "max_items": 3},
    {"type": "signature"},
    {"type": "rating", "text": True},
    {"type": "boolean"},
    {"type": "computed", "expression": "number * 2"},
]
FIELDS = [{"key": one["type"], "label": TEXT} | one for one in SINGLE]
TABLES = [
    {"key": "rows", "type": "table", "label": TEXT, "columns": FIELDS, "min_rows": 1, "required": True},
    {
        "key": "fixed",
        "type": "table",
        "label": TEXT,
        "columns": FIELDS,
        "fixed_rows": [{"key": "r", "label": TEXT}],
    },
]
NUMBER = {"key": "auto", "type": "auto_number", "label": TEXT}
FORM = read_form({"key": "all", "title": TEXT, "sections": [{"fields": [*FIELDS, NUMBER, *TABLES]}]}).form

KEYS = [one["key"] for one in [*FIELDS, NUMBER, *TABLES]]
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=8),
    st.sampled_from(
        ["2026-01-05", "12:30", "2026-01-05T12:30", "１,２３４", "red", "other", "on", "5", "1", "r"]
    ),
)
names = st.sampled_from(
    [*KEYS, "choice_other", "choices_other", "rating_text", "row", "id", "kind", "name", "by", "limit"]
)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=6)
)
objects = st.dictionaries(names, values, max_size=12)
rights = st.dictionaries(
    st.sampled_from(["*", "rows", "rows.text", "fixed.number", "text", "choice"]),
    st.sampled_from(["write", "read", "hidden"]),
    max_size=3,
)
many = settings(max_examples=120, deadline=None)


@many
@given(values, objects, rights, st.booleans())
def test_validation_always_answers_with_json(answers, context, rights, complete):
    found = validate(FORM, answers, context, rights, complete, person="lina")

    json.dumps(found.values, allow_nan=False).encode()
    assert all(error.path or error.code == "answers_not_understood" for error in found.errors)


@many
@given(objects, objects, rights, st.booleans())
def test_what_was_let_through_is_let_through_unchanged(answers, context, rights, complete):
    # what the case holds has been let through before
    context = validate(FORM, context, {}, None, complete=False).values
    once = validate(FORM, answers, context, rights, complete).values

    twice = validate(FORM, once, context, rights, complete).values

    assert twice == once


@many
@given(st.sets(st.sampled_from(KEYS)))
def test_a_draft_is_never_told_what_is_missing(shown):
    empty = {key: [{}] if key in ("rows", "fixed") else "" for key in shown}

    found = validate(FORM, empty, {}, None, complete=False)

    assert found.errors == ()


@many
@given(objects, objects, rights)
def test_states_defaults_and_masks_are_always_found(answers, context, rights):
    states = field_state(FORM, answers, context, rights)
    initial = initial_values(FORM, context)

    assert {one["key"] for one in FIELDS} <= set(states)
    assert masked_values(FORM, initial | context).keys() == (initial | context).keys()


@many
@given(st.dictionaries(st.text(max_size=12) | names, st.lists(st.text(max_size=5), max_size=3)))
def test_every_post_can_be_read(post):
    raw = parse_post(FORM, post)

    assert set(raw) <= {*KEYS, "choice_other", "choices_other", "rating_text"}


@many
@given(values)
def test_every_json_value_can_be_read_as_a_form(data):
    reading = read_form(data if isinstance(data, dict) else json.dumps(data))

    assert reading.form is None
    assert reading.findings
