"""What a table's columns and values are called in the active language."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shuli.apps.catalogue.decisions import queries
from shuli.apps.catalogue.models import Decision, DecisionVersion
from shuli.core.feel import compile_expression
from shuli.core.feel.dmn import DecisionTable, Input, Model, Output
from shuli.core.feel.dmn.decided import main_table
from shuli.core.feel.dmn.texts import english_labels
from shuli.core.forms import DepartmentField, PostField
from shuli.core.forms.definition import FieldBase
from shuli.kit.forms.shown import Names, in_language

CHINESE = re.compile(r"[\u4e00-\u9fff]")
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')


def is_chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


def name_of(decision: Decision) -> str:
    return in_language(decision.names)


@dataclass(frozen=True, kw_only=True)
class Labels:
    """The wording of one version or draft of a decision."""

    decision: Decision
    model: Model
    names: Names = field(default_factory=Names)

    @cached_property
    def table(self) -> DecisionTable | None:
        return main_table(self.model)

    @cached_property
    def english(self) -> Mapping[str, str]:
        return english_labels(self.model)

    @cached_property
    def fields(self) -> Mapping[str, FieldBase]:
        return queries.fields(self.decision)

    def column(self, part: Input | Output) -> str:
        """Return what a column is called: its own label, the field that it reads, else its expression."""
        source = part.expression if isinstance(part, Input) else part.name
        english = self.english.get(part.id, "")
        own = part.label if is_chinese() else english or ("" if CHINESE.search(part.label) else part.label)
        found = self.fields.get(source)
        return own or (in_language(found.label) if found else "") or part.label or english or source

    def choices(self, part: Input | Output) -> dict[str, str]:
        """Return the codes that a column's values may be, each with what people read for it."""
        source = part.expression if isinstance(part, Input) else part.name
        variables = [*compile_expression(source).variables] if source.strip() else []
        found = self.fields.get(variables[0]) if len(variables) == 1 else None
        if found is None:
            return {}
        if isinstance(found, DepartmentField):
            return dict(self.names.departments)
        if isinstance(found, PostField):
            return dict(self.names.posts)
        if getattr(found, "shows", "") == "department":
            return dict(self.names.departments)
        options = getattr(found, "options", ())
        return {option.code: in_language(option.label) for option in options}

    def value(self, part: Input | Output, text: str) -> str:
        """Return FEEL text as people read it: codes by their names, true and false as yes and no."""
        plain = {"true": _("Yes"), "false": _("No"), "null": "—", "-": "–"}.get(text.strip())
        if plain is not None:
            return str(plain)
        known = self.known_values(part)
        return QUOTED.sub(lambda found: known.get(found[1], found[1]), text)

    def known_values(self, part: Input | Output) -> dict[str, str]:
        """Return the names of all codes that a column knows: of its field, or of the field that an output fills."""
        found = self.choices(part)
        if isinstance(part, Output) and not found:
            for one in self.fields.values():
                if getattr(one, "decision", "") == self.decision.key:
                    shows = getattr(one, "shows", "")
                    options = {
                        option.code: in_language(option.label) for option in getattr(one, "options", ())
                    }
                    return dict(self.names.departments) if shows == "department" else options
        return found

    def annotation(self, texts: Sequence[str]) -> str:
        """Return a row's annotation in the active language: the column whose title is written in it."""
        titles = self.table.annotations if self.table else ()
        zh = is_chinese()
        fitting = [
            text
            for title, text in zip(titles, texts, strict=False)
            if text and bool(CHINESE.search(title)) == zh
        ]
        others = [text for text in texts if text and bool(CHINESE.search(text)) == zh]
        return next(iter([*fitting, *others, *filter(None, texts)]), "")


def labels_of(version: DecisionVersion) -> Labels:
    """Return the wording of a published version."""
    return Labels(decision=version.decision, model=queries.model(version.pk))
