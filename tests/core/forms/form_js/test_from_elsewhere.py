"""Forms that were drawn with form-js."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shuli.core.forms import NumberField, TableField, import_form_js

# As form-js documents its schema.
ELSEWHERE = {
    "type": "default",
    "id": "Order",
    "schemaVersion": 16,
    "components": [
        {"type": "text", "text": "Fill in **everything**."},
        {"type": "textfield", "key": "customerMail", "label": "Mail", "validate": {"required": True, "validationType": "email"}},
        {"type": "number", "key": "amount", "label": "Amount", "validate": {"min": 1}, "decimalDigits": 2,
         "appearance": {"suffixAdorner": "EUR"}, "layout": {"row": "Row_1", "columns": 8}},
        {"type": "select", "key": "country", "label": "Country", "valuesKey": "countries"},
        {"type": "group", "label": "Details", "components": [
            {"type": "radio", "key": "size", "label": "Size", "values": [{"label": "S", "value": "s"}, {"label": "L", "value": "l"}],
             "conditional": {"hide": "=customerMail = null"}, "defaultValue": "s"},
            {"type": "dynamiclist", "path": "items", "label": "Items", "components": [
                {"type": "datetime", "subtype": "date", "key": "day", "dateLabel": "Day"}]},
        ]},
        {"type": "iframe", "label": "Map", "url": "https://example.com"},
        {"type": "button", "label": "Send", "action": "submit"},
    ],
}  # fmt: skip


@pytest.fixture
def found():
    return import_form_js(ELSEWHERE, "en")


def test_components_become_fields_in_sections(found):
    first, second = found.form.sections

    assert [(one.key, type(one).__struct_config__.tag) for one in (*first.fields, *second.fields)] == [
        ("customer_mail", "text"),
        ("amount", "number"),
        ("country", "text"),
        ("size", "choice"),
        ("items", "table"),
    ]
    assert (first.columns, second.title.en, second.columns) == (2, "Details", 1)


def test_checks_and_units_are_kept(found):
    mail, amount, _country = found.form.sections[0].fields

    assert (mail.required, bool(mail.pattern)) == (True, True)
    assert amount == NumberField(key="amount", label=amount.label, min=1, decimals=2, unit=amount.unit)
    assert amount.unit.en == "EUR"


def test_a_condition_to_hide_becomes_one_to_show_with_the_new_names(found):
    size, items = found.form.sections[1].fields

    assert size.visible == "not(customer_mail = null)"
    assert size.default == '"s"'
    assert isinstance(items, TableField)
    assert items.columns[0].label.en == "Day"


def test_what_was_not_carried_is_listed(found):
    assert [(one.code, one.key) for one in found.notes] == [
        ("text_became_guidance", ""),
        ("options_from_outside", "country"),
        ("component_unknown", ""),
        ("key_changed", "customer_mail"),
    ]
    assert found.form.guidance.en == "Fill in **everything**."


@pytest.mark.parametrize("data", [b"", "{", b"\xff", "[]", "{}", '{"components": 3}', "null"])
def test_what_is_no_form_is_refused(data):
    found = import_form_js(data)

    assert found.form is None
    assert [one.code for one in found.notes] == ["not_form_js"]


def test_expressions_that_cannot_be_read_are_left_out_and_said():
    field = {"type": "textfield", "key": "a", "label": "A", "conditional": {"hide": "=1 +"}}

    found = import_form_js({"id": "x", "components": [field]})

    assert found.form.sections[0].fields[0].visible is True
    assert [(one.code, one.params["property"]) for one in found.notes] == [
        ("expression_unreadable", "visible")
    ]


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["textfield", "group", "table"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["type", "key", "label", "validate", "components", "values", "value", "properties", "conditional", "hide"]),
        inner,
        max_size=5,
    ),
    max_leaves=15,
)  # fmt: skip


@given(st.lists(values, max_size=4))
@settings(max_examples=60, deadline=None)
def test_nonsense_is_answered_never_raised(components):
    found = import_form_js({"components": components})

    assert found.form is None or found.form.sections
