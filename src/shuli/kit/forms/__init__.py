"""Forms on pages: a `FormDefinition` as accessible HTML to fill in or to read, errors at their fields."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from shuli.core.forms import (
    ComputedField,
    DecisionField,
    FieldError,
    FieldRights,
    FieldState,
    FormDefinition,
    TableField,
    companion_key,
    field_state,
    fields_of,
    initial_values,
)
from shuli.kit import clock
from shuli.kit.forms.entry import form_view, withheld
from shuli.kit.forms.reading import read_view
from shuli.kit.forms.sentences import error_words
from shuli.kit.forms.shown import Names, shown
from shuli.kit.forms.sources import Sources, sources
from shuli.kit.forms.views import FormView

__all__ = [
    "Sources",
    "entry_html",
    "error_words",
    "form_view",
    "read_html",
    "read_view",
    "sources",
    "states_for_page",
]


def entry_html(
    form: FormDefinition,
    answers: Mapping[str, Any],
    context: Mapping[str, Any],
    rights: FieldRights | None = None,
    errors: Iterable[FieldError] = (),
    *,
    person: str = "",
    heading: bool = True,
    space: str = "",
) -> SafeString:
    """Return a form to fill in, with what was answered so far, the defaults, and the errors at their fields.

    `answers` may be raw, as they came from a post that was refused. `person` is who signs;
    `space` tells the ids of several forms of plain fields on one page apart.
    """
    now = clock.local_now()
    given = {
        **initial_values(form, context, now=now, person=person or None, decide=sources.decide),
        **answers,
    }
    states = field_state(form, given, context, rights, now=now, decide=sources.decide)
    view = form_view(form, given, states, errors, person=person, rights=rights)
    context_of_page = {"form": _apart(view, space), "heading": heading, "space": space}
    return render_to_string("kit/fields/form.html", context_of_page)


def _apart(view: FormView, space: str) -> FormView:
    if not space:
        return view
    sections = [
        replace(section, fields=[replace(one, space=space) for one in section.fields])
        for section in view.sections
    ]
    return replace(view, sections=sections)


def read_html(
    form: FormDefinition,
    answers: Mapping[str, Any],
    context: Mapping[str, Any] | None = None,
    rights: FieldRights | None = None,
    *,
    reveal_url: str = "",
    prefix: str = "",
) -> SafeString:
    """Return a filled form to read; with `reveal_url` masked answers can be shown one by one.

    `prefix` tells the ids of several forms on one page apart.
    """
    states = field_state(form, answers, {**(context or {}), **answers}, rights, now=clock.local_now())
    sections = read_view(form, answers, states)
    return render_to_string(
        "kit/fields/read.html", {"sections": sections, "reveal_url": reveal_url, "prefix": prefix}
    )


def states_for_page(
    form: FormDefinition,
    answers: Mapping[str, Any],
    context: Mapping[str, Any],
    rights: FieldRights | None = None,
) -> dict[str, dict[str, Any]]:
    """Return what the island `form` asks for while somebody types: how every field is to be shown now.

    The view that answers `data-state-url` sends this as JSON.
    """
    states = field_state(form, answers, context, rights, now=clock.local_now(), decide=sources.decide)
    computed = _computed_fields(form)
    page: dict[str, dict[str, Any]] = {}
    for path, state in states.items():
        if withheld(rights or {}, path):
            continue
        page[path] = {"visible": state.visible, "required": state.required, "readonly": state.readonly}
        one = computed.get(path) or computed.get(_column_path(path))
        if one is not None and state.visible:
            page[path]["shown"] = str(shown(one, state.value, Names(), _by(one, path, states)))
            page[path]["is_html"] = isinstance(one, DecisionField)
    return page


def _by(one: ComputedField, path: str, states: dict[str, FieldState]) -> Any:
    """Return what decided a field that a decision fills."""
    key = companion_key(one)
    state = states.get(path.removesuffix(one.key) + key) if key else None
    return state.value if state else None


def _column_path(path: str) -> str:
    """Return goals.total for goals.0.total."""
    return ".".join(part for part in path.split(".") if not part.isdigit())


def _computed_fields(form: FormDefinition) -> dict[str, ComputedField]:
    found = {one.key: one for one in fields_of(form) if isinstance(one, ComputedField)}
    for table in (one for one in fields_of(form) if isinstance(one, TableField)):
        found |= {f"{table.key}.{one.key}": one for one in table.columns if isinstance(one, ComputedField)}
    return found
