"""The JSON Schema of a form definition, from its own types."""

from typing import Any

import msgspec

from shuli.core.forms.definition import FormDefinition

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def form_schema() -> dict[str, Any]:
    """Return the JSON Schema by which other programs can check a form; `read_form` finds more."""
    schema = msgspec.json.schema(FormDefinition)
    for one in schema["$defs"].values():
        if one.get("type") == "object" and "properties" in one:
            # read_form refuses what it does not know
            one["additionalProperties"] = False
    return {"$schema": DIALECT, "title": "Shuli form", **schema}


def form_schema_text() -> str:
    """Return the schema as it stands in the documentation."""
    return msgspec.json.format(msgspec.json.encode(form_schema()), indent=2).decode() + "\n"
