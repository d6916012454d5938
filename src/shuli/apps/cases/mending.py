"""What stopped a case, in words, and the form by which its variables are corrected."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from msgspec.structs import replace

from shuli.apps.cases import wording
from shuli.apps.cases.models import Case, Incident
from shuli.apps.catalogue import queries as catalogue
from shuli.core.bpmn.graph import Node, ProcessGraph
from shuli.core.feel import ExpressionError, compile_expression
from shuli.core.forms import (
    AttachmentField,
    AutoNumberField,
    BooleanField,
    ComputedField,
    FormDefinition,
    NumberField,
    Section,
    SignatureField,
    TableField,
    TextField,
    fields_of,
    parse_post,
)
from shuli.core.text import Text

# What a person can correct in one box; the others belong to the form that asked for them.
NOT_HERE = AttachmentField | AutoNumberField | ComputedField | SignatureField | TableField


@dataclass(frozen=True, kw_only=True)
class Cause:
    """An incident as whoever mends it reads it."""

    sentence: str
    expected: str
    found: str


def cause(graph: ProcessGraph, row: Incident, name: str) -> Cause:
    """Return what was expected and what was found; `name` is what the node is called."""
    sentence = wording.incident(row.code, {**row.params, "node": name})
    return Cause(sentence=sentence, expected=_expected(graph, row), found=_found(row.params))


def _expected(graph: ProcessGraph, row: Incident) -> str:
    conditions = row.params.get("conditions")
    if row.code == "no_condition_true" and conditions:
        texts = conditions.values() if isinstance(conditions, Mapping) else conditions
        return _("one of these is true: %(conditions)s") % {"conditions": _("; ").join(map(str, texts))}
    if row.params.get("expression"):
        return _("a value of %(expression)s") % {"expression": row.params["expression"]}
    if row.code == "nobody_to_assign":
        node = graph.nodes.get(row.node)
        rule = node.duty.lead if node else None
        return _("somebody who can take the task: %(rule)s") % {"rule": row.params.get("value") or rule or ""}
    return str(wording.EXPECTED.get(row.code, ""))


def _found(params: Mapping[str, Any]) -> str:
    values = params.get("values")
    if isinstance(values, Mapping) and values:
        return _("; ").join(f"{name} = {value}" for name, value in values.items())
    return str(params.get("problem") or params.get("found") or wording.failure_words(params))


def variables_of(graph: ProcessGraph, row: Incident) -> list[str]:
    """Return the variables on which the incident hangs, for the form that corrects them."""
    values = row.params.get("values")
    named = list(values) if isinstance(values, Mapping) else []
    node = graph.nodes.get(row.node)
    return list(dict.fromkeys([*named, *(_read_by(node) if node else ())]))


def _read_by(node: Node) -> Iterable[str]:
    duty = node.duty
    sources = [duty.lead, duty.performer.value if duty.performer else None]
    sources += [flow.condition for flow in node.outgoing]
    return sorted({name for source in sources if source for name in _variables(source)})


def _variables(source: str) -> frozenset[str]:
    try:
        return frozenset(compile_expression(source).variables)
    except ExpressionError:
        return frozenset()


def form_for(case: Case, names: Iterable[str]) -> FormDefinition:
    """Return a form of these variables, each of the type that the process's forms give it, else of its value's."""
    known = {one.key: one for form in catalogue.forms(case.version_id).values() for one in fields_of(form)}
    found = [_field(known.get(name), name, case.variables.get(name)) for name in names]
    fields = tuple(one for one in found if one is not None)
    return FormDefinition(key="correction", title=Text(), sections=(Section(fields=fields),))


def _field(known: Any, name: str, value: Any) -> Any:
    if isinstance(known, NOT_HERE):
        return None
    if known is not None:
        return replace(known, required=False, visible=True, readonly=False, rules=())
    label = Text(zh=name, en=name)
    if isinstance(value, bool):
        return BooleanField(key=name, label=label)
    if isinstance(value, int | float):
        return NumberField(key=name, label=label)
    return TextField(key=name, label=label) if value is None or isinstance(value, str) else None


def unknown(case: Case, names: Iterable[str]) -> list[str]:
    """Return the names that neither a form of the process nor the case knows, or that cannot be corrected so."""
    wanted = list(names)
    fields = {one.key for one in fields_of(form_for(case, wanted))}
    asked = {one.key for form in catalogue.forms(case.version_id).values() for one in fields_of(form)}
    return [
        name for name in wanted if name not in fields or (name not in asked and name not in case.variables)
    ]


def posted(case: Case, number: int, post: QueryDict) -> dict[str, Any]:
    """Return the corrections that a page posted for an incident; boxes that were not on it are not read."""
    row = Incident.objects.filter(case=case, number=number).first()
    if row is None:
        return {}
    form = form_for(case, variables_of(catalogue.graph(case.version_id), row))
    raw = parse_post(form, dict(post.lists()))
    return {key: value for key, value in raw.items() if any(name.startswith(key) for name in post)}
