"""What differs between two sets of forms: forms and fields that came, went or changed."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from msgspec import Struct

from shuli.core.forms.definition import FieldBase, FormDefinition, fields_of
from shuli.core.text import Text


class FormDifference(Struct, frozen=True, kw_only=True):
    """One form or field that is not as it was."""

    kind: Literal["added", "removed", "changed"]
    form: str
    title: Text
    field: str = ""  # "": the form as a whole
    label: Text = Text()
    facets: tuple[str, ...] = ()  # of a changed field: which of its parts, as the definition names them


def compare_forms(
    before: Mapping[str, FormDefinition], after: Mapping[str, FormDefinition]
) -> tuple[FormDifference, ...]:
    """Return every difference; nothing for the same forms, and with both exchanged the other way round."""
    return tuple(_all(before, after))


def _all(
    before: Mapping[str, FormDefinition], after: Mapping[str, FormDefinition]
) -> Iterator[FormDifference]:
    for key, form in after.items():
        if key not in before:
            yield FormDifference(kind="added", form=key, title=form.title)
        else:
            yield from _fields(key, before[key], form)
    for key, form in before.items():
        if key not in after:
            yield FormDifference(kind="removed", form=key, title=form.title)


def _fields(key: str, before: FormDefinition, after: FormDefinition) -> Iterator[FormDifference]:
    old = {field.key: field for field in fields_of(before)}
    new = {field.key: field for field in fields_of(after)}
    found = list(_each(key, after.title, old, new))
    yield from found
    if not found and before != after:
        # its title, its sections, their order
        yield FormDifference(kind="changed", form=key, title=after.title)


def _each(
    key: str, title: Text, old: Mapping[str, FieldBase], new: Mapping[str, FieldBase]
) -> Iterator[FormDifference]:
    for name, field in new.items():
        if name not in old:
            yield FormDifference(kind="added", form=key, title=title, field=name, label=field.label)
        elif old[name] != field:
            facets = _facets(old[name], field)
            yield FormDifference(
                kind="changed", form=key, title=title, field=name, label=field.label, facets=facets
            )
    for name, field in old.items():
        if name not in new:
            yield FormDifference(kind="removed", form=key, title=title, field=name, label=field.label)


def _facets(before: FieldBase, after: FieldBase) -> tuple[str, ...]:
    if type(before) is not type(after):
        return ("type",)
    old, new = _told(before), _told(after)
    return tuple(name for name in new if old.get(name) != new[name])


def _told(field: FieldBase) -> dict[str, Any]:
    return {name: getattr(field, name) for name in field.__struct_fields__}
