"""What differs between two versions of a form."""

from hypothesis import given, settings
from msgspec.structs import replace

from core.forms.forms_drawn import drawn
from shuli.core.forms import fields_of, form_changes

TWO = ({"key": "amount", "type": "money"}, {"key": "reason", "type": "text"})


def said(before, after):
    """Return every change by its kind, the keys of its place and its property."""
    return [
        (one.kind, ".".join(step.key for step in one.place if step.part != "form"), one.property)
        for one in form_changes(before, after)
    ]


@given(drawn())
@settings(max_examples=60, deadline=None)
def test_a_form_does_not_differ_from_itself(form):
    assert form_changes(form, form) == ()


@given(drawn(), drawn())
@settings(max_examples=60, deadline=None)
def test_nothing_differs_only_where_both_are_the_same(one, other):
    assert (form_changes(one, other) == ()) == (one == other)


@given(drawn(), drawn())
@settings(max_examples=40, deadline=None)
def test_what_came_one_way_goes_the_other(one, other):
    def keys(before, after, kind):
        found = form_changes(before, after)
        fields = [change.place[-1].key for change in found if change.kind == kind and len(change.place) == 1]
        return sorted(key for key in fields if not key.isdigit())

    assert keys(one, other, "added") == keys(other, one, "removed")
    assert {field.key for field in fields_of(other)} >= set(keys(one, other, "added"))


def test_one_field_that_went_up_is_all_that_moved(form_of):
    third = {"key": "remark", "type": "text"}

    assert said(form_of(*TWO, third), form_of(third, *TWO)) == [("moved", "remark", "")]


def test_a_property_says_what_it_was_and_is(form_of):
    before = form_of(TWO[0])
    after = form_of({**TWO[0], "required": True, "max": 500})

    changes = form_changes(before, after)

    assert [(one.property, one.before, one.after) for one in changes] == [
        ("required", False, True),
        ("max", None, 500),
    ]


def test_an_option_is_known_again_by_its_code(form_of):
    colour = {"key": "colour", "type": "choice"}
    before = form_of({**colour, "options": [{"code": "red"}, {"code": "blue"}]})
    after = form_of({**colour, "options": [{"code": "blue"}, {"code": "green", "other": True}]})

    assert said(before, after) == [("removed", "colour.red", ""), ("added", "colour.green", "")]


def test_a_column_is_told_within_its_table(form_of):
    table = {"key": "rows", "type": "table", "columns": [{"key": "price", "type": "date"}]}
    dearer = {**table, "columns": [{"key": "price", "type": "time"}]}

    assert said(form_of(table), form_of(dearer)) == [("changed", "rows.price", "type")]


def test_a_section_put_in_front_moves_no_field(form_of):
    before = form_of(*TWO)
    first = form_of({"key": "first", "type": "date"}).sections
    after = replace(before, sections=(*first, *before.sections))

    assert said(before, after) == [("added", "1", ""), ("added", "first", "")]
