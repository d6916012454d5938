"""The 47 papers as data; one that a form of the library fills takes its fields from that form."""

import json
from functools import lru_cache
from importlib import resources
from typing import Any, Literal

from msgspec import Struct, convert

from shuli.core.forms import AttachmentField, FormDefinition, TableField, read_form
from shuli.core.text import Text

LABEL = "label_of_row"  # the column that names a fixed row
FREE_ROWS = 6


class Named(Struct, frozen=True, kw_only=True):
    """A field of a paper: what it is called, and the variable of the case that fills it."""

    key: str
    label: Text


class Head(Struct, frozen=True, kw_only=True, tag="head"):
    title: Text


class Facts(Struct, frozen=True, kw_only=True, tag="facts"):
    facts: tuple[Named, ...]


class Words(Struct, frozen=True, kw_only=True, tag="words"):
    """Room for a text, with a hint at what belongs there."""

    key: str
    title: Text
    hint: Text = Text()


class Rows(Struct, frozen=True, kw_only=True, tag="rows"):
    """A table; `labels` name its rows where they are always the same."""

    key: str
    title: Text
    columns: tuple[Named, ...]
    rows: int = FREE_ROWS
    labels: tuple[Text, ...] = ()


Block = Head | Facts | Words | Rows


class Blank(Struct, frozen=True, kw_only=True):
    """One paper."""

    key: str
    name: Text
    kind: Literal["word", "excel"]
    blocks: tuple[Block, ...]
    table: str = ""  # what the handbooks or the list of tables call it: 表3, T05
    process: str = ""  # whose step makes it
    document: str = ""  # under which key


@lru_cache(maxsize=1)
def blanks() -> tuple[Blank, ...]:
    """Return all papers in the order of the handbooks' list."""
    file = resources.files("shuli.library") / "papers" / "papers.json"
    return tuple(_blank(entry) for entry in json.loads(file.read_text(encoding="utf-8")))


def blank(key: str) -> Blank | None:
    return next((one for one in blanks() if one.key == key), None)


def blank_for(process: str, document: str) -> Blank | None:
    """Return the paper of a process's document, where one ships."""
    return next((one for one in blanks() if (one.process, one.document) == (process, document)), None)


def of_form(form: FormDefinition, kind: Literal["word", "excel"] = "word") -> Blank:
    """Return the paper that has a form's fields."""
    return Blank(
        key=form.key,
        name=form.title,
        kind=kind,
        table=form.table or "",
        document=form.document or "",
        blocks=tuple(_blocks_of(form)),
    )


def _blank(entry: dict[str, Any]) -> Blank:
    name = convert(entry["name"], Text)
    facts = {key: entry.get(key, "") for key in ("table", "process", "document")}
    if "form" not in entry:
        blocks = tuple(_block(one) for one in entry["blocks"])
        return Blank(key=entry["key"], name=name, kind=entry["kind"], blocks=blocks, **facts)
    form = _form(entry["process"], entry["form"])
    facts["table"] = form.table or ""
    blocks = tuple(_blocks_of(form))
    return Blank(key=entry["key"], name=name, kind=entry["kind"], blocks=blocks, **facts)


def _form(process: str, key: str) -> FormDefinition:
    file = resources.files("shuli.library") / "processes" / process / "forms" / f"{key}.json"
    form = read_form(json.loads(file.read_text(encoding="utf-8"))).form
    if form is None:
        raise LookupError(f"Expected a form {key} of {process} that can be read but found none.")
    return form


def _block(entry: dict[str, Any]) -> Block:
    if "facts" in entry:
        return convert({"type": "facts", **entry}, Facts)
    if "table" in entry:
        return convert({"type": "rows", "key": entry["table"], **entry}, Rows)
    return convert({"type": "words", "key": entry["text"], **entry}, Words)


def _blocks_of(form: FormDefinition) -> list[Block]:
    """Return a form's sections: single fields together, each table by itself; files are no part of a paper."""
    blocks: list[Block] = []
    for section in form.sections:
        if section.title != Text():
            blocks.append(Head(title=section.title))
        single: list[Named] = []
        for field in section.fields:
            if isinstance(field, AttachmentField):
                continue
            if isinstance(field, TableField):
                blocks += [Facts(facts=tuple(single))] if single else []
                blocks.append(_rows(field))
                single = []
            else:
                single.append(Named(key=field.key, label=field.label))
        blocks += [Facts(facts=tuple(single))] if single else []
    return blocks


def _rows(table: TableField) -> Rows:
    columns = tuple(Named(key=column.key, label=column.label) for column in table.columns)
    labels = tuple(row.label for row in table.fixed_rows)
    return Rows(key=table.key, title=table.label, columns=columns, labels=labels)
