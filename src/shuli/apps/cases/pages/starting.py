"""What the pages that start a process show."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from django.urls import reverse
from django.utils.translation import gettext as _

from shuli.apps.cases import answers, presentation, queries
from shuli.apps.catalogue import queries as catalogue
from shuli.core.forms import FieldError
from shuli.kit.components.moments import moment_within
from shuli.kit.components.values import Action
from shuli.kit.forms import entry_html


def start_page(
    key: str, raw: Mapping[str, Any], person: str, errors: Iterable[FieldError] = (), *, number: str = ""
) -> dict[str, Any]:
    """Return what the page that starts a process shows."""
    version = catalogue.version_to_start(key, number)
    node, form = catalogue.start_node(version.pk), answers.start_form(version.pk)
    allowed = answers.rights_at(version.pk, node.id)
    draft = queries.start_draft(person, key)
    actions = [Action(label=_("Start"), icon="check", is_primary=True, form="start")]
    if form:
        to = reverse("cases:start_draft", args=[key])
        actions.append(Action(label=_("Save draft"), icon="notes", form="start", to=to, skips_checks=True))
    process = version.process
    facts = [f"{presentation.words(process.names)} v{version.number}"]
    if draft:
        facts.append(_("Draft saved %(at)s") % {"at": moment_within(draft.saved_at)})
    return {
        "process": process,
        "title": presentation.words(process.action_names),
        "verdict": presentation.words(process.goals),
        "facts": facts,
        "form": entry_html(form, raw, {"user": person}, allowed, errors, person=person) if form else None,
        "actions": actions,
        "number": number,
        "older": [] if number else _older(key),
        "is_older": bool(number) and version.transition_until is not None,
        "until": version.transition_until,
        "page_key": uuid4().hex,
    }


def _older(key: str) -> list[dict[str, Any]]:
    """Return the versions that may still be started beside the one in force, each with its last moment."""
    start = reverse("cases:start", args=[key])
    return [
        {"number": row.number, "until": row.transition_until, "url": f"{start}?version={row.number}"}
        for row in catalogue.in_transition(key)
    ]


def start_rows(person: str) -> list[dict[str, Any]]:
    """Return the processes that the person may start, as links."""
    return [
        {
            "url": reverse("cases:start", args=[process.key]),
            "icon": process.icon,
            "label": presentation.words(process.action_names),
            "name": presentation.words(process.names),
            "goal": presentation.words(process.goals),
            "note": process.key,
        }
        for process in catalogue.startable(person)
    ]
