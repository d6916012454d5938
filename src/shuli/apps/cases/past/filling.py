"""Forms of a case that is played in memory: asked, checked and kept by the same rules as on a page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from shuli.apps.cases import answers, store
from shuli.apps.cases.filled_forms import filled_form
from shuli.apps.cases.models import Case, Comment, Task
from shuli.apps.cases.past.played import PlayedCase
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.catalogue.decisions import queries as decisions
from shuli.core.bpmn.graph import Node
from shuli.core.engine.marking import Seat, Visit
from shuli.core.forms import FormDefinition, Validation, initial_values
from shuli.kit import clock


@dataclass(kw_only=True)
class Sheet:
    """A task of a case with its form, if it has one."""

    row: Case
    task: Task
    form: FormDefinition | None

    def defaults(self, person: str) -> dict[str, Any]:
        """Return what a page fills in before anybody types."""
        return defaults(self.form, self.row, person, self.task) if self.form is not None else {}

    def checked(self, raw: Mapping[str, Any], person: str) -> Validation:
        return answers.check(self.row, self.task, raw, person, complete=True)

    def is_signed(self, values: Mapping[str, Any]) -> bool:
        """Say whether whoever fills the form signs with it."""
        return any(values.get(key) for key in answers.signatures(self.row, self.task))


def sheet_of(case: PlayedCase, visit: Visit, seat: Seat) -> Sheet:
    row = row_of(case)
    task = Task(
        node=visit.node,
        visit_number=visit.id,
        seat=seat.id,
        role=seat.role,
        seat_key=seat.key,
        holder=seat.holder or "",
        opened_at=visit.opened_at,
    )
    return Sheet(row=row, task=task, form=answers.form_of(row, task))


def row_of(case: PlayedCase) -> Case:
    """Return the case as the functions of forms read it."""
    row = Case(pk=case.id, number=case.number, version_id=case.version_id, variables=case.marking.variables)
    if case.marking.scopes:
        # What a step knows that is done once for each item stands with its place.
        row.marking = msgspec.json.decode(store.encode_marking(case.marking)[0])
    return row


def defaults(form: FormDefinition, row: Case, person: str, task: Task | None = None) -> dict[str, Any]:
    around = answers.context(row, person, task)
    return initial_values(form, around, now=clock.local_now(), person=person, decide=decisions.decide)


def start_form(version_id: int) -> tuple[Node, FormDefinition | None]:
    return catalogue.start_node(version_id), answers.start_form(version_id)


def keep(
    case: PlayedCase, node: str, form: str, values: Mapping[str, Any], person: str, sheet: Sheet | None = None
) -> None:
    """Keep a filled form with the case; without a sheet it is the one that started it."""
    visit, seat = (sheet.task.visit_number, sheet.task.seat_key) if sheet else (None, "")
    filled = filled_form(row_of(case), node, visit, form, seat, values, person)
    case.records.append(filled.record)
    case.decisions += filled.decisions
    case.search |= filled.search


def say(case: PlayedCase, node: str, author: str, text: str, at: datetime) -> None:
    """Let somebody say something on the case."""
    case.comments.append(Comment(case_id=case.id, node=node, author=author, text=text, at=at))
