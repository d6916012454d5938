"""One component of form-js as one field, by its own words alone."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from shuli.core.forms.conditions import compile_problems
from shuli.core.forms.definition import LONGEST_TEXT
from shuli.core.forms.form_js.notes import Note
from shuli.core.forms.patterns import is_pattern

Raw = dict[str, Any]

# What form-js checks by name.
KNOWN_PATTERNS = {"email": r"[^@ ]+@[^@ ]+\.[^@ ]+", "phone": r"\+?[0-9][0-9 ()\-]{4,24}"}

HANDLED = frozenset(
    {
        "accept", "allowAddRemove", "appearance", "components", "computeOn", "conditional", "dateLabel", "decimalDigits",
        "defaultRepetitions", "defaultValue", "description", "disabled", "disallowPassedDates", "expression", "id",
        "increment", "isRepeating", "key", "label", "layout", "multiple", "path", "properties", "readonly", "searchable",
        "serializeToString", "showOutline", "subtype", "timeInterval", "timeLabel", "timeSerializingFormat", "type", "use24h",
        "validate", "values", "valuesExpression", "valuesKey", "verticalAlignment",
    }
)  # fmt: skip


def field_of(component: Mapping[str, Any], language: str, notes: list[Note]) -> Raw:
    """Return a field as its JSON, from a component of a type in `READERS`; a table's columns are left to the caller."""
    key = str(component.get("key") or component.get("path") or "")
    made: Raw = {"type": "text", "key": key, "label": _text(component.get("label") or key, language)}
    hint = component.get("description")
    if isinstance(hint, str) and hint and not hint.startswith("="):
        made["hint"] = _text(hint, language)
    made |= READERS[component["type"]](component, language, key, notes)
    _conditions(component, made, notes)
    unknown = [str(name)[:60] for name in component if name not in HANDLED]
    notes += [Note(code="property_unknown", key=key, params={"property": name}) for name in unknown]
    return made


def _conditions(component: Mapping[str, Any], made: Raw, notes: list[Note]) -> None:
    key = made["key"]
    if _part(component, "validate").get("required") is True:
        made["required"] = True
    hide = _part(component, "conditional").get("hide")
    if isinstance(hide, str) and (source := _feel(hide, "visible", key, notes)):
        made["visible"] = False if source == "true" else _negated(source)
    readonly = component.get("readonly") or component.get("disabled")
    if isinstance(readonly, str) and (source := _feel(readonly, "readonly", key, notes)):
        made["readonly"] = source
    elif readonly is True:
        made["readonly"] = True


def _negated(source: str) -> str:
    inner = source.removeprefix("not(").removesuffix(")")
    if source == f"not({inner})" and not any(compile_problems(inner)):
        return inner
    return f"not({source})"


def _feel(text: str, name: str, key: str, notes: list[Note]) -> str:
    """Return an expression without form-js's sign for one; nothing, and a note, where FEEL cannot read it."""
    source = text.removeprefix("=").strip()
    if source and not any(compile_problems(source)):
        return source
    if source:
        notes.append(
            Note(code="expression_unreadable", key=key, params={"property": name, "found": source[:60]})
        )
    return ""


def _text_in(component: Mapping[str, Any], _language: str, key: str, notes: list[Note]) -> Raw:
    validate = _part(component, "validate")
    made: Raw = {"type": "text"}
    for name, ours, least in (("minLength", "min_length", 0), ("maxLength", "max_length", 1)):
        value = validate.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            made[ours] = max(least, min(value, LONGEST_TEXT))
    pattern = validate.get("pattern") or KNOWN_PATTERNS.get(str(validate.get("validationType")), "")
    if isinstance(pattern, str) and pattern:
        if is_pattern(pattern) and len(pattern) <= 200:
            made["pattern"] = pattern
        else:
            params = {"property": "pattern", "found": pattern[:60]}
            notes.append(Note(code="expression_unreadable", key=key, params=params))
    return made | _default(component)


def _long_text_in(component: Mapping[str, Any], language: str, key: str, notes: list[Note]) -> Raw:
    made = _text_in(component, language, key, notes)
    if made.pop("pattern", None):
        notes.append(Note(code="property_unknown", key=key, params={"property": "pattern"}))
    return made | {"type": "long_text"}


def _number_in(component: Mapping[str, Any], language: str, key: str, notes: list[Note]) -> Raw:
    made: Raw = {"type": "number"}
    for name in ("min", "max"):
        value = _part(component, "validate").get(name)
        if isinstance(value, str):
            value = _feel(value, name, key, notes) or None
        if value is not None and not isinstance(value, bool | list | dict):
            made[name] = value
    digits = component.get("decimalDigits")
    if isinstance(digits, int) and 0 <= digits <= 15:
        made["decimals"] = digits
    unit = _part(component, "appearance").get("suffixAdorner")
    return (
        made
        | ({"unit": _text(unit, language)} if isinstance(unit, str) and unit else {})
        | _default(component)
    )


def _moment_in(component: Mapping[str, Any], language: str, key: str, _notes: list[Note]) -> Raw:
    kind = component.get("subtype")
    label = component.get("timeLabel" if kind == "time" else "dateLabel") or component.get("label") or key
    return {"type": kind if kind in ("date", "time", "datetime") else "date", "label": _text(label, language)}


def _choice_in(component: Mapping[str, Any], language: str, key: str, notes: list[Note]) -> Raw:
    options = _options(component, language)
    if options:
        many = component["type"] in ("checklist", "taglist")
        return {"type": "choices" if many else "choice", "options": options} | _default(component)
    found = str(component.get("valuesKey") or component.get("valuesExpression") or "")
    notes.append(Note(code="options_from_outside", key=key, params={"found": found[:60]}))
    return {"type": "text"}


def _options(component: Mapping[str, Any], language: str) -> list[Raw]:
    values = component.get("values")
    found: dict[str, Raw] = {}
    for one in values if isinstance(values, list) else []:
        if isinstance(one, Mapping) and str(one.get("value", "")).strip():
            code = str(one["value"]).strip()
            found.setdefault(code, {"code": code, "label": _text(one.get("label") or code, language)})
    return list(found.values())


def _boolean_in(component: Mapping[str, Any], _language: str, _key: str, _notes: list[Note]) -> Raw:
    return {"type": "boolean"} | _default(component)


def _computed_in(component: Mapping[str, Any], _language: str, key: str, notes: list[Note]) -> Raw:
    return {
        "type": "computed",
        "expression": _feel(str(component.get("expression") or ""), "expression", key, notes) or "null",
    }


def _attachment_in(component: Mapping[str, Any], _language: str, _key: str, _notes: list[Note]) -> Raw:
    accept = component.get("accept")
    endings = [one.strip().removeprefix(".") for one in accept.split(",")] if isinstance(accept, str) else []
    # a kind of media such as image/* is no ending
    types = [one for one in endings if one and "/" not in one]
    return {
        "type": "attachment",
        "max_items": 20 if component.get("multiple") else 1,
        **({"types": types} if types else {}),
    }


def _table_in(component: Mapping[str, Any], _language: str, key: str, notes: list[Note]) -> Raw:
    rows = component.get("defaultRepetitions")
    if component.get("allowAddRemove") is False and component.get("isRepeating") is not False:
        notes.append(Note(code="repetition_unbounded", key=key))
    return {"type": "table"} | ({"min_rows": rows} if isinstance(rows, int) and 1 < rows <= 200 else {})


def _default(component: Mapping[str, Any]) -> Raw:
    value = component.get("defaultValue")
    if value is None or value == "" or isinstance(value, dict):
        return {}
    return {"default": msgspec.json.encode(value).decode() if isinstance(value, str) else value}


def _part(component: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = component.get(name)
    return part if isinstance(part, Mapping) else {}


def _text(value: Any, language: str) -> dict[str, str]:
    words = re.sub(r"[ \t]+", " ", str(value)).strip()
    return {"zh" if language.startswith("zh") else "en": words}


READERS: Mapping[str, Callable[[Mapping[str, Any], str, str, list[Note]], Raw]] = {
    "textfield": _text_in,
    "textarea": _long_text_in,
    "number": _number_in,
    "datetime": _moment_in,
    "select": _choice_in,
    "radio": _choice_in,
    "checklist": _choice_in,
    "taglist": _choice_in,
    "checkbox": _boolean_in,
    "expression": _computed_in,
    "filepicker": _attachment_in,
    "dynamiclist": _table_in,
}
"""How each component of form-js that asks for something is read."""
