"""Mistakes in a form, and what differs between two, in words."""

from typing import get_args

import pytest
from django.utils.translation import override

from shuli.core.forms import Field, FindingCode, FormDefinition, Section, form_changes, read_form
from shuli.kit.forms.changes import change_words
from shuli.kit.forms.mistakes import MISTAKES, mistake_words
from shuli.kit.forms.parts import PROPERTIES, TYPES

AMOUNT = {"type": "money", "key": "amount", "label": {"zh": "金额", "en": "Amount"}}
PRICE = {"type": "date", "key": "day", "label": {"zh": "日期", "en": "Day"}}
ROWS = {"type": "table", "key": "rows", "label": {"zh": "明细", "en": "Items"}, "columns": [PRICE]}


def form_of(*fields):
    raw = {"key": "f", "title": {"zh": "表", "en": "Form"}, "sections": [{"fields": list(fields)}]}
    return read_form(raw).form


def said(before, after, language):
    with override(language):
        return [change_words(one) for one in form_changes(before, after)]


def test_every_type_property_and_mistake_has_a_name():
    members = get_args(Field)
    own = {name for one in (*members, Section, FormDefinition) for name in one.__struct_fields__}

    assert {str(one.__struct_config__.tag) for one in members} == set(TYPES)
    assert own - {"sections", "fields"} <= set(PROPERTIES)
    assert set(MISTAKES) == set(get_args(FindingCode))


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Amount: Required was No, is Yes."), ("zh-hans", "金额：必填由否改为是。")],
)
def test_a_change_is_a_sentence(language, words):
    assert said(form_of(AMOUNT), form_of({**AMOUNT, "required": True}), language) == [words]


def test_a_column_is_told_with_its_table():
    wider = {**ROWS, "columns": [PRICE, {**PRICE, "key": "due", "label": {"zh": "期限", "en": "Due"}}]}

    assert said(form_of(ROWS), form_of(wider), "zh-hans") == ["新增列“期限”（“明细”中）。"]
    assert said(form_of(wider), form_of(ROWS), "en") == ["The column “Due” in “Items” is gone."]


def test_a_wording_whose_other_language_changed_is_told_in_both():
    other = {**AMOUNT, "label": {"zh": "金额", "en": "Sum"}}

    (words,) = said(form_of(AMOUNT), form_of(other), "zh-hans")

    assert "“金额 / Amount”" in words
    assert "“金额 / Sum”" in words


def test_a_mistake_in_an_expression_says_why():
    raw = {
        "key": "f",
        "title": {"zh": "表", "en": "F"},
        "sections": [{"fields": [{**AMOUNT, "visible": "1 +"}]}],
    }

    with override("en"):
        (words,) = [mistake_words(one) for one in read_form(raw).findings]

    assert words.startswith("FEEL cannot read this: ")
    assert "missing" in words.lower()
