"""What people of the year write into forms: drawn from `library/company/year.json`, within what each form asks for."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from shuli.apps.cases import answers
from shuli.apps.cases.past import filling
from shuli.apps.cases.past.played import PlayedCase
from shuli.apps.directory import queries as directory
from shuli.core import forms as d
from shuli.core.bpmn.graph import Node
from shuli.kit import clock
from shuli.server.play.answering import Answers
from shuli.server.year.story import Story

TRIES = 8
NAMED = d.PersonField | d.DepartmentField


class Replies(Answers):
    """One person's answers at one task."""

    def __init__(self, story: Story, case: PlayedCase, person: str, topic: Mapping[str, Any]) -> None:
        super().__init__(story.chance, clock.local_now())
        self.story, self.case, self.person, self.topic = story, case, person, topic
        self.raw: dict[str, Any] = {}

    def answer(self, sheet: filling.Sheet) -> d.Validation:
        """Return answers that the task's form takes; errors where none were found."""
        if sheet.form is None:
            return d.Validation(values={})
        allowed = answers.rights_at(self.case.version_id, sheet.task.node)
        given = sheet.defaults(self.person)
        found = d.Validation(values={})
        for at in range(TRIES):
            self.generous = at % 2 == 1
            raw = self.written(sheet.form, given, allowed)
            found = sheet.checked(raw, self.person)
            closed = {error.path for error in found.errors if error.code == "not_writable"}
            if closed:
                raw = {key: value for key, value in raw.items() if key not in closed}
                found = sheet.checked(raw, self.person)
            if not found.errors:
                break
        return found

    def start(self, node: Node, form: d.FormDefinition) -> dict[str, Any]:
        """Return the answers to the form that starts a case."""
        allowed = answers.rights_at(self.case.version_id, node.id)
        given = filling.defaults(form, filling.row_of(self.case), self.person)
        found = d.Validation(values={})
        for _ in range(TRIES):
            raw = self.written(form, given, allowed)
            found = answers.check_start(self.case.version_id, node, raw, self.person)
            if not found.errors:
                return dict(found.values)
        raise ValueError(f"Expected answers that start {self.case.graph.key} but found {found.errors}.")

    def written(
        self, form: d.FormDefinition, given: Mapping[str, Any], allowed: Mapping[str, str]
    ) -> dict[str, Any]:
        rest = allowed.get("*", "write")
        self.raw = dict(given)
        for field in d.fields_of(form):
            if field.readonly is True or allowed.get(field.key, rest) != "write":
                self.raw.pop(field.key, None)
                continue
            value = self.value(field)
            if value is not None:
                self.raw[field.key] = value
            companion = d.companion_key(field)
            if companion is not None and not isinstance(field, d.DecisionField):
                self.raw[companion] = "补充说明"
        return self.raw

    def value(self, field: Any) -> Any:
        """Return an answer to one field: the case's own story before what anybody says, then the form's default."""
        told = self.story.told(self.case.graph.key, field.key, self.topic)
        if told is not None:
            return self.drawn(told, field)
        given = self.raw.get(field.key)
        if isinstance(field, d.TableField) and given:
            return [
                {**self.row(field), **{key: cell for key, cell in row.items() if cell is not None}}
                for row in given
            ]
        if given is not None or isinstance(field, d.AttachmentField):
            return None
        if isinstance(field, NAMED):
            return self.named(field, self.member())
        return super().value(field)

    def drawn(self, told: Any, field: Any) -> Any:
        if isinstance(told, str):
            return self.by_name(told, field)
        if isinstance(told, list):
            return self.fitting(self.chance.choice(told), field)
        match told:
            case {"from": low, "to": high}:
                return self.chance.randint(low, high)
            case {"days": [low, high]}:
                day = self.now.date() + timedelta(days=self.chance.randint(low, high))
                return day.isoformat()
        return self.weighed(told, field)

    def by_name(self, told: str, field: Any) -> Any:
        """Return a colleague, the starter's department, or every option."""
        if told == "member":
            return self.named(field, self.member())
        if told == "mine":
            return directory.main_department(self.case.starter)
        return [option.code for option in field.options]

    def weighed(self, told: Mapping[str, int], field: Any) -> Any:
        """Return the code of an option; what is said of options that the field does not have counts for nothing."""
        known = [option.code for option in field.options]
        fits = {code: weight for code, weight in told.items() if code in known or code == "*"}
        if not fits:
            return super().value(field)
        code = self.chance.choices(list(fits), list(fits.values()))[0]
        others = [one for one in known if one not in told]
        return self.chance.choice(others) if code == "*" and others else code

    def fitting(self, value: Any, field: Any) -> Any:
        """Return the value; one text for a list of several where the form asks for one only."""
        if isinstance(field, d.ChoicesField):
            known = {option.code for option in field.options}
            return [code for code in value if code in known] or None
        return value

    def named(self, field: Any, name: str | None) -> Any:
        if isinstance(field, d.DepartmentField):
            name = directory.main_department(self.person)
        return [name] if getattr(field, "many", False) and name else name

    def member(self) -> str:
        """Return somebody of the department that the work is about, else of one's own."""
        variables = self.case.marking.variables
        unit = next(
            (variables[key] for key in self.story.departments if variables.get(key)),
            directory.main_department(self.person),
        )
        return self.chance.choice(directory.members(f"department:{unit}") or [self.person])
