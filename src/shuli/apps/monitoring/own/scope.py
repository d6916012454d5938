"""What an expression of an own indicator may read: facts of the visit or case, and the fields of the process's forms."""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from msgspec import Struct

from shuli.apps.catalogue import queries as catalogue
from shuli.apps.catalogue.decisions.editing import KINDS, variable_of
from shuli.core.forms import fields_of
from shuli.core.forms.definition import FieldBase
from shuli.core.text import Text
from shuli.kit.feel_words import word
from shuli.kit.forms.shown import in_language


class Fact(Struct, frozen=True, kw_only=True):
    name: str
    type: str  # of FEEL
    label: str | Promise


DURATION, MOMENT = "days and time duration", "date and time"
OF_VISITS = (
    Fact(name="node", type="string", label=_("Key of the step")),
    Fact(name="department", type="string", label=_("Code of the lead department")),
    Fact(name="performer_department", type="string", label=_("Code of the performer’s department")),
    Fact(name="waiting", type=DURATION, label=_("Working time before it was taken up")),
    Fact(name="handling", type=DURATION, label=_("Working time from taking up to closing")),
    Fact(name="paused", type=DURATION, label=_("Working time in which the case was suspended")),
    Fact(name="on_time", type="boolean", label=_("Closed by its due date; null without one")),
    Fact(name="round", type="number", label=_("How many times the case has been at this step")),
    Fact(name="returned", type="boolean", label=_("Closed by sending the work back")),
    Fact(name="transfers", type="number", label=_("Tasks handed to somebody else")),
    Fact(name="opened_at", type=MOMENT, label=_("When it was opened")),
    Fact(name="closed_at", type=MOMENT, label=_("When it was closed")),
)
OF_CASES = (
    Fact(name="completed", type="boolean", label=_("Completed, not ended in another way")),
    Fact(name="cycle", type=DURATION, label=_("Calendar time from start to end")),
    Fact(name="waiting", type=DURATION, label=_("Working time of waiting, of all visits")),
    Fact(name="handling", type=DURATION, label=_("Working time of handling, of all visits")),
    Fact(name="paused", type=DURATION, label=_("Working time of suspension, of all visits")),
    Fact(name="visits", type="number", label=_("Visits closed")),
    Fact(name="late_visits", type="number", label=_("Visits closed after their due date")),
    Fact(name="on_time", type="boolean", label=_("No visit was late")),
    Fact(name="returns", type="number", label=_("Visits that sent the work back")),
    Fact(name="transfers", type="number", label=_("Tasks handed to somebody else")),
    Fact(name="started_at", type=MOMENT, label=_("When it was started")),
    Fact(name="ended_at", type=MOMENT, label=_("When it ended")),
)
OF_BOTH = (
    Fact(name="starter_department", type="string", label=_("Code of the department that started the case")),
    Fact(name="version", type="string", label=_("Number of the version")),
)
FACTS = {"visit": (*OF_VISITS, *OF_BOTH), "case": (*OF_CASES, *OF_BOTH)}


def fields(process: str) -> dict[str, FieldBase]:
    """Return the form fields that a process has or had, by key; sensitive ones are none of an indicator's business."""
    found: dict[str, FieldBase] = {}
    for pk, _number in catalogue.version_numbers(process):
        for form in catalogue.forms(pk).values():
            for field in fields_of(form):
                found.setdefault(field.key, field)
    return {key: field for key, field in found.items() if not field.sensitive}


def scope(process: str, grain: str) -> list[dict[str, str]]:
    """Return every name that an expression may read, with its type and what people call it; facts come first."""
    own = [
        {"name": one.name, "type": one.type, "label": str(one.label), "kind": _kind(one.type)}
        for one in FACTS[grain]
    ]
    taken = {one["name"] for one in own}
    return [*own, *(variable_of(field) for key, field in fields(process).items() if key not in taken)]


def _kind(kind: str) -> str:
    return str(KINDS[kind]) if kind in KINDS else word(kind)


def steps(process: str) -> Iterator[tuple[str, str]]:
    """Give the key and the name of each step of the newest version: what `node` may be."""
    for pk, _number in catalogue.version_numbers(process)[:1]:
        for key, node in catalogue.graph(pk).nodes.items():
            if node.name != Text():
                yield key, in_language(node.name)
