"""Write a form as form-js."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from shuli.core.forms.definition import Field, FormDefinition, Section, TableField, fields_of
from shuli.core.forms.form_js.components import AS_TEXT, Raw, component_of
from shuli.core.forms.form_js.notes import Note
from shuli.core.forms.reading import without_defaults

SCHEMA_VERSION = 19

# The custom property of a component in which our own definition travels.
OWN = "shuli"


class Exported(Struct, frozen=True, kw_only=True):
    """The schema as JSON's object, and what form-js itself will not show or check."""

    schema: dict[str, Any]
    notes: tuple[Note, ...] = ()


def export_form_js(form: FormDefinition, language: str = "zh") -> Exported:
    """Return the form as form-js has it, its words in one language."""
    schema: Raw = {
        "type": "default",
        "id": form.key,
        "schemaVersion": SCHEMA_VERSION,
        "exporter": {"name": "Shuli", "version": "1"},
        "components": [
            head_of(without_defaults(form), language),
            *(_section(number, section, language) for number, section in enumerate(form.sections)),
        ],
    }
    return Exported(schema=schema, notes=tuple(_notes(form, language)))


def head_of(form: Mapping[str, Any], language: str) -> Raw:
    """Return the text on top: title and guidance; all that is said of the form as a whole travels with it."""
    title, guidance = (_in(form.get(name), language) for name in ("title", "guidance"))
    words = f"# {title}" + (f"\n\n{guidance}" if guidance else "")
    own = {name: value for name, value in form.items() if name != "sections"}
    return {"type": "text", "id": "Head", "text": words, "properties": _own(own)}


def group_of(section: Mapping[str, Any], language: str) -> Raw:
    """Return a section as a group, without its fields."""
    own = {name: value for name, value in section.items() if name != "fields"}
    title = _in(section.get("title"), language)
    return {"type": "group", "label": title, "showOutline": bool(title), "properties": _own(own)}


def _section(number: int, section: Section, language: str) -> Raw:
    group = group_of(without_defaults(section), language) | {"id": f"Section_{number + 1}"}
    components = [_component(field, "", language) for field in section.fields]
    if section.columns == 2:
        for place, component in enumerate(components):
            component["layout"] = {"row": f"Row_{number + 1}_{place // 2 + 1}", "columns": 8}
    return group | {"components": components}


def _component(field: Field, before: str, language: str) -> Raw:
    raw = without_defaults(field)
    made = component_of(raw, language) | {"id": f"Field_{before}{field.key}"}
    if isinstance(field, TableField):
        # every column travels with its own
        made["components"] = [_component(one, f"{field.key}_", language) for one in field.columns]
        raw = {name: value for name, value in raw.items() if name != "columns"}
    return made | {"properties": _own(raw)}


def _own(raw: Mapping[str, Any]) -> dict[str, str]:
    return {OWN: msgspec.json.encode(raw).decode()}


def _in(text: Any, language: str) -> str:
    if text is None:
        return ""
    one, other = ("zh", "en") if language.startswith("zh") else ("en", "zh")
    return str(text.get(one) or text.get(other) or "")


def _notes(form: FormDefinition, language: str) -> Iterator[Note]:
    yield Note(code="one_language", params={"language": "zh" if language.startswith("zh") else "en"})
    for field in fields_of(form):
        yield from _notes_of(field)
        for column in field.columns if isinstance(field, TableField) else ():
            yield from _notes_of(column)


def _notes_of(field: Field) -> Iterator[Note]:
    kind = str(field.__struct_config__.tag)
    if kind in AS_TEXT:
        yield Note(code="shown_as", key=field.key, params={"type": kind, "as": "text"})
    if kind == "money":
        yield Note(code="shown_as", key=field.key, params={"type": kind, "as": "number"})
    if isinstance(field.required, str):
        yield Note(code="condition_outside", key=field.key, params={"property": "required"})
    for name in ("min", "max"):
        if isinstance(getattr(field, name, None), str):
            yield Note(code="bound_outside", key=field.key, params={"property": name})
    if field.rules:
        yield Note(code="rules_outside", key=field.key, params={"count": str(len(field.rules))})
    if (field.example.zh or field.example.en) or (field.guidance.zh or field.guidance.en):
        yield Note(code="example_outside", key=field.key)
