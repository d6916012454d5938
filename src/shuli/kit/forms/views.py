"""Values that the templates of a form draw."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from shuli.core.forms.definition import FieldBase

# Types that need the whole width even where a section has two columns.
Template = str


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldView:
    """One field or cell: how it stands on the page."""

    one: FieldBase
    # goals.0.metric
    path: str
    # goals-0-metric
    name: str
    label: str
    # the file under kit/fields that draws the control
    template: Template
    value: Any = None
    # the answer as it is read, for what cannot be written here
    words: Any = ""
    required: bool = False
    visible: bool = True
    readonly: bool = False
    # several controls under one legend
    is_group: bool = False
    is_wide: bool = False
    # in a table the label is only read out
    is_cell: bool = False
    errors: Sequence[str] = ()
    hint: str = ""
    example: str = ""
    guidance: str = ""
    # what the control's template needs beside the value
    extra: dict[str, Any] = field(default_factory=dict)
    # tells the ids of several forms on one page apart
    space: str = ""

    @property
    def id(self) -> str:
        """Return the id of the control, or of the first one of a group."""
        return f"f-{self.space}{self.name}"

    @property
    def described_by(self) -> str:
        """Return the ids of what is read out with the control."""
        parts = [f"{self.id}-error"] if self.errors else []
        return " ".join([*parts, f"{self.id}-hint"] if self.hint else parts)


@dataclass(frozen=True, kw_only=True, slots=True)
class RowView:
    number: int | str
    key: str
    # the label of a fixed row
    label: str
    cells: Sequence[FieldView]
    errors: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class SectionView:
    title: str
    columns: int
    fields: Sequence[FieldView]


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """A line of the summary above a form that came back."""

    id: str
    label: str
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FormView:
    title: str
    # 表3, Form 3
    table: str
    guidance: str
    sections: Sequence[SectionView]
    problems: Sequence[Problem] = ()
    # an answer may show, hide or require other fields
    is_conditional: bool = False
