"""What is stored, what is asked for, and who may change what."""

import pytest

from shuli.core.forms import field_state, initial_values, validate

NAME = {"key": "name", "type": "text", "required": True}
GOALS = {
    "key": "goals",
    "type": "table",
    "required": True,
    "columns": [
        {"key": "metric", "type": "text", "required": True},
        {"key": "target", "type": "number"},
        {"key": "result", "type": "number"},
    ],
}
OPINION = {
    "key": "opinion",
    "type": "choice",
    "required": True,
    "options": [{"code": "pass"}, {"code": "fail"}],
}
REVIEW = {
    "key": "review",
    "type": "table",
    "columns": [{"key": "content", "type": "text"}, OPINION],
    "fixed_rows": [
        {"key": "plan", "values": {"content": "目标合理性"}},
        {"key": "technical", "values": {"content": "可实现性"}},
    ],
}


def errors(found):
    return [(error.path, error.code) for error in found.errors]


def test_what_is_required_is_asked_for_only_at_the_end(form_of):
    form = form_of(NAME, GOALS)

    assert errors(validate(form, {}, {}, complete=False)) == []
    assert errors(validate(form, {}, {})) == [("name", "required"), ("goals", "required")]


def test_an_answer_that_is_not_given_counts_as_unchanged(form_of):
    form = form_of(NAME)

    assert errors(validate(form, {}, {"name": "kept"})) == []
    assert errors(validate(form, {"name": ""}, {"name": "kept"})) == [("name", "required")]
    assert validate(form, {"name": ""}, {"name": "kept"}).values == {"name": None}


def test_unknown_answers_are_dropped(form_of):
    assert validate(form_of(NAME), {"name": "x", "is_admin": True}, {}).values == {"name": "x"}


@pytest.mark.parametrize("answers", [None, [], "text", 3])
def test_answers_that_are_no_object_are_one_error(form_of, answers):
    assert errors(validate(form_of(NAME), answers, {})) == [("", "answers_not_understood")]


def test_a_field_that_may_only_be_read_cannot_be_changed(form_of):
    form, context = form_of(NAME), {"name": "kept"}

    changed = validate(form, {"name": "new"}, context, {"name": "read"})
    cleared = validate(form, {"name": ""}, context, {"*": "read"})
    same = validate(form, {"name": "kept"}, context, {"name": "read"})

    assert (changed.values, errors(changed)) == ({}, [("name", "not_writable")])
    assert errors(cleared) == [("name", "not_writable")]
    assert (same.values, errors(same)) == ({}, [])


def test_a_hidden_field_is_neither_taken_nor_asked_for(form_of):
    found = validate(form_of(NAME), {"name": "new"}, {}, {"name": "hidden"})

    assert (found.values, errors(found)) == ({}, [])


def test_rights_name_single_fields_before_all_others(form_of):
    form = form_of(NAME, {"key": "note", "type": "text"})
    rights = {"*": "read", "note": "write"}

    assert validate(form, {"note": "x"}, {}, rights).values == {"note": "x"}
    assert errors(validate(form, {"name": "x"}, {}, rights)) == [("name", "not_writable")]


def test_rows_are_checked_one_by_one(form_of):
    rows = [{"metric": "用户量", "target": "10万"}, {}, {"target": "5"}, "row"]

    found = validate(form_of(GOALS), {"goals": rows}, {})

    assert errors(found) == [
        ("goals.0.target", "not_number"),
        ("goals.2.metric", "required"),
        ("goals.3", "not_row"),
    ]


def test_rows_get_keys_that_stay(form_of):
    form = form_of(GOALS)
    first = validate(form, {"goals": [{"metric": "a"}, {"metric": "b"}]}, {}).values

    second = validate(form, {"goals": [{"metric": "c"}, {"row": "2", "target": 5}]}, first)

    assert [row["row"] for row in first["goals"]] == ["1", "2"]
    assert second.values["goals"] == [
        {"row": "3", "metric": "c", "target": None, "result": None},
        {"row": "2", "metric": "b", "target": 5, "result": None},
    ]


def test_a_blank_row_is_no_row(form_of):
    found = validate(form_of(GOALS), {"goals": [{"metric": " ", "target": ""}, {"metric": "a"}]}, {})

    assert [row["metric"] for row in found.values["goals"]] == ["a"]


def test_a_column_that_may_only_be_read_stays_with_its_row(form_of):
    form, rights = form_of(GOALS), {"*": "read", "goals": "read", "goals.result": "write"}
    held = {"goals": [{"row": "1", "metric": "a", "target": 1}, {"row": "2", "metric": "b", "target": 2}]}
    swapped = [{"row": "2", "result": "20"}, {"row": "1", "result": "10"}]

    found = validate(
        form,
        {"goals": swapped},
        held,
        {"goals.result": "write", "goals.metric": "read", "goals.target": "hidden"},
    )
    table_read = validate(form, {"goals": swapped}, held, rights)

    assert found.values["goals"] == [
        {"row": "2", "metric": "b", "target": 2, "result": 20},
        {"row": "1", "metric": "a", "target": 1, "result": 10},
    ]
    assert errors(table_read) == [("goals", "not_writable")]


def test_rows_cannot_be_removed_where_a_column_is_not_writable(form_of):
    held = {"goals": [{"row": "1", "metric": "a"}, {"row": "2", "metric": "b"}]}

    found = validate(form_of(GOALS), {"goals": [{"row": "2", "result": 1}]}, held, {"goals.metric": "read"})

    assert (found.values, errors(found)) == ({}, [("goals", "rows_locked")])


def test_a_cell_that_may_only_be_read_cannot_be_changed(form_of):
    held = {"goals": [{"row": "1", "metric": "a"}]}

    found = validate(form_of(GOALS), {"goals": [{"row": "1", "metric": "b"}]}, held, {"goals.metric": "read"})

    assert errors(found) == [("goals.0.metric", "not_writable")]
    assert found.values["goals"][0]["metric"] == "a"


def test_fixed_rows_are_always_there(form_of):
    form = form_of(REVIEW)

    by_key = validate(form, {"review": [{"row": "technical", "opinion": "pass"}]}, {})
    by_place = validate(form, {"review": [{"opinion": "pass"}, {"opinion": "fail"}, {"opinion": "x"}]}, {})

    assert errors(by_key) == [("review.0.opinion", "required")]
    assert by_place.values["review"] == [
        {"row": "plan", "content": "目标合理性", "opinion": "pass"},
        {"row": "technical", "content": "可实现性", "opinion": "fail"},
    ]


def test_a_table_has_its_bounds(form_of):
    form = form_of(GOALS | {"min_rows": 2, "max_rows": 3})

    assert errors(validate(form, {"goals": [{"metric": "a"}]}, {})) == [("goals", "too_few")]
    assert errors(validate(form, {"goals": [{"metric": "a"}] * 4}, {})) == [("goals", "too_many")]
    assert errors(validate(form_of(GOALS), {"goals": [{"metric": "a"}] * 201}, {})) == [("goals", "too_many")]
    assert errors(validate(form, {"goals": {"metric": "a"}}, {})) == [("goals", "not_list")]
    assert errors(validate(form, {"goals": [{"metric": "a"}]}, {}, complete=False)) == []


def test_an_issued_number_cannot_be_typed(form_of):
    form = form_of({"key": "number", "type": "auto_number", "pattern": "TS{yyyymmdd}{seq}"})

    assert validate(form, {"number": "TS1"}, {"number": "TS2"}).values == {}


def test_a_readonly_field_with_a_default_stores_it(form_of):
    form = form_of({"key": "channel", "type": "text", "readonly": True, "default": None}, NAME)
    fixed = form_of({"key": "level", "type": "number", "readonly": True, "default": 3})

    assert validate(form, {"name": "x"}, {}).values == {"name": "x"}
    assert validate(fixed, {}, {}).values == {"level": 3}
    assert errors(validate(fixed, {"level": 4}, {})) == [("level", "not_writable")]


def test_defaults_fill_a_new_form(form_of):
    form = form_of(
        {"key": "level", "type": "number", "default": 3},
        {"key": "b", "type": "boolean", "default": False},
        REVIEW,
    )

    assert initial_values(form, {"level": 5}) == {
        "b": False,
        "review": [{"content": "目标合理性", "row": "plan"}, {"content": "可实现性", "row": "technical"}],
    }


def test_the_state_of_every_field_and_cell_is_known(form_of):
    rights = {"goals.metric": "read", "goals.result": "hidden"}

    states = field_state(form_of(NAME, GOALS), {"goals": [{"target": "7"}]}, {}, rights)

    shown = {path: (state.visible, state.required, state.readonly) for path, state in states.items()}
    assert shown["name"] == (True, True, False)
    assert shown["goals.target"] == shown["goals.0.target"] == (True, False, False)
    assert shown["goals.metric"] == shown["goals.0.metric"] == (True, False, True)
    assert shown["goals.0.result"] == (False, False, False)
    assert states["goals.0.target"].value == 7


def test_the_text_beside_other_has_a_state_too(form_of):
    form = form_of({"key": "kind", "type": "choice", "options": [{"code": "x", "other": True}]})

    assert field_state(form, {}, {})["kind_other"].visible is False
    assert field_state(form, {"kind": "x"}, {})["kind_other"].required is True
