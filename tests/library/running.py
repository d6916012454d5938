"""A library process run by the people of the example company, in the database, form by form."""

from random import Random

from shuli.apps.cases import operations
from shuli.apps.cases.models import Case, Incident, Task
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.directory import queries as directory
from shuli.core.forms import AttachmentField, PersonField, SignatureField, fields_of
from shuli.kit import clock
from shuli.server.play.answering import Answers
from shuli.server.play.company import PLAYER


def load():
    """Load the example company and the library."""
    from shuli.apps.catalogue.operations import install_library
    from shuli.apps.directory.example_company import load_example_company

    load_example_company()
    assert [one for one in install_library() if one.is_refused] == []


def member(pool: str) -> str:
    return directory.members(pool)[0]


class Running:
    """One case; what a test does not say is filled in as the form asks for it."""

    def __init__(self, case_id: int) -> None:
        self.id = case_id

    @classmethod
    def start(cls, process: str, person: str, **answers) -> "Running":
        version = catalogue.version_in_force(process)
        key = catalogue.start_node(version.pk).duty.form
        filled = fill(version.pk, key, {}, {}, person, answers) if key else answers
        outcome = operations.start_case(process, person, filled)
        assert isinstance(outcome, operations.Done), outcome
        return cls(outcome.case_id)

    @property
    def case(self) -> Case:
        return Case.objects.get(pk=self.id)

    @property
    def variables(self) -> dict:
        return self.case.variables

    @property
    def open(self) -> list[str]:
        return sorted(self.tasks().values_list("node", flat=True))

    def tasks(self):
        return Task.objects.filter(case_id=self.id, state="open")

    def task(self, node: str, **which) -> Task:
        found = self.tasks().filter(node=node, **which).first()
        assert found is not None, f"{node} is not open but {self.open}, {self.incidents}"
        return found

    @property
    def incidents(self) -> list[tuple[str, str]]:
        rows = Incident.objects.filter(case_id=self.id, resolved_at=None)
        return list(rows.values_list("node", "code"))

    def do(
        self, node: str, person: str = "", which: dict | None = None, signed: bool = True, **answers
    ) -> "Running":
        """Complete a step as whoever has it."""
        task = self.task(node, **(which or {}))
        person = person or task.holder or member(task.pool)
        outcome = operations.complete(
            task.pk, person, self.answers(task, person, answers), operations.Verdict(signed=signed)
        )
        assert isinstance(outcome, operations.Done), (node, outcome)
        return self

    def answers(self, task: Task, person: str, said: dict) -> dict:
        version = self.case.version_id
        duty = catalogue.graph(version).nodes[task.node].duty
        seat = next((one for one in duty.seats if one.key == task.seat_key), None)
        key = seat.form if seat else duty.form
        known = {**self.variables, "user": person}
        return fill(version, key, known, {} if seat else duty.rights, person, said) if key else said


def fill(version: int, key: str, known: dict, rights, person: str, said: dict) -> dict:
    """Return answers to a form: what is said, and for the rest what the form asks for."""
    form = catalogue.form(version, key)
    made = Answers(Random(1), clock.now()).fill(form, {**known, **said}, rights).values
    fields = {field.key: field for field in fields_of(form)}
    writable = {
        name: value
        for name, value in made.items()
        if not _is_closed(fields.get(name), rights, name)
        and not isinstance(fields.get(name), AttachmentField)
    }
    for name, field in fields.items():
        if isinstance(field, PersonField) and name in writable:
            writable[name] = [person] if field.many else person
        if isinstance(field, SignatureField) and name in writable:
            writable[name] = True
    kept = {name: known[name] for name in writable if known.get(name) is not None}
    return {name: person if value == PLAYER else value for name, value in writable.items()} | kept | said


def _is_closed(field, rights, name: str) -> bool:
    access = rights.get(name, rights.get("*", "write"))
    return access != "write" or bool(field and field.readonly is True)
