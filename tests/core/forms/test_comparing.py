"""What differs between two sets of forms."""

import copy
import json
from importlib import resources

from hypothesis import given, settings
from hypothesis import strategies as st

from shuli.core.forms import read_form
from shuli.core.forms.comparing import compare_forms

FOLDER = resources.files("shuli.library") / "processes" / "P-COMPLAINT" / "forms"
RAW = {
    one["key"]: one
    for one in (
        json.loads(file.read_text(encoding="utf-8"))
        for file in FOLDER.iterdir()
        if file.name.endswith("json")
    )
}


def read(raw):
    return {key: read_form(one).form for key, one in raw.items()}


@settings(deadline=None)
@given(st.sets(st.sampled_from(sorted(RAW))), st.sets(st.sampled_from(sorted(RAW))))
def test_forms_come_and_go(one, other):
    before, after = read({k: RAW[k] for k in one}), read({k: RAW[k] for k in other})

    found = compare_forms(before, after)

    assert {d.form for d in found if d.kind == "added"} == other - one
    assert {d.form for d in found if d.kind == "removed"} == one - other
    assert not [d for d in found if d.kind == "changed"]


def test_fields_that_come_go_and_change_are_named():
    raw = copy.deepcopy(RAW)
    fields = raw["complaint_register"]["sections"][0]["fields"]
    gone, changed = fields.pop(0), fields[0]
    changed["label"] = {"zh": "别的", "en": "Other"}
    fields.append({"type": "text", "key": "brand_new", "label": {"zh": "新", "en": "New"}})

    found = compare_forms(read(RAW), read(raw))

    assert [(d.kind, d.field) for d in found] == [
        ("changed", changed["key"]), ("added", "brand_new"), ("removed", gone["key"]),
    ]  # fmt: skip
    assert found[0].facets == ("label",)
    assert found[1].label.zh == "新"


def test_another_kind_of_field_is_told_as_such():
    raw = copy.deepcopy(RAW)
    field = raw["complaint_register"]["sections"][0]["fields"][0]
    raw["complaint_register"]["sections"][0]["fields"][0] = {
        "type": "rating",
        "key": field["key"],
        "label": field["label"],
    }

    assert [d.facets for d in compare_forms(read(RAW), read(raw))] == [("type",)]


def test_a_new_title_is_a_change_of_the_form():
    raw = copy.deepcopy(RAW)
    raw["solution"]["title"] = {"zh": "方案", "en": "Plan"}

    assert [(d.kind, d.form, d.field) for d in compare_forms(read(RAW), read(raw))] == [
        ("changed", "solution", "")
    ]
