"""Forms go out as form-js and come back."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from core.forms.forms_drawn import drawn
from shuli.core.forms import export_form_js, import_form_js


def outside(form, language="zh"):
    return json.loads(json.dumps(export_form_js(form, language).schema))


@given(drawn(), st.sampled_from(["zh", "en"]))
@settings(max_examples=60, deadline=None)
def test_a_form_that_nobody_touched_comes_back_as_it_went(form, language):
    found = import_form_js(outside(form, language), language)

    assert found.form == form
    assert found.notes == ()


def test_what_was_changed_outside_counts_and_the_rest_stays(form_of):
    form = form_of({"key": "amount", "type": "money", "currency": "USD", "required": "urgent", "max": 5})
    schema = outside(form)
    field = schema["components"][1]["components"][0]
    field["label"], field["validate"]["max"] = "总额", 900

    back = import_form_js(schema).form.sections[0].fields[0]

    assert (back.label.zh, back.label.en, back.max) == ("总额", "Label", 900)
    assert (back.currency, back.required) == ("USD", "urgent")


def test_a_new_option_joins_those_that_keep_their_hints(form_of):
    colour = {
        "key": "colour",
        "type": "choice",
        "options": [{"code": "red", "hint": {"zh": "热", "en": "hot"}}],
    }
    schema = outside(form_of(colour))
    schema["components"][1]["components"][0]["values"].append({"label": "蓝", "value": "blue"})

    options = import_form_js(schema).form.sections[0].fields[0].options

    assert [(one.code, one.hint.en, one.label.zh) for one in options] == [
        ("red", "hot", "标签"),
        ("blue", "", "蓝"),
    ]


def test_what_form_js_cannot_do_is_said_when_a_form_goes_out(form_of):
    form = form_of({"key": "who", "type": "person", "required": "amount > 5"})

    notes = export_form_js(form, "en").notes

    assert [(one.code, one.key) for one in notes] == [
        ("one_language", ""),
        ("shown_as", "who"),
        ("condition_outside", "who"),
    ]
