"""What a text must look like."""

import time

from shuli.core.forms import read_form, validate

CODE = {"key": "code", "type": "text", "pattern": "[A-Z]{2}[0-9]{3}"}


def problems(form, answer, *, complete=True):
    found = validate(form, {"code": answer}, {}, complete=complete)
    return [(error.code, error.params) for error in found.errors]


def test_all_of_a_text_must_be_as_its_pattern_says(form_of):
    form = form_of(CODE)

    assert problems(form, "AB123") == []
    assert problems(form, "xAB123") == [("pattern", {"limit": CODE["pattern"]})]
    assert problems(form, "AB1234") == [("pattern", {"limit": CODE["pattern"]})]


def test_an_alternative_does_not_open_the_ends_of_a_pattern(form_of):
    form = form_of({**CODE, "pattern": "A|BC"})

    assert problems(form, "A") == problems(form, "BC") == []
    assert problems(form, "AC")


def test_the_forms_own_message_says_what_to_do(form_of):
    form = form_of({**CODE, "pattern_message": {"zh": "两个字母三个数字", "en": "Two letters, three digits"}})

    found = problems(form, "nothing")

    assert found == [("rule", {"zh": "两个字母三个数字", "en": "Two letters, three digits"})]


def test_a_draft_and_an_empty_answer_are_not_asked(form_of):
    form = form_of(CODE)

    assert problems(form, "A", complete=False) == []
    assert problems(form, "") == []


def test_a_pattern_that_blows_up_elsewhere_answers_at_once(form_of):
    form = form_of({**CODE, "pattern": "(a+)+b"})
    before = time.perf_counter()

    found = problems(form, "a" * 200)

    assert found
    assert time.perf_counter() - before < 0.5


def test_what_is_no_pattern_is_found_in_the_form(raw_form):
    reading = read_form(raw_form({**CODE, "pattern": "[A-"}))

    assert reading.form is None
    assert [(one.path, one.code) for one in reading.findings] == [
        ("sections.0.fields.0.pattern", "text_pattern")
    ]
