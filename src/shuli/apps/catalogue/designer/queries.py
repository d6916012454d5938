"""What is asked about the forms of a draft: which there are, which steps use them, what expressions may read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from shuli.apps.catalogue.decisions.editing import variable_of
from shuli.apps.catalogue.models import Draft, Process
from shuli.apps.catalogue.studio import queries as studio
from shuli.core.bpmn import compile_process, read_bpmn
from shuli.core.bpmn.graph import Node
from shuli.core.forms import Change, FieldRights, FormDefinition, fields_of, form_changes, read_form
from shuli.core.text import Text
from shuli.kit.forms.shown import in_language


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step that shows a form, with what it may do to its fields."""

    id: str
    name: Text
    rights: FieldRights


def draft_of(process: Process, wanted: str) -> Draft | None:
    """Return the draft that an address names, else the newest that somebody may go on with."""
    if wanted.isdecimal():
        found = studio.draft(int(wanted))
        return found if found is not None and found.process_id == process.pk else None
    live = studio.drafts(process.key)
    return studio.draft(live[0].pk) if live else None


def loose_form(raw: Any) -> FormDefinition | None:
    """Return a form whose shape is right, mistakes and all; None where it cannot even be drawn."""
    try:
        return msgspec.convert(raw, FormDefinition)
    except (msgspec.ValidationError, RecursionError):
        return None


def steps_using(draft: Draft, key: str) -> list[Step]:
    """Return the steps that show a form, in the order of the model."""
    return [
        Step(id=node.id, name=node.name if node.name != Text() else Text(zh=node.id), rights=node.duty.rights)
        for node in _nodes(draft).values()
        if key in _forms_of(node)
    ]


def uses(draft: Draft) -> dict[str, list[str]]:
    """Return for every form the names of the steps that show it."""
    found: dict[str, list[str]] = {key: [] for key in draft.forms}
    for node in _nodes(draft).values():
        for key in _forms_of(node):
            found.setdefault(key, []).append(in_language(node.name) or node.id)
    return found


def _nodes(draft: Draft) -> Mapping[str, Node]:
    document = read_bpmn(draft.bpmn.encode()).document
    graph = compile_process(document).graph if document is not None else None
    return graph.nodes if graph is not None else {}


def _forms_of(node: Node) -> list[str]:
    named = (node.duty.form, *(seat.form for seat in node.duty.seats))
    return [key for key in dict.fromkeys(named) if key]


def scope(draft: Draft, key: str, form: FormDefinition | None) -> list[dict[str, str]]:
    """Return the variables that expressions of a form may read: its own fields, then those of the other forms."""
    found: dict[str, dict[str, str]] = {}
    others = [read_form(raw).form for name, raw in draft.forms.items() if name != key]
    for one in (form, *others):
        for field in fields_of(one) if one is not None else ():
            found.setdefault(field.key, variable_of(field))
    return list(found.values())


@dataclass(frozen=True, kw_only=True)
class Versus:
    """A version beside which the draft's form is held."""

    pk: int
    name: str
    is_new: bool  # the version has no such form
    changes: tuple[Change, ...]


def versus(draft: Draft, key: str, pk: str) -> Versus | None:
    """Return what differs from a version of the process: the one asked for, else that which the draft began as."""
    rows = draft.process.versions.order_by("-pk")
    row = rows.filter(pk=int(pk)).first() if pk.isdecimal() else draft.based_on or rows.first()
    now = loose_form(draft.forms.get(key))
    if row is None or now is None:
        return None
    before = loose_form(row.forms.get(key))
    return Versus(
        pk=row.pk,
        name=_("Version %(number)s") % {"number": row.number},
        is_new=before is None,
        changes=form_changes(before, now) if before is not None else (),
    )


def versions(draft: Draft) -> list[tuple[int, str]]:
    rows = draft.process.versions.order_by("-pk").values_list("pk", "number")
    return [(pk, _("Version %(number)s") % {"number": number}) for pk, number in rows]
