"""The forms, field by field."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from shuli.apps.catalogue import presentation, queries
from shuli.apps.catalogue.handbook import words as w
from shuli.apps.documents.paper import Block, Cell, Column, Grid, Heading, Words
from shuli.apps.documents.paper.content import cell
from shuli.core.bpmn.graph import ProcessGraph
from shuli.core.forms import (
    ChoiceField,
    ChoicesField,
    ComputedField,
    Field,
    FormDefinition,
    NumberField,
    TableField,
)
from shuli.core.text import Text
from shuli.kit.components.words import joined, table_name

Row = tuple[Cell, ...]


def form_blocks(version_id: int, graph: ProcessGraph) -> Iterator[Block]:
    """Yield each form with its fields, in the order in which the process asks for them."""
    forms = queries.forms(version_id)
    for key in presentation.forms_in_order(version_id, graph):
        form = forms[key]
        yield Heading(text=" · ".join(filter(None, [presentation.words(form.title), table_name(form.table)])))
        used = [w.titled(node) for node in graph.nodes.values() if node.duty.form == key]
        yield Words(text=_("Filled in at: %(steps)s") % {"steps": joined(used)} if used else "", look="quiet")
        yield form_grid(form)


def form_grid(form: FormDefinition) -> Grid:
    columns = (
        Column(title=_("Field"), width=2),
        Column(title=_("Kind"), width=1.3),
        Column(title=_("Required"), width=1),
        Column(title=_("How to fill it in"), width=4),
    )
    rows: list[Row] = []
    for section in form.sections:
        title = presentation.words(section.title)
        if title:
            rows.append((cell(title, columns=4, look="band"),))
        rows += [row for field in section.fields for row in _field_rows(field)]
    return Grid(columns=columns, rows=tuple(rows))


def _field_rows(field: Field) -> Iterator[Row]:
    yield _field_row(field, presentation.words(field.label))
    for column in field.columns if isinstance(field, TableField) else ():
        yield _field_row(column, f"· {presentation.words(column.label)}")


def _field_row(field: Field, name: str) -> Row:
    required = _("yes") if field.required is True else _("depends") if isinstance(field.required, str) else ""
    unit = presentation.words(field.unit) if isinstance(field, NumberField | ComputedField) else ""
    return (
        cell(name),
        cell(f"{KINDS[str(field.__struct_config__.tag)]()}" + (f" ({unit})" if unit else "")),
        w.centred(required),
        cell(*_said(field)),
    )


def _said(field: Field) -> Iterator[str]:
    if isinstance(field, ChoiceField | ChoicesField):
        yield " / ".join(presentation.words(option.label) for option in field.options)
    for text in (field.hint, field.guidance):
        yield presentation.words(text)
    if field.example != Text():
        yield _("For example: %(text)s") % {"text": presentation.words(field.example)}


KINDS = {
    "text": lambda: _("one line"),
    "long_text": lambda: _("text"),
    "number": lambda: _("number"),
    "money": lambda: _("amount"),
    "date": lambda: _("date"),
    "time": lambda: _("time of day"),
    "datetime": lambda: _("date and time"),
    "choice": lambda: _("one of several"),
    "choices": lambda: _("several of several"),
    "person": lambda: _("person"),
    "department": lambda: _("department"),
    "post": lambda: _("post"),
    "case": lambda: _("another case"),
    "attachment": lambda: _("files"),
    "text_list": lambda: _("list"),
    "signature": lambda: _("signature"),
    "auto_number": lambda: _("number, given by the program"),
    "rating": lambda: _("rating"),
    "boolean": lambda: _("yes or no"),
    "computed": lambda: _("reckoned"),
    "decision": lambda: _("decided by a table"),
    "table": lambda: _("table"),
}
