"""The properties of what is chosen, each as a control: one row a kind of property."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from msgspec import Struct

from shuli.apps.catalogue import queries as register
from shuli.apps.catalogue.decisions import queries as decisions
from shuli.core.forms.definition import FieldBase, FormDefinition, Section, TableField
from shuli.core.text import Text
from shuli.kit.forms.parts import PROPERTIES, TYPES
from shuli.kit.forms.shown import in_language

LISTS = frozenset({"options", "kinds", "rules", "fixed_rows", "columns"})
KINDS: Mapping[str, str] = {
    **dict.fromkeys(("label", "hint", "title", "unit", "pattern_message", "message"), "words"),
    **dict.fromkeys(("guidance", "example"), "long_words"),
    **dict.fromkeys(("required", "visible", "readonly"), "condition"),
    **dict.fromkeys(("default", "expression", "condition"), "feel"),
    **dict.fromkeys(("min_length", "max_length", "rows", "decimals", "min_items", "max_items", "min_rows", "max_rows"), "whole"),
    **dict.fromkeys(("sensitive", "searchable", "many", "other", "text"), "check"),
    "types": "commas",
}  # fmt: skip

# Properties under a head of their own, folded until they are wanted.
GROUPS: tuple[tuple[str, frozenset[str]], ...] = (
    ("main", frozenset({"label", "key", "title", "columns", "table", "document", "options", "expression", "decision", "currency",
                        "unit", "many", "process", "kinds", "types", "min", "max", "text", "other", "code", "rows"})),
    ("help", frozenset({"hint", "example", "guidance"})),
    ("when", frozenset({"required", "visible", "readonly"})),
    ("checks", frozenset()),
)  # fmt: skip

# What a part of a list is, empty.
EMPTY: Mapping[str, Mapping[str, Any]] = {
    "options": {"code": "", "label": {"zh": "", "en": ""}},
    "kinds": {"key": "", "label": {"zh": "", "en": ""}},
    "rules": {"condition": "true", "message": {"zh": "", "en": ""}},
    "fixed_rows": {"key": "", "label": {"zh": "", "en": ""}},
    "columns": {"type": "text", "key": "", "label": {"zh": "", "en": ""}},
}


@dataclass(frozen=True, kw_only=True)
class Control:
    """One property: the file that draws it, where it stands in the form, and what it holds."""

    kind: str
    path: str
    name: str
    label: str
    value: Any = None
    choices: Sequence[tuple[str, str]] = ()
    rows: Sequence["Row"] = ()
    empty: Any = None

    @property
    def id(self) -> str:
        return "p-" + self.path.replace(".", "-")


@dataclass(frozen=True, kw_only=True)
class Row:
    """One part of a list, such as an option."""

    path: str
    name: str
    controls: Sequence[Control]


@dataclass(frozen=True, kw_only=True)
class Group:
    name: str
    head: str
    is_open: bool
    controls: Sequence[Control]


@dataclass(frozen=True, kw_only=True)
class Panel:
    """Everything that can be said of the form, a section, a field or a column."""

    path: str
    head: str
    kind: str  # form, section, field, column
    type: str = ""
    types: Sequence[tuple[str, str]] = ()
    groups: Sequence[Group] = field(default_factory=list)
    above: str = ""  # of a column: its table


def part_at(form: FormDefinition, path: str) -> Any:
    """Return the form, section, field or column at a path such as sections.0.fields.2.columns.1; None where nothing is."""
    part: Any = form
    for step in path.split(".") if path else ():
        if step.isdigit():
            part = part[int(step)] if isinstance(part, tuple) and int(step) < len(part) else None
        else:
            part = getattr(part, step, None)
    return part if isinstance(part, FormDefinition | Section | FieldBase) else None


def panel_of(form: FormDefinition, path: str) -> Panel:
    """Return the panel for what is chosen; of the form itself where nothing is."""
    part = part_at(form, path)
    if part is None:
        part, path = form, ""
    kind = _kind_of(part, path)
    tag = str(part.__struct_config__.tag or "")
    return Panel(
        path=path,
        head=in_language(getattr(part, "label", None) or part.title) or pgettext("form", "Section"),
        kind=kind,
        type=tag,
        types=_types(kind),
        groups=list(_groups(part, path)),
        above=path.rpartition(".columns.")[0] if kind == "column" else "",
    )


def _kind_of(part: Struct, path: str) -> str:
    if ".columns." in path:
        return "column"
    if isinstance(part, FormDefinition):
        return "form"
    return "section" if isinstance(part, Section) else "field"


def _types(kind: str) -> list[tuple[str, str]]:
    if kind not in ("field", "column"):
        return []
    barred = {"table", "auto_number"} if kind == "column" else set()
    return [(code, str(name)) for code, name in TYPES.items() if code not in barred]


def _groups(part: Struct, path: str) -> Iterator[Group]:
    heads = {
        "main": "",
        "help": _("Help"),
        "when": pgettext("group of properties", "Conditions"),
        "checks": _("Checks and more"),
    }
    left = [info for info in msgspec.structs.fields(part) if info.name not in ("sections", "fields")]
    if isinstance(part, FormDefinition):
        # its key is how steps name it; it never changes
        left = [info for info in left if info.name != "key"]
    for name, members in GROUPS:
        own = [info for info in left if not members or info.name in members]
        left = [info for info in left if info not in own]
        controls = [control(part, info.name, path) for info in own]
        if controls:
            is_open = name in ("main", "when") or any(_is_said(part, info) for info in own)
            yield Group(name=name, head=str(heads[name]), is_open=is_open, controls=controls)


def _is_said(part: Struct, info: Any) -> bool:
    value = getattr(part, info.name)
    return value not in (None, (), "", False, Text()) and value != info.default


def control(part: Struct, name: str, path: str) -> Control:
    """Return the control of one property."""
    value = getattr(part, name)
    at = f"{path}.{name}".removeprefix(".")
    label = str(PROPERTIES[name])
    if name in LISTS and isinstance(value, tuple):
        rows = list(_rows(part, name, value, at))
        return Control(kind=_list_kind(name), path=at, name=name, label=label, rows=rows, empty=EMPTY[name])
    return Control(
        kind=_kind(part, name),
        path=at,
        name=name,
        label=label,
        value=_written(value),
        choices=_choices(name, value),
    )


def _list_kind(name: str) -> str:
    return "columns" if name == "columns" else "list"


def _kind(part: Struct, name: str) -> str:
    if name in ("min", "max"):
        # a rating's highest is a plain number
        return "whole" if part.__struct_config__.tag == "rating" else "feel"
    return KINDS.get(name) or ("select" if _choices(name, None) else "line")


def _choices(name: str, value: Any) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    if name == "columns":
        found = [("1", _("one column")), ("2", _("two columns"))]
    elif name == "process":
        found = [("", _("any process")), *register.choices()]
    elif name == "decision":
        found = [(row.key, in_language(row.names)) for row in decisions.decisions()]
    elif name == "shows":
        found = [("", "—"), *((code, str(TYPES[code])) for code in ("department", "post", "person"))]
    if found and value and str(value) not in [code for code, _name in found]:
        found.append((str(value), str(value)))
    return found


def _written(value: Any) -> Any:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    if isinstance(value, bool | str | Text | int) or value is None:
        return value
    return msgspec.json.encode(value).decode()


def _rows(part: Struct, name: str, values: Sequence[Any], path: str) -> Iterator[Row]:
    for number, one in enumerate(values):
        at = f"{path}.{number}"
        named = in_language(getattr(one, "label", Text())) or getattr(one, "key", "") or str(number + 1)
        if name == "columns":
            yield Row(path=at, name=f"{named} · {TYPES[str(one.__struct_config__.tag)]}", controls=())
            continue
        controls = [
            control(one, info.name, at) for info in msgspec.structs.fields(one) if info.name != "values"
        ]
        if name == "fixed_rows" and isinstance(part, TableField):
            controls += [_cell(column, one.values, at) for column in part.columns]
        yield Row(path=at, name=named, controls=controls)


def _cell(column: FieldBase, values: Mapping[str, Any], path: str) -> Control:
    value = values.get(column.key)
    return Control(
        kind="value", path=f"{path}.values.{column.key}", name=column.key, label=in_language(column.label),
        value=value if isinstance(value, str) or value is None else msgspec.json.encode(value).decode(),
    )  # fmt: skip
