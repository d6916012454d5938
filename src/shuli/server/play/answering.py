"""Make up the answers of a form: one for each field, of the kind and within the bounds that the form asks for."""

from collections.abc import Callable, Mapping
from datetime import datetime
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from shuli.core import forms as d
from shuli.core.forms import FieldRights, FormDefinition, Validation, validate
from shuli.server.play.company import PLAYER

ZONE = "Asia/Shanghai"
TRIES = 12
LONG_ENOUGH = 20


class Answers:
    """Draw the answers of forms by chance."""

    def __init__(self, chance: Random, now: datetime, language: str = "zh") -> None:
        self.chance = chance
        self.now = now.astimezone(ZoneInfo(ZONE))
        self.language = language
        self.generous = False  # tick everything

    def fill(self, form: FormDefinition, variables: Mapping[str, Any], rights: FieldRights) -> Validation:
        """Return answers that the form takes; what could not be made up to its taste stays among the errors."""
        best = self.attempt(form, variables, rights)
        for at in range(TRIES):
            if not best.errors:
                break
            # what has to be complete is never so by chance
            self.generous = at % 2 == 0
            best = min(best, self.attempt(form, variables, rights), key=lambda one: len(one.errors))
        return best

    def attempt(self, form: FormDefinition, variables: Mapping[str, Any], rights: FieldRights) -> Validation:
        """Return one draw, without the answers that nobody may give here."""
        drawn = self.draw(form)
        found = validated(form, drawn, variables, rights, self.now)
        closed = {error.path for error in found.errors if error.code == "not_writable"}
        if not closed:
            return found
        open_ones = {key: value for key, value in drawn.items() if key not in closed}
        return validated(form, open_ones, variables, rights, self.now)

    def draw(self, form: FormDefinition) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for field in d.fields_of(form):
            value = self.value(field)
            if value is not None:
                found[field.key] = value
            companion = d.companion_key(field)
            if companion is not None:
                found[companion] = self.words(field.label, 2, 200)
        return found

    def value(self, field: d.Field) -> Any:
        """Return an answer to one field, None where nobody types it."""
        draw = DRAWS.get(type(field))
        return draw(self, field) if draw else None

    def words(self, label: d.Text, shortest: int, longest: int) -> str:
        base = label.in_language(self.language) or "text"
        return (base * (shortest // max(len(base), 1) + 1))[: max(min(longest, LONG_ENOUGH), shortest)]

    def number(self, field: Any) -> float | int:
        low = field.min if isinstance(field.min, int | float) else 1
        high = field.max if isinstance(field.max, int | float) else low + 9
        drawn = self.chance.randint(int(low), max(int(low), int(high)))
        return max(drawn, low)

    def several(self, field: Any, make: Callable[[], Any]) -> list[Any]:
        return [make() for _ in range(max(field.min_items, 1))]

    def codes(self, field: d.ChoicesField) -> list[str]:
        most = min(len(field.options), field.max_items)
        wanted = most if self.generous else min(most, max(field.min_items, 1))
        return [option.code for option in self.chance.sample(field.options, wanted)]

    def files(self, field: d.AttachmentField) -> list[dict[str, Any]]:
        kinds = [kind.key for kind in field.kinds for _ in range(kind.min)]
        kinds += [field.kinds[0].key if field.kinds else ""] * (field.min_items - len(kinds))
        ending = field.types[0] if field.types else "pdf"
        return [{"id": at, "name": f"example.{ending}", "kind": kind} for at, kind in enumerate(kinds, 1)]

    def rows(self, field: d.TableField) -> list[dict[str, Any]]:
        fixed = [{**row.values, d.definition.ROW_KEY: row.key} for row in field.fixed_rows]
        count = max(field.min_rows - len(fixed), 0 if fixed else 1)
        rows: list[dict[str, Any]] = [*fixed, *({} for _ in range(count))]
        return [{**self.row(field), **row} for row in rows]

    def row(self, field: d.TableField) -> dict[str, Any]:
        cells = {column.key: self.value(column) for column in field.columns}
        return {key: value for key, value in cells.items() if value is not None}


def validated(
    form: FormDefinition,
    answers: Mapping[str, Any],
    variables: Mapping[str, Any],
    rights: FieldRights,
    now: datetime,
) -> Validation:
    """Return what a form says to answers given now, by whoever plays."""
    # today() in a form is the day where whoever plays is
    here = now.astimezone(ZoneInfo(ZONE))
    return validate(form, answers, dict(variables), rights, now=here, zone=ZONE, person=PLAYER)


def _option(answers: Answers, field: d.ChoiceField) -> Any:
    return answers.chance.choice(field.options).code if field.options else None


def _one_or_many(value: str) -> Callable[[Answers, Any], Any]:
    return lambda _answers, field: [value] if field.many else value


# Each row takes the type that it stands for.
DRAWS: Mapping[type[Any], Callable[[Answers, Any], Any]] = {
    d.TextField: lambda a, field: a.words(field.label, field.min_length, field.max_length),
    d.LongTextField: lambda a, field: a.words(field.label, field.min_length, field.max_length),
    d.NumberField: lambda a, field: a.number(field),
    d.MoneyField: lambda a, field: a.number(field),
    d.DateField: lambda a, _field: a.now.date().isoformat(),
    d.TimeField: lambda a, _field: a.now.strftime("%H:%M:%S"),
    d.DateTimeField: lambda a, _field: a.now.isoformat(),
    d.ChoiceField: _option,
    d.ChoicesField: lambda a, field: a.codes(field),
    d.PersonField: _one_or_many(PLAYER),
    d.DepartmentField: _one_or_many("service"),
    d.PostField: _one_or_many("post"),
    d.CaseField: lambda _answers, _field: "1",
    d.AttachmentField: lambda a, field: a.files(field),
    d.TextListField: lambda a, field: a.several(field, lambda: a.words(field.label, 1, field.max_length)),
    d.SignatureField: lambda _answers, _field: True,
    d.RatingField: lambda a, field: a.chance.randint(1, field.max),
    d.BooleanField: lambda a, _field: a.generous or a.chance.choice([True, False]),
    d.TableField: lambda a, field: a.rows(field),
}
