"""Read a form from JSON and name every mistake in it, not only the first."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from shuli.core.forms.definition import Field, FormDefinition
from shuli.core.forms.finding import Finding
from shuli.core.forms.linting import lint_fields, lint_form
from shuli.core.forms.shape import differences


class Reading(Struct, frozen=True, kw_only=True):
    """The form, unless there are errors; and everything found in it, warnings included."""

    form: FormDefinition | None
    findings: tuple[Finding, ...] = ()


def read_form(data: bytes | str | Mapping[str, Any]) -> Reading:
    """Return the form of a JSON text (or of its decoded object) and all mistakes with their paths."""
    if isinstance(data, bytes | str):
        try:
            data = msgspec.json.decode(data)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            return Reading(
                form=None, findings=(Finding(path="", code="not_json", params={"reason": str(error)}),)
            )
    findings = list(differences(data, FormDefinition, ""))
    broken = {finding.path for finding in findings}
    findings += lint_fields(list(_whole_fields(data, broken)))
    if broken:
        return Reading(form=None, findings=tuple(findings))
    form = msgspec.convert(data, FormDefinition)
    findings += lint_form(form)
    is_usable = all(finding.severity == "warning" for finding in findings)
    return Reading(form=form if is_usable else None, findings=tuple(findings))


def write_form(form: FormDefinition) -> bytes:
    """Return the form as indented JSON without properties that have their default, as the library keeps it."""
    return msgspec.json.format(msgspec.json.encode(without_defaults(form)), indent=2) + b"\n"


def without_defaults(value: Any) -> Any:
    """Return a form, or a part of one, as JSON has it, without the properties that have their default."""
    if isinstance(value, Struct):
        config = value.__struct_config__
        kept = {config.tag_field: config.tag} if config.tag_field else {}
        for info in msgspec.structs.fields(value):
            item = getattr(value, info.name)
            if info.required or item != _default_of(info):
                kept[info.encode_name] = without_defaults(item)
        return kept
    if isinstance(value, tuple):
        return [without_defaults(item) for item in value]
    return value


def _default_of(info: msgspec.structs.FieldInfo) -> Any:
    return info.default if info.default is not msgspec.NODEFAULT else info.default_factory()


def _whole_fields(data: Any, broken: set[str]) -> Iterator[tuple[str, Field]]:
    """Yield the fields whose shape is right, so that their other mistakes are named in the same reading."""
    sections = data.get("sections") if isinstance(data, Mapping) else None
    for number, section in enumerate(sections if isinstance(sections, list) else []):
        fields = section.get("fields") if isinstance(section, Mapping) else None
        for place, raw in enumerate(fields if isinstance(fields, list) else []):
            path = f"sections.{number}.fields.{place}"
            if not any(at == path or at.startswith(f"{path}.") for at in broken):
                yield path, msgspec.convert(raw, Field)
