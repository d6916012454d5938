from shuli.core.forms import parse_post, post_name, validate

GOALS = {
    "key": "goals",
    "type": "table",
    "columns": [{"key": "metric", "type": "text"}, {"key": "done", "type": "boolean"}],
}
OPTIONS = [{"code": "phone"}, {"code": "mail"}, {"code": "other", "other": True}]


def test_single_answers_are_taken_by_name(form_of):
    form = form_of({"key": "goal", "type": "text"}, {"key": "n", "type": "number"})

    assert parse_post(form, {"goal": ["first", "last"], "csrf": ["x"]}) == {"goal": "last"}


def test_nothing_ticked_means_nothing_chosen_where_the_page_showed_it(form_of):
    form = form_of(
        {"key": "ways", "type": "choices", "options": OPTIONS}, {"key": "ok", "type": "boolean"}, GOALS
    )

    assert parse_post(form, {}) == {}
    assert parse_post(form, {"ways-present": ["1"], "ok-present": ["1"], "goals-present": ["1"]}) == {
        "ways": [],
        "ok": False,
        "goals": [],
    }
    assert parse_post(form, {"ways": ["phone", "other"], "ways_other": ["传真"]}) == {
        "ways": ["phone", "other"],
        "ways_other": "传真",
    }


def test_rows_come_in_the_order_of_their_numbers_and_may_be_missing(form_of):
    post = {
        "goals-10-metric": ["third"],
        "goals-2-metric": ["second"],
        "goals-2-done": ["on"],
        "goals-0-metric": ["first"],
        "goals-0-row": ["7"],
        "goals-x-metric": ["stray"],
        "goals-4-metric": ["deleted"],
        "goals-4-delete": ["1"],
    }

    assert parse_post(form_of(GOALS), post)["goals"] == [
        {"metric": "first", "row": "7"},
        {"metric": "second", "done": "on"},
        {"metric": "third"},
    ]


def test_an_unticked_box_in_a_row_is_false_where_the_page_showed_it(form_of):
    post = {"goals-0-present": ["1"], "goals-0-done-present": ["1"], "goals-0-metric": [""]}

    assert parse_post(form_of(GOALS), post) == {"goals": [{"metric": "", "done": False}]}


def test_lists_and_attachments_may_be_numbered(form_of):
    form = form_of({"key": "functions", "type": "text_list"}, {"key": "files", "type": "attachment"})
    post = {
        "functions": ["a"],
        "functions-1": ["c"],
        "functions-0": ["b"],
        "files": ["f1"],
        "files-0-id": ["f2"],
        "files-0-name": ["x.pdf"],
        "files-1-name": ["lost.pdf"],
    }

    assert parse_post(form, post) == {
        "functions": ["a", "b", "c"],
        "files": ["f1", {"id": "f2", "name": "x.pdf"}],
    }


def test_a_post_of_far_too_many_rows_is_still_answered(form_of):
    form = form_of(GOALS)
    post = {f"goals-{number}-metric": ["x"] for number in range(5000)}

    found = validate(form, parse_post(form, post), {})

    assert [error.code for error in found.errors] == ["too_many"]


def test_names_of_inputs_follow_the_paths():
    assert post_name("goals.0.metric") == "goals-0-metric"
