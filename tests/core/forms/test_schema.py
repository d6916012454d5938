"""The format of forms as other programs and people read it."""

import json
from pathlib import Path
from typing import get_args

import pytest

from shuli.core.forms import Field, form_schema, form_schema_text

DOCS = Path(__file__).resolve().parents[3] / "docs"
TYPES = {str(one.__struct_config__.tag): one for one in get_args(Field)}


def test_the_schema_in_the_documentation_is_the_programs():
    assert (DOCS / "form.schema.json").read_text(encoding="utf-8") == form_schema_text()


def test_the_schema_knows_every_type_and_nothing_further():
    parts = json.loads(form_schema_text())["$defs"]

    tags = {
        part["properties"]["type"]["enum"][0]
        for part in parts.values()
        if "type" in part.get("properties", {})
    }
    assert tags == set(TYPES)
    assert all(part["additionalProperties"] is False for part in form_schema()["$defs"].values())


@pytest.mark.parametrize("page", ["forms.md", "forms.zh.md"])
def test_every_type_and_property_stands_in_the_documentation(page):
    text = (DOCS / page).read_text(encoding="utf-8")

    unsaid = [
        f"{kind}.{name}"
        for kind, one in TYPES.items()
        for name in (kind, *one.__struct_fields__)
        if f"`{name}`" not in text
    ]

    assert unsaid == []
