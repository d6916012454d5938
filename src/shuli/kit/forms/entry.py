"""Put a form together for entry: every field with its control, value, state and errors."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from shuli.core.forms import (
    AttachmentField,
    AutoNumberField,
    ComputedField,
    DecisionField,
    FieldError,
    FieldRights,
    FieldState,
    FormDefinition,
    PersonField,
    SignatureField,
    TableField,
    TextListField,
    companion_key,
    fields_of,
    post_name,
)
from shuli.core.forms.definition import ROW_KEY, FieldBase
from shuli.kit.components.words import table_name
from shuli.kit.forms.controls import Control, Place, control
from shuli.kit.forms.sentences import error_words
from shuli.kit.forms.shown import Names, in_language, shown
from shuli.kit.forms.views import FieldView, FormView, Problem, RowView, SectionView

States = Mapping[str, FieldState]
NEW_ROW = "__n__"

SHOWN_ALWAYS = FieldState(visible=True, required=False, readonly=False)


@dataclass(kw_only=True, slots=True)
class Filling:
    """What a form is filled with."""

    answers: Mapping[str, Any]
    states: States
    errors: Sequence[FieldError]
    names: Names
    person: str = ""
    rights: FieldRights = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def state(self, path: str, column: str = "") -> FieldState:
        return self.states.get(path) or self.states.get(column) or SHOWN_ALWAYS

    def is_withheld(self, path: str) -> bool:
        """Return whether this step may not see the field at all; what a condition hides may still appear."""
        return withheld(self.rights, path)

    def words_at(self, one: FieldBase, path: str) -> list[str]:
        """Return what is wrong with a field: with itself, its companion, or an item of its list."""
        companion = companion_key(one)
        companions = {path.removesuffix(one.key) + companion} if companion else set()
        owns_items = isinstance(one, TextListField | AttachmentField)
        kinds = {kind.key: in_language(kind.label) for kind in getattr(one, "kinds", ())}
        return [
            error_words(error, kinds)
            for error in self.errors
            if error.path == path
            or error.path in companions
            or (owns_items and error.path.startswith(f"{path}."))
        ]


def withheld(rights: FieldRights, path: str) -> bool:
    """Return whether these rights hide a field, column or cell by its path such as goals.0.metric."""
    column = ".".join(part for part in path.split(".") if not part.isdigit())
    given = (rights[name] for name in (column, column.partition(".")[0], "*") if name in rights)
    return next(given, "write") == "hidden"


def form_view(
    form: FormDefinition,
    answers: Mapping[str, Any],
    states: States,
    errors: Iterable[FieldError] = (),
    *,
    person: str = "",
    rights: FieldRights | None = None,
) -> FormView:
    """Return the form as its templates draw it, filled with what was answered and what is wrong with that."""
    names = Names([*people_in(form, answers), *([person] if person else [])])
    filling = Filling(
        answers=answers,
        states=states,
        errors=tuple(errors),
        names=names,
        person=person,
        rights=rights or {},
    )
    sections = [
        SectionView(
            title=in_language(section.title),
            columns=section.columns,
            fields=[_field(one, filling) for one in section.fields if not filling.is_withheld(one.key)],
        )
        for section in form.sections
    ]
    return FormView(
        title=in_language(form.title),
        table=table_name(form.table),
        guidance=in_language(form.guidance),
        sections=sections,
        problems=filling.problems,
        is_conditional=any(_is_conditional(one) for one in fields_of(form)),
    )


def people_in(form: FormDefinition, answers: Mapping[str, Any]) -> list[str]:
    """Return every username among the answers, so that all names are asked for at once."""
    found: list[str] = []
    for one in fields_of(form):
        value = answers.get(one.key)
        if isinstance(one, TableField):
            rows = [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []
            found += [
                name
                for row in rows
                for column in one.columns
                for name in _people(column, row.get(column.key))
            ]
        else:
            found += _people(one, value)
    return found


def _people(one: FieldBase, value: Any) -> list[str]:
    if isinstance(one, SignatureField):
        return [str(value["by"])] if isinstance(value, Mapping) and "by" in value else []
    if not isinstance(one, PersonField) or not value:
        return []
    return [str(code) for code in value] if isinstance(value, list) else [str(value)]


def _is_conditional(one: FieldBase) -> bool:
    conditions = (one.required, one.visible, one.readonly)
    own = isinstance(one, ComputedField) or any(isinstance(condition, str) for condition in conditions)
    return own or (isinstance(one, TableField) and any(_is_conditional(column) for column in one.columns))


def _field(one: Any, filling: Filling) -> FieldView:
    state = filling.state(one.key)
    # what is reckoned is shown as it is now, not as an earlier round left it
    is_reckoned = isinstance(one, ComputedField) and one.key in filling.states
    value = state.value if is_reckoned else filling.answers.get(one.key, state.value)
    if isinstance(one, TableField):
        return _table(one, value, state, filling)
    return _view(one, value, _Spot(path=one.key, state=state, cells=filling.answers), filling)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Spot:
    """Where a field stands: on the page, or in a row with its own cells."""

    path: str
    state: FieldState
    cells: Mapping[str, Any]
    is_cell: bool = False
    row_label: str = ""


def _view(one: Any, value: Any, spot: _Spot, filling: Filling) -> FieldView:
    key = companion_key(one)
    companion = spot.cells.get(key) if key else None
    if isinstance(one, DecisionField) and key:
        companion = filling.state(spot.path.removesuffix(one.key) + key).value
    name = post_name(spot.path)
    place = Place(
        names=filling.names, name=name, companion=companion, is_cell=spot.is_cell, person=filling.person
    )
    drawn = _drawn(one, value, spot.state, place)
    errors = filling.words_at(one, spot.path)
    label = in_language(one.label)
    filling.problems += [
        Problem(id=f"f-{name}", label=f"{spot.row_label} {label}".strip(), words=words) for words in errors
    ]
    return FieldView(
        one=one,
        path=spot.path,
        name=name,
        label=f"{spot.row_label} {label}".strip() if spot.is_cell else label,
        template=f"kit/fields/{drawn.template}.html",
        value="" if drawn.value is None else drawn.value,
        words=shown(one, value, filling.names, companion),
        required=spot.state.required,
        visible=spot.state.visible,
        readonly=drawn.template == "words",
        is_group=drawn.is_group,
        is_wide=drawn.is_wide,
        is_cell=spot.is_cell,
        errors=errors,
        hint=in_language(one.hint),
        example=in_language(one.example),
        guidance=in_language(one.guidance),
        extra=drawn.extra,
    )


def _drawn(one: Any, value: Any, state: FieldState, place: Place) -> Control:
    """Return the control, or plain words for what this step may not write."""
    found = control(one, value, place)
    if not state.readonly or isinstance(one, ComputedField | AutoNumberField):
        return found
    return Control(template="words", value=value, extra={}, is_wide=found.is_wide)


def _table(one: TableField, value: Any, state: FieldState, filling: Filling) -> FieldView:
    rows = [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []
    labels = {row.key: in_language(row.label) for row in one.fixed_rows}
    if one.fixed_rows:
        known = {str(row.get(ROW_KEY)): row for row in rows}
        rows = [{**row.values, **known.get(row.key, {}), ROW_KEY: row.key} for row in one.fixed_rows]
    elif not state.readonly:
        rows += [{}] * (max(one.min_rows, 1) - len(rows))
    columns = [column for column in one.columns if _has_place(one, column, filling)]
    views = [_row(one, number, row, labels, filling) for number, row in enumerate(rows)]
    can_grow = not one.fixed_rows and not state.readonly
    extra = {
        "columns": [in_language(column.label) for column in columns],
        "rows": views,
        "new_row": _row(one, NEW_ROW, {}, {}, filling) if can_grow else None,
        "has_labels": bool(labels),
        "can_grow": can_grow,
        "least": one.min_rows,
        "most": one.max_rows,
    }
    errors = filling.words_at(one, one.key)
    name = post_name(one.key)
    label = in_language(one.label)
    filling.problems += [Problem(id=f"f-{name}", label=label, words=words) for words in errors]
    return FieldView(
        one=one,
        path=one.key,
        name=name,
        label=label,
        template="kit/fields/table.html",
        required=state.required,
        visible=state.visible,
        readonly=state.readonly,
        is_group=True,
        is_wide=True,
        errors=errors,
        hint=in_language(one.hint),
        example=in_language(one.example),
        guidance=in_language(one.guidance),
        extra=extra,
    )


def _has_place(table: TableField, column: FieldBase, filling: Filling) -> bool:
    path = f"{table.key}.{column.key}"
    return filling.state(path).visible and not filling.is_withheld(path)


def _row(
    table: TableField, number: int | str, row: Mapping[str, Any], labels: Mapping[str, str], filling: Filling
) -> RowView:
    key = str(row.get(ROW_KEY) or "")
    label = labels.get(key, "")
    cells = []
    for column in table.columns:
        whole = f"{table.key}.{column.key}"
        if not _has_place(table, column, filling):
            continue
        path = f"{table.key}.{number}.{column.key}"
        state = filling.state(path, whole)
        spot = _Spot(path=path, state=state, cells=row, is_cell=True, row_label=label)
        cells.append(_view(column, row.get(column.key, state.value), spot, filling))
    errors = [error_words(error) for error in filling.errors if error.path == f"{table.key}.{number}"]
    return RowView(number=number, key=key, label=label, cells=cells, errors=errors)
