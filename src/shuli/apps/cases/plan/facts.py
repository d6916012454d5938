"""How far the tasks of a plan are. Nothing here asks the database or the clock."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Literal

from msgspec import Struct

from shuli.core.forms import (
    ChoiceField,
    DateField,
    DepartmentField,
    FormDefinition,
    PersonField,
    TableField,
    TextField,
    fields_of,
)

State = Literal["pending", "running", "done", "delayed"]
# The columns by which a table of a form is known as a plan.
START, DUE, STATUS = "start", "due", "status"


class PlanTable(Struct, frozen=True, kw_only=True):
    """Which column of a table of tasks says what."""

    key: str  # of the table, which is the variable
    name: str
    department: str | None
    person: str | None


class HandedIn(Struct, frozen=True, kw_only=True):
    """A piece of the work that is done: by whom, until when it was due, when it was handed in."""

    person: str
    due: date | None
    on: date


class Progress(Struct, frozen=True, kw_only=True):
    """What the engine knows of the work on a plan."""

    is_begun: bool  # its tasks have been handed out
    is_over: bool  # the case has ended: what was not handed in then never will be
    waiting: frozenset[Any]  # keys of rows whose task is open
    touched: frozenset[Any]  # of those, whose performer has begun
    handed_in: tuple[HandedIn, ...]


class PlanTask(Struct, frozen=True, kw_only=True):
    """One row of a plan, as it stands today."""

    name: str
    department: str
    person: str
    start: date
    due: date
    state: State
    done_on: date | None = None

    @property
    def is_late(self) -> bool:
        """Say whether it is late, or was when it was handed in."""
        return self.state == "delayed" or (self.done_on is not None and self.done_on > self.due)


def plan_table(forms: Iterable[FormDefinition]) -> PlanTable | None:
    """Return the first table that is a plan: rows with a name, the dates `start` and `due`, and a `status`."""
    for form in forms:
        for field in fields_of(form):
            found = _as_plan(field) if isinstance(field, TableField) else None
            if found is not None:
                return found
    return None


def _as_plan(table: TableField) -> PlanTable | None:
    kinds = {column.key: type(column) for column in table.columns}
    wanted = {START: DateField, DUE: DateField, STATUS: ChoiceField}
    name = _first(table, TextField)
    if name is None or any(kinds.get(key) is not kind for key, kind in wanted.items()):
        return None
    return PlanTable(
        key=table.key, name=name, department=_first(table, DepartmentField), person=_first(table, PersonField)
    )


def _first(table: TableField, kind: type) -> str | None:
    return next((column.key for column in table.columns if isinstance(column, kind)), None)


def tasks_of(
    table: PlanTable, rows: Sequence[Mapping[str, Any]], progress: Progress, today: date
) -> list[PlanTask]:
    """Return the tasks of a plan in its order; a row without both dates is none yet."""
    people = Counter(str(row.get(table.person or "") or "") for row in rows)
    found = []
    for at, row in enumerate(rows):
        start, due = _day(row.get(START)), _day(row.get(DUE))
        if start is None or due is None:
            continue
        person = str(row.get(table.person or "") or "")
        on = _handed_in(person, due, progress, is_only=people[person] == 1)
        state = _state(row_key(row, at), due, on, progress, today)
        found.append(
            PlanTask(
                name=str(row.get(table.name) or ""),
                department=str(row.get(table.department or "") or ""),
                person=person,
                start=start,
                due=max(start, due),
                state=state,
                done_on=on if state == "done" else None,
            )
        )
    return found


def row_key(row: Mapping[str, Any], at: int) -> Any:
    """Return by what a row is known again: its own number, else its place."""
    return row.get("row", at)


def _handed_in(person: str, due: date, progress: Progress, *, is_only: bool) -> date | None:
    """Return when somebody handed a task in last: known by its date, or because they have no other in the plan."""
    mine = [one for one in progress.handed_in if one.person == person]
    return max((one.on for one in mine if is_only or one.due == due), default=None)


def _state(key: Any, due: date, on: date | None, progress: Progress, today: date) -> State:
    is_handed_in = on is not None if progress.is_over else key not in progress.waiting
    if progress.is_begun and is_handed_in:
        return "done"
    if due < today:
        return "delayed"
    return "running" if key in progress.touched else "pending"


def _day(value: Any) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
