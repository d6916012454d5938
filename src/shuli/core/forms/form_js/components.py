"""One field as a component of form-js, and a component as one field: plain dictionaries both ways.

Schema: https://github.com/bpmn-io/form-js, packages/form-json-schema, version 19.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from shuli.core.text import Text

# More options than this are a list to unfold, as on our own pages.
MOST_BUTTONS = 7

Raw = dict[str, Any]

# form-js has no such type: it is drawn as a text field, and known again by what travels with it
AS_TEXT = frozenset(
    {"person", "department", "post", "case", "signature", "auto_number", "rating", "text_list", "decision"}
)


def component_of(field: Mapping[str, Any], language: str) -> Raw:
    """Return the component of a field that is given as its JSON; only what form-js has a word for."""
    kind = field["type"]
    made: Raw = {"key": field["key"], "label": _words(field.get("label"), language)}
    hint = _words(field.get("hint"), language)
    if hint:
        made["description"] = hint
    made |= WRITERS.get(kind, _as_text)(field, language)
    _conditions_out(field, made)
    return made


def _conditions_out(field: Mapping[str, Any], made: Raw) -> None:
    validate = made.get("validate", {})
    if field.get("required") is True:
        validate = {"required": True, **validate}
    if validate and made["type"] != "expression":
        made["validate"] = validate
    visible, readonly = field.get("visible", True), field.get("readonly", False)
    if visible is not True:
        made["conditional"] = {"hide": f"=not({visible})" if isinstance(visible, str) else "=true"}
    if readonly is not False and made["type"] not in ("expression", "dynamiclist"):
        made["readonly"] = f"={readonly}" if isinstance(readonly, str) else True


def _as_text(field: Mapping[str, Any], _language: str) -> Raw:
    is_ours = field["type"] in ("auto_number", "decision")
    return {"type": "textfield"} | ({"readonly": True} if is_ours else {})


def _text_out(field: Mapping[str, Any], _language: str) -> Raw:
    kept = {
        "minLength": field.get("min_length"),
        "maxLength": field.get("max_length"),
        "pattern": field.get("pattern"),
    }
    found = {name: value for name, value in kept.items() if value}
    return {"type": "textfield"} | ({"validate": found} if found else {}) | _fixed_default(field)


def _long_text_out(field: Mapping[str, Any], language: str) -> Raw:
    return _text_out(field, language) | {"type": "textarea"}


def _number_out(field: Mapping[str, Any], language: str) -> Raw:
    bounds = {name: field.get(name) for name in ("min", "max")}
    found = {name: value for name, value in bounds.items() if isinstance(value, int | float)}
    made: Raw = {"type": "number"} | ({"validate": found} if found else {})
    decimals = field.get("decimals", 2 if field["type"] == "money" else None)
    if decimals is not None:
        made["decimalDigits"] = decimals
    unit = field.get("currency", "CNY") if field["type"] == "money" else _words(field.get("unit"), language)
    return made | ({"appearance": {"suffixAdorner": unit}} if unit else {}) | _fixed_default(field)


def _moment_out(field: Mapping[str, Any], language: str) -> Raw:
    label = {"date": "dateLabel", "time": "timeLabel", "datetime": "dateLabel"}[field["type"]]
    return {"type": "datetime", "subtype": field["type"], label: _words(field.get("label"), language)}


def _choice_out(field: Mapping[str, Any], language: str) -> Raw:
    options = field.get("options", ())
    kind = "radio" if len(options) <= MOST_BUTTONS else "select"
    return {"type": kind, "values": _values(options, language)} | _fixed_default(field)


def _choices_out(field: Mapping[str, Any], language: str) -> Raw:
    options = field.get("options", ())
    kind = "checklist" if len(options) <= MOST_BUTTONS else "taglist"
    return {"type": kind, "values": _values(options, language)} | _fixed_default(field)


def _values(options: Sequence[Mapping[str, Any]], language: str) -> list[Raw]:
    return [{"label": _words(one.get("label"), language), "value": one["code"]} for one in options]


def _boolean_out(field: Mapping[str, Any], _language: str) -> Raw:
    return {"type": "checkbox"} | _fixed_default(field)


def _computed_out(field: Mapping[str, Any], _language: str) -> Raw:
    return {"type": "expression", "expression": f"={field['expression']}", "computeOn": "change"}


def _attachment_out(field: Mapping[str, Any], _language: str) -> Raw:
    types = ",".join(f".{one}" for one in field.get("types", ()))
    return {"type": "filepicker", "multiple": field.get("max_items", 20) > 1} | (
        {"accept": types} if types else {}
    )


def _table_out(field: Mapping[str, Any], language: str) -> Raw:
    fixed = field.get("fixed_rows", ())
    made: Raw = {
        "type": "dynamiclist",
        "path": field["key"],
        "isRepeating": True,
        "allowAddRemove": not fixed,
        "defaultRepetitions": len(fixed) or max(field.get("min_rows", 0), 1),
        "components": [component_of(column, language) for column in field.get("columns", ())],
    }
    return made


def _fixed_default(field: Mapping[str, Any]) -> Raw:
    """Return a default that is a value; what FEEL reckons stays at home."""
    value = field.get("default")
    if isinstance(value, str):
        try:
            value = msgspec.json.decode(value) if value.startswith('"') else None
        except msgspec.DecodeError:
            value = None
    return {} if value is None else {"defaultValue": value}


def _words(text: Any, language: str) -> str:
    if text is None:
        return ""
    return (text if isinstance(text, Text) else Text(**text)).in_language(language)


WRITERS: Mapping[str, Callable[[Mapping[str, Any], str], Raw]] = {
    "text": _text_out,
    "long_text": _long_text_out,
    "number": _number_out,
    "money": _number_out,
    "date": _moment_out,
    "time": _moment_out,
    "datetime": _moment_out,
    "choice": _choice_out,
    "choices": _choices_out,
    "boolean": _boolean_out,
    "computed": _computed_out,
    "attachment": _attachment_out,
    "table": _table_out,
}
"""How each type is drawn in form-js; all others are text fields there."""
