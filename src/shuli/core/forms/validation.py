"""Validate the answers of a form: what may be stored, and what is wrong with the rest."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from shuli.core.forms.answers import (
    Cells,
    decided,
    default_value,
    expected_value,
    proposed_rows,
    right_of,
    right_paths,
)
from shuli.core.forms.checks import checks
from shuli.core.forms.definition import (
    ROW_KEY,
    AutoNumberField,
    Column,
    ComputedField,
    DecisionField,
    FormDefinition,
    RatingField,
    TableField,
    companion_key,
    fields_of,
)
from shuli.core.forms.outcome import (
    Decider,
    FieldError,
    FieldRights,
    FieldState,
    Setting,
    Validation,
    Wrong,
    brief,
    wrong,
)
from shuli.core.forms.rows import current_rows
from shuli.core.forms.scalars import is_empty
from shuli.core.forms.sheet import Sheet, asks_for_companion, make_sheet

DEFAULT_ZONE = "Asia/Shanghai"


def validate(
    form: FormDefinition,
    answers: Mapping[str, object],
    context: Mapping[str, Any],
    rights: FieldRights | None = None,
    complete: bool = True,
    *,
    now: datetime | None = None,
    zone: str = DEFAULT_ZONE,
    person: str | None = None,
    decide: Decider | None = None,
) -> Validation:
    """Return the answers that may be stored, and an error for every answer that may not.

    `context` holds the variables of the case, the present answers of this form among them; an answer that is not given
    counts as unchanged. Unknown answers and those of hidden fields are dropped. What must be filled is asked for only when
    `complete`. `now` serves FEEL's clock and signatures, `zone` moments without an offset, `person` signatures,
    `decide` fields that a decision of the catalogue fills.

    Values are JSON: numbers of at most 15 digits, dates and moments as ISO text (see `definition`). Validating them again
    gives them again. Defaults of fields that can be written are not filled in here but by `initial_values`.
    """
    setting = Setting(
        context=context,
        rights=rights or {},
        complete=complete,
        now=now,
        zone=zone,
        person=person,
        decide=decide,
    )
    if not isinstance(answers, Mapping):
        error = FieldError(path="", code="answers_not_understood", params={"found": brief(answers)})
        return Validation(values={}, errors=(error,))
    sheet = make_sheet(form, answers, setting)
    page = _Page(sheet=sheet)
    for one in fields_of(form):
        if isinstance(one, TableField):
            _settle_table(one, page)
        else:
            _settle_field(one, page)
    return Validation(values=page.values, errors=tuple(page.errors))


def field_state(
    form: FormDefinition,
    answers: Mapping[str, object],
    context: Mapping[str, Any],
    rights: FieldRights | None = None,
    *,
    now: datetime | None = None,
    zone: str = DEFAULT_ZONE,
    decide: Decider | None = None,
) -> dict[str, FieldState]:
    """Return how every field and cell is to be shown, by path.

    Paths: "goal", a column "goals.metric" (for its heading and for new rows), a cell "goals.0.metric".
    """
    setting = Setting(
        context=context,
        rights=rights or {},
        complete=False,
        now=now,
        zone=zone,
        person=None,
        decide=decide,
    )
    return make_sheet(form, answers if isinstance(answers, Mapping) else {}, setting).states


def initial_values(
    form: FormDefinition,
    context: Mapping[str, Any],
    *,
    now: datetime | None = None,
    zone: str = DEFAULT_ZONE,
    person: str | None = None,
    decide: Decider | None = None,
) -> Cells:
    """Return the defaults of all fields that the case holds nothing for, fixed rows included."""
    setting = Setting(
        context=context, rights={}, complete=False, now=now, zone=zone, person=person, decide=decide
    )
    values: Cells = {}
    known = dict(context)
    for one in fields_of(form):
        if isinstance(one, DecisionField):
            # a default may be what the decision above it gives
            known[one.key] = decided(one, known, setting)[0]
            continue
        if not is_empty(context.get(one.key)):
            continue
        if isinstance(one, TableField):
            rows = [dict(row) for row in current_rows(one, proposed_rows(one, known, setting)).values()]
            values |= {one.key: [_with_defaults(one, row, setting) for row in rows]} if rows else {}
        elif not is_empty(default := default_value(one, known, setting)):
            values[one.key] = default
    return values


def _with_defaults(table: TableField, row: Cells, setting: Setting) -> Cells:
    scope = {**setting.context, **row}
    defaults = {column.key: default_value(column, scope, setting) for column in table.columns}
    return {key: value for key, value in defaults.items() if not is_empty(value)} | row


@dataclass(kw_only=True, slots=True)
class _Page:
    """What has been found so far."""

    sheet: Sheet
    values: Cells = field(default_factory=dict)
    errors: list[FieldError] = field(default_factory=list)

    def report(self, path: str, reason: Wrong) -> None:
        at = f"{path}.{reason.path}" if reason.path else path
        self.errors.append(FieldError(path=at, code=reason.code, params=reason.params))


@dataclass(kw_only=True, slots=True)
class _Place:
    """Where a field stands: on the page itself, or in a row of a table."""

    page: _Page
    # path of the row with a dot behind; empty on the page itself
    prefix: str
    given: Cells
    effective: Cells
    current: Mapping[str, Any]
    scope: Cells
    values: Cells

    def problem_of(self, key: str) -> Wrong | None:
        return self.page.sheet.problems.get(self.prefix + key)


def _settle_field(one: Column | AutoNumberField, page: _Page) -> None:
    sheet = page.sheet
    place = _Place(
        page=page,
        prefix="",
        given=sheet.given,
        effective=sheet.effective,
        current=sheet.setting.context,
        scope=sheet.scope,
        values=page.values,
    )
    if sheet.states[one.key].visible:
        _settle(one, place)


def _settle(one: Column | AutoNumberField, place: _Place) -> None:
    state = place.page.sheet.states[place.prefix + one.key]
    if isinstance(one, ComputedField):
        place.values[one.key] = state.value
        if isinstance(one, DecisionField):
            place.values[f"{one.key}_by"] = place.effective.get(f"{one.key}_by")
    elif state.readonly:
        _settle_readonly(one, place)
    else:
        _settle_writable(one, place, required=state.required)


def _settle_readonly(one: Column | AutoNumberField, place: _Place) -> None:
    """Keep what is there, or the default of a field that nobody may change."""
    setting = place.page.sheet.setting
    expected = expected_value(one, place.current, place.prefix, setting)
    if not is_empty(expected) and is_empty(place.current.get(one.key)):
        place.values[one.key] = expected
    companion = companion_key(one)
    for key, kept in [
        (one.key, expected),
        *([(companion, place.current.get(companion))] if companion else []),
    ]:
        changed = key in place.given and not _same(place.given[key], kept)
        if changed or place.problem_of(key):
            place.page.report(place.prefix + key, wrong("not_writable"))
        if place.prefix and key in place.current:
            # a row is stored whole
            place.values.setdefault(key, place.current[key])


def _same(one: Any, other: Any) -> bool:
    return one == other or (is_empty(one) and is_empty(other))


def _settle_writable(one: Column | AutoNumberField, place: _Place, *, required: bool) -> None:
    page, setting = place.page, place.page.sheet.setting
    problem, value = place.problem_of(one.key), place.effective.get(one.key)
    if one.key in place.given or place.prefix:
        # a row is stored whole; a cell that cannot be taken keeps what it held
        place.values[one.key] = value
    if problem:
        page.report(place.prefix + one.key, problem)
    elif not is_empty(value):
        for reason in checks(one, value, place.scope, setting):
            page.report(place.prefix + one.key, reason)
    elif required and setting.complete:
        page.report(place.prefix + one.key, wrong("required"))
    _settle_companion(one, place, ask=setting.complete and not problem)


def _settle_companion(one: Column | AutoNumberField, place: _Place, *, ask: bool) -> None:
    """Keep the text beside "other" only while "other" is chosen; then it must say something."""
    key = companion_key(one)
    if key is None:
        return
    problem = place.problem_of(key)
    wanted = asks_for_companion(one, place.effective.get(one.key))
    text = place.effective.get(key) if wanted and not problem else None
    if one.key in place.given or key in place.given or place.prefix:
        place.values[key] = text
    if problem:
        place.page.report(place.prefix + key, problem)
    elif ask and wanted and is_empty(text) and not isinstance(one, RatingField):
        place.page.report(place.prefix + key, wrong("other_text_required"))


def _settle_table(table: TableField, page: _Page) -> None:
    sheet, key = page.sheet, table.key
    state = sheet.states[key]
    if not state.visible:
        return
    current = current_rows(table, sheet.setting.context.get(key))
    reason = sheet.problems.get(key) or _forbidden(table, state, current, sheet)
    if reason is not None:
        page.report(key, reason)
        return
    if state.readonly:
        return
    rows = sheet.effective[key]
    if key in sheet.given:
        rows = _settle_rows(table, current, page)
        page.values[key] = rows
    if sheet.setting.complete:
        if state.required and not rows:
            page.report(key, wrong("required"))
        for found in checks(table, rows, sheet.scope, sheet.setting):
            page.report(key, found)


def _forbidden(
    table: TableField,
    state: FieldState,
    current: Mapping[str, Mapping[str, Any]],
    sheet: Sheet,
) -> Wrong | None:
    """Return why these rows must not replace those that the case holds."""
    if table.key not in sheet.given:
        return None
    if state.readonly:
        unchanged = _are_same(table, sheet.given[table.key], sheet.effective[table.key])
        return None if unchanged and not _problems_in(table, sheet) else wrong("not_writable")
    kept = {row[ROW_KEY] for row in sheet.given[table.key]}
    return wrong("rows_locked") if _is_locked(table, sheet) and set(current) - kept else None


def _are_same(table: TableField, given: list[Cells], kept: list[Cells]) -> bool:
    """Return whether the given cells are those that are kept; what was not given does not count."""
    computed = {column.key for column in table.columns if isinstance(column, ComputedField)}
    return len(given) == len(kept) and all(
        _same(value, row.get(key))
        for answer, row in zip(given, kept, strict=True)
        for key, value in answer.items()
        if key not in computed
    )


def _problems_in(table: TableField, sheet: Sheet) -> bool:
    return any(path.startswith(f"{table.key}.") for path in sheet.problems)


def _is_locked(table: TableField, sheet: Sheet) -> bool:
    """Return whether there is a column that this node may not write, so that no row may go."""
    return any(
        right_of(sheet.setting, *right_paths(f"{table.key}.{column.key}")) != "write"
        or column.readonly is True
        for column in table.columns
        if not isinstance(column, ComputedField)
    )


def _settle_rows(table: TableField, current: Mapping[str, Mapping[str, Any]], page: _Page) -> list[Cells]:
    sheet, rows = page.sheet, []
    locked = _is_locked(table, sheet)
    rows_with_problems = {path.rpartition(".")[0] for path in sheet.problems}
    for number, effective in enumerate(sheet.effective[table.key]):
        path, key = f"{table.key}.{number}", effective[ROW_KEY]
        may_go = not table.fixed_rows and not (locked and key in current)
        is_right = path not in sheet.problems and path not in rows_with_problems
        if may_go and is_right and _is_blank(table, effective):
            continue
        if path in sheet.problems:
            page.report(path, sheet.problems[path])
            if may_go:
                continue
        place = _Place(
            page=page,
            prefix=f"{path}.",
            given=sheet.given[table.key][number],
            effective=effective,
            current=current.get(key, {}),
            scope=sheet.scopes[path],
            values={ROW_KEY: key},
        )
        _settle_row(table, place)
        if not (may_go and _is_blank(table, place.values)):
            rows.append(place.values)
    return rows


def _settle_row(table: TableField, place: _Place) -> None:
    sheet = place.page.sheet
    for column in table.columns:
        path = place.prefix + column.key
        if sheet.states[path].visible:
            _settle(column, place)
        elif path not in sheet.absent and column.key in place.current:
            # hidden from this node only: what is there stays
            place.values[column.key] = place.current[column.key]


def _is_blank(table: TableField, row: Cells) -> bool:
    cells = (row.get(column.key) for column in table.columns if not isinstance(column, ComputedField))
    return all(is_empty(value) or value is False for value in cells)
