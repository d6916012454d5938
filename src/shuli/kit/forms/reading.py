"""Put a filled form together for reading."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shuli.core.forms import (
    AttachmentField,
    ChoicesField,
    FieldState,
    FormDefinition,
    LongTextField,
    TableField,
    TextListField,
    companion_key,
    mask,
)
from shuli.core.forms.definition import ROW_KEY
from shuli.kit.forms.entry import people_in
from shuli.kit.forms.shown import NOTHING, Names, Words, in_language, shown

WIDE = LongTextField | ChoicesField | TextListField | AttachmentField
MASKED = "****"


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadField:
    label: str
    key: str
    words: Words
    is_wide: bool = False
    # masked, and may be shown on demand
    is_masked: bool = False
    table: "ReadTable | None" = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadTable:
    columns: Sequence[str]
    has_labels: bool
    # label of a fixed row, and its cells
    rows: Sequence[tuple[str, Sequence[Words]]]


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadSection:
    title: str
    columns: int
    fields: Sequence[ReadField]


def read_view(
    form: FormDefinition, answers: Mapping[str, Any], states: Mapping[str, FieldState] | None = None
) -> list[ReadSection]:
    """Return the sections of a filled form; hidden fields are left out, sensitive ones masked."""
    names = Names(people_in(form, answers))
    sections = []
    for section in form.sections:
        visible = [one for one in section.fields if _is_visible(one.key, states)]
        fields = [_field(one, answers, names, states) for one in visible]
        if fields:
            sections.append(
                ReadSection(title=in_language(section.title), columns=section.columns, fields=fields)
            )
    return sections


def _is_visible(path: str, states: Mapping[str, FieldState] | None) -> bool:
    return states is None or path not in states or states[path].visible


def _field(
    one: Any, answers: Mapping[str, Any], names: Names, states: Mapping[str, FieldState] | None
) -> ReadField:
    label, value = in_language(one.label), answers.get(one.key)
    if isinstance(one, TableField):
        rows = [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []
        if not rows:
            return ReadField(label=label, key=one.key, words=NOTHING)
        return ReadField(
            label=label, key=one.key, words="", is_wide=True, table=_table(one, rows, names, states)
        )
    return ReadField(
        label=label,
        key=one.key,
        words=_words(one, value, answers, names),
        is_wide=isinstance(one, WIDE),
        is_masked=one.sensitive and bool(value),
    )


def _words(one: Any, value: Any, cells: Mapping[str, Any], names: Names) -> Words:
    if one.sensitive and value:
        # whoever asked for the answers may have masked them already
        return str(value) if MASKED in str(value) else mask(value)
    key = companion_key(one)
    return shown(one, value, names, cells.get(key) if key else None)


def _table(
    one: TableField,
    rows: Sequence[Mapping[str, Any]],
    names: Names,
    states: Mapping[str, FieldState] | None,
) -> ReadTable:
    labels = {row.key: in_language(row.label) for row in one.fixed_rows}
    columns = [column for column in one.columns if _is_visible(f"{one.key}.{column.key}", states)]
    return ReadTable(
        columns=[in_language(column.label) for column in columns],
        has_labels=bool(labels),
        rows=[
            (
                labels.get(str(row.get(ROW_KEY)), ""),
                [_words(column, row.get(column.key), row, names) for column in columns],
            )
            for row in rows
        ],
    )
