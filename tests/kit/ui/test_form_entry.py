import re

import pytest
from django.http import QueryDict

from shuli.core.forms import (
    AttachmentField,
    AttachmentKind,
    BooleanField,
    ChoiceField,
    ChoicesField,
    ComputedField,
    DateTimeField,
    FieldError,
    FixedRow,
    FormDefinition,
    NumberField,
    Option,
    Section,
    SignatureField,
    TableField,
    Text,
    TextField,
    TextListField,
    parse_post,
    validate,
)
from shuli.kit import style_samples
from shuli.kit.forms import entry_html, states_for_page
from shuli.kit.forms.controls import CONTROLS
from shuli.kit.forms.sentences import SENTENCES


def label(words):
    return Text(zh=words, en=words)


def form(*fields):
    return FormDefinition(key="sample", title=label("Sample"), sections=(Section(fields=fields),))


def html_of(*fields, answers=None, errors=(), context=None, rights=None, person=""):
    return entry_html(form(*fields), answers or {}, context or {}, rights, errors, person=person)


@pytest.fixture(autouse=True)
def on_tuesday(tuesday, english):
    """A fixed moment, in English."""


def posted(html):
    """Return what a browser would send of this HTML: inputs, ticked boxes, chosen options."""
    query = QueryDict(mutable=True)
    outside_templates = re.sub(r"<template.*?</template>", "", html, flags=re.DOTALL)
    for tag in re.findall(r"<input\b[^>]*>", outside_templates):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        ticks = attributes.get("type") in {"radio", "checkbox"}
        if "name" in attributes and attributes.get("type") != "file" and (not ticks or " checked" in tag):
            query.appendlist(attributes["name"], attributes.get("value", ""))
    for name, body in re.findall(
        r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', outside_templates, re.DOTALL
    ):
        chosen = re.search(r'value="([^"]*)" selected', body)
        query.appendlist(name, chosen[1] if chosen else "")
    for name, body in re.findall(
        r'<textarea[^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>', outside_templates, re.DOTALL
    ):
        query.appendlist(name, body)
    return dict(query.lists())


def test_every_type_of_field_has_a_control():
    html = entry_html(style_samples.FORM, {}, {})

    assert {type(one) for section in style_samples.FORM.sections for one in section.fields} - {
        TableField
    } <= set(CONTROLS)
    assert html.count("data-field=") >= 20


def test_a_form_sends_back_what_it_was_filled_with():
    say = style_samples.Words(is_chinese=False)
    answers = {key: value for key, value in style_samples.answers(say).items() if value}

    sent = parse_post(style_samples.FORM, posted(entry_html(style_samples.FORM, answers, {})))

    assert {key: sent.get(key) for key in answers if key not in {"goals", "files"}} == {
        key: value for key, value in answers.items() if key not in {"goals", "files"}
    }
    assert sent["goals"] == answers["goals"]
    assert sent["files"] == answers["files"]


def test_what_came_back_with_a_mistake_is_still_there_and_explained_at_its_field():
    number = NumberField(key="amount", label=label("Amount"))
    errors = validate(form(number), {"amount": "lots"}, {}).errors

    html = html_of(number, answers={"amount": "lots"}, errors=errors)

    assert 'value="lots"' in html
    assert 'aria-invalid="true" aria-describedby="f-amount-error"' in html
    assert re.search(r'id="f-amount-error">.*“lots” is not a number', html, re.DOTALL)
    assert '<a href="#f-amount">Amount</a>' in html


def test_an_error_in_a_cell_is_at_the_cell():
    table = TableField(
        key="goals",
        label=label("Goals"),
        columns=(TextField(key="metric", label=label("Metric")),),
        min_rows=1,
    )

    html = html_of(table, errors=[FieldError(path="goals.0.metric", code="required")])

    assert 'href="#f-goals-0-metric"' in html
    assert 'id="f-goals-0-metric-error"' in html


def test_the_text_beside_other_is_asked_for_at_the_choice():
    other = ChoiceField(
        key="kind",
        label=label("Kind"),
        options=(Option(code="a", label=label("A")), Option(code="other", label=label("Other"), other=True)),
    )

    html = html_of(
        other, answers={"kind": "other"}, errors=[FieldError(path="kind_other", code="other_text_required")]
    )

    assert 'name="kind_other"' in html
    assert "data-other" in html
    assert "Say what “other” means here." in html


def test_a_new_row_has_a_pattern_and_counts_from_there():
    table = TableField(
        key="goals",
        label=label("Goals"),
        columns=(TextField(key="metric", label=label("Metric")),),
        max_rows=3,
    )

    html = html_of(table, answers={"goals": [{"metric": "x", "row": "1"}]})

    assert 'data-most="3"' in html
    assert 'name="goals-0-metric"' in html
    assert 'name="goals-0-row" value="1"' in html
    assert 'name="goals-__n__-metric"' in html


def test_fixed_rows_are_named_and_cannot_go():
    table = TableField(
        key="review",
        label=label("Review"),
        columns=(TextField(key="note", label=label("Note")),),
        fixed_rows=(FixedRow(key="plan", label=label("Plan")),),
    )

    html = html_of(table)

    assert '<th scope="row">Plan</th>' in html
    assert 'aria-label="Plan Note"' in html
    assert "data-row-remove" not in html


def test_what_the_step_may_not_write_is_read_not_disabled():
    html = html_of(
        TextField(key="title", label=label("Title")), context={"title": "Kept"}, rights={"title": "read"}
    )

    assert 'name="title"' not in html
    assert "Kept" in html


def test_what_the_step_may_not_see_is_not_there():
    html = html_of(
        TextField(key="secret", label=label("Secret")), context={"secret": "42"}, rights={"secret": "hidden"}
    )

    assert "secret" not in html
    assert "42" not in html


def test_what_a_condition_hides_waits_to_be_shown():
    html = html_of(TextField(key="reason", label=label("Reason"), visible="false"))

    assert re.search(r'data-field="reason" hidden', html)


def test_a_column_that_the_step_may_not_see_is_not_there():
    columns = (TextField(key="name", label=label("Name")), TextField(key="secret", label=label("Secret")))
    table = TableField(key="rows", label=label("Rows"), columns=columns)

    html = html_of(
        table, context={"rows": [{"row": "1", "name": "a", "secret": "42"}]}, rights={"rows.secret": "hidden"}
    )

    assert 'name="rows-0-name"' in html
    assert "42" not in html


def test_the_page_learns_nothing_of_what_the_step_may_not_see():
    sample = form(ComputedField(key="margin", label=label("Margin"), expression="40 + 2"))

    assert states_for_page(sample, {}, {}, {"margin": "hidden"}) == {}


def test_a_signature_names_who_signs_and_a_given_one_cannot_be_taken_back():
    signature = SignatureField(key="sign", label=label("Signature"))
    given = {"sign": {"by": "limin", "at": "2026-11-17T10:20:00+08:00"}}

    asked, signed = html_of(signature, person="chenjing"), html_of(signature, context=given)

    assert "I sign: chenjing" in asked
    assert "limin · 2026-11-17 10:20" in signed
    assert 'type="checkbox"' not in signed


def test_files_that_need_a_kind_ask_for_it():
    files = AttachmentField(
        key="files",
        label=label("Files"),
        types=("pdf",),
        kinds=(
            AttachmentKind(key="study", label=label("Study"), min=1),
            AttachmentKind(key="other", label=label("Other")),
        ),
    )

    html = html_of(
        files,
        errors=[
            FieldError(
                path="files",
                code="attachment_kind_missing",
                params={"kind": "study", "limit": "1", "found": "0"},
            )
        ],
    )

    assert "Study: at least 1" in html
    assert 'accept=".pdf"' in html
    assert "Missing: Study. At least 1 needed, 0 attached." in html


def test_a_moment_is_offered_in_the_company_s_time():
    html = html_of(DateTimeField(key="at", label=label("At")), answers={"at": "2026-11-10T01:12:00+00:00"})

    assert 'type="datetime-local"' in html
    assert 'value="2026-11-10T09:12"' in html


def test_boxes_that_are_not_ticked_still_say_that_they_were_shown():
    choices = ChoicesField(key="kinds", label=label("Kinds"), options=(Option(code="a", label=label("A")),))

    sent = parse_post(
        form(choices, BooleanField(key="told", label=label("Told"))),
        posted(html_of(choices, BooleanField(key="told", label=label("Told")))),
    )

    assert sent == {"kinds": [], "told": False}


def test_a_list_of_texts_offers_a_line_to_begin_with():
    html = html_of(TextListField(key="functions", label=label("Functions"), max_items=3))

    assert 'name="functions-0"' in html
    assert 'name="functions-__n__"' in html


def test_the_page_learns_what_an_answer_changes():
    conditional = form(
        ChoiceField(key="kind", label=label("Kind"), options=(Option(code="refund", label=label("Refund")),)),
        NumberField(
            key="amount", label=label("Amount"), visible='kind = "refund"', required='kind = "refund"'
        ),
        ComputedField(
            key="twice", label=label("Twice"), expression="if amount = null then 0 else amount * 2"
        ),
    )

    states = states_for_page(conditional, {"kind": "refund", "amount": "640.25"}, {})

    assert states["amount"] == {"visible": True, "required": True, "readonly": False}
    assert states["twice"]["shown"] == "1,280.5"
    assert "data-conditional" in entry_html(conditional, {}, {})


def test_a_form_without_conditions_does_not_ask_the_server():
    assert "data-conditional" not in html_of(TextField(key="title", label=label("Title")))


def test_hostile_words_stay_words():
    html = html_of(TextField(key="t", label=label("<b>")), answers={"t": '"><script>x</script>'})

    assert "<script>" not in html
    assert "<b>" not in html


def test_every_code_of_validation_has_a_sentence():
    from typing import get_args

    from shuli.core.forms import Code

    assert set(get_args(Code)) - set(SENTENCES) == {"rule"}
