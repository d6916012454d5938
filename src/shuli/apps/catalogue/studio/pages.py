"""What the studio's page needs: the draft, the panel, and what the company has to choose from."""

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shuli.apps.catalogue import presentation
from shuli.apps.catalogue import queries as register
from shuli.apps.catalogue.decisions import queries as decisions
from shuli.apps.catalogue.models import Draft, Process
from shuli.apps.catalogue.register import rights
from shuli.apps.catalogue.studio import queries
from shuli.apps.catalogue.studio.beginnings import sources, templates
from shuli.apps.catalogue.studio.bpmn_js import bpmn_js_words
from shuli.apps.catalogue.studio.interface import WORDS
from shuli.apps.catalogue.studio.legend import legend
from shuli.apps.catalogue.studio.panel import panel, said
from shuli.apps.catalogue.studio.snippets import SNIPPETS
from shuli.apps.directory import queries as directory
from shuli.core.bpmn import draw_svg, read_bpmn
from shuli.kit.components.moments import moment_time_within
from shuli.kit.forms.shown import in_language

# Drafts that are named beside the one that is open; the page of beginnings lists all.
MOST_OTHERS = 2


def studio_page(draft: Draft, *, may_publish: bool) -> dict[str, Any]:
    """Return the page on which a draft is drawn; the first version of a process may be published from it."""
    process = draft.process
    return {
        "draft": draft,
        "process": process,
        "title": in_language(process.names),
        "draft_name": draft_name(draft),
        "saved_line": saved_line(draft),
        "island": island(draft),
        "svg": _picture(draft),
        "others": [_other(row) for row in queries.drafts(process.key) if row.pk != draft.pk][:MOST_OTHERS],
        "legend": legend(),
        "is_open": draft.state == Draft.State.OPEN,
        "may_publish": may_publish,
    }


def drafts_page(person: str) -> dict[str, Any]:
    """Return the drafts that somebody may go on with, and the processes that they draw."""
    drawn = queries.drawable(person)
    rows = queries.live_drafts(process.key for process in drawn)
    numbers = register.numbers_in_force()
    return {
        "drafts": [
            _other(row) | {"process": in_language(row.process.names), "state": str(row.get_state_display())}
            for row in rows
        ],
        "processes": [
            {
                "name": in_language(process.names),
                "version": numbers.get(process.key, ""),
                "url": reverse("catalogue:studio", args=[process.key]) + "?draft=new",
            }
            for process in drawn
            if not process.retired_at
        ],
        "may_register": rights.may_register(person),
    }


def begin_page(process: Process) -> dict[str, Any]:
    """Return the page on which a draft is begun where none is open."""
    version = presentation.version_in_force(process)
    return {
        "process": process,
        "title": in_language(process.names),
        "version": version,
        "templates": template_choices(),
        "sources": source_choices(process),
        "drafts": [_other(row) for row in queries.drafts(process.key)],
    }


def template_choices() -> list[dict[str, str]]:
    return [
        {"source": f"template:{one.key}", "name": in_language(one.name), "text": in_language(one.text)}
        for one in templates()
    ]


def source_choices(process: Process) -> list[tuple[str, str]]:
    return [(source, f"{in_language(name)} v{number}") for source, number, name in sources(process)]


def draft_name(draft: Draft) -> str:
    if draft.title:
        return draft.title
    based = draft.based_on.number if draft.based_on else ""
    return _("Draft after v%(number)s") % {"number": based} if based else _("Draft")


def saved_line(draft: Draft) -> str:
    said_by = {"who": directory.display_names([draft.saved_by]), "at": moment_time_within(draft.saved_at)}
    return _("saved %(at)s by %(who)s") % said_by


def _other(draft: Draft) -> dict[str, str]:
    url = f"{reverse('catalogue:studio', args=[draft.process.key])}?draft={draft.pk}"
    return {"url": url, "name": draft_name(draft), "line": saved_line(draft)}


def language() -> str:
    return get_language() or "zh-hans"


def _picture(draft: Draft) -> str:
    """Return the diagram as it is read without script, and on a phone."""
    document = read_bpmn(draft.bpmn.encode()).document
    if document is None:
        return ""
    return draw_svg(document, language="zh" if language().startswith("zh") else "en")


def island(draft: Draft) -> dict[str, Any]:
    """Return everything that the island is told."""
    rest = f"/api/v1/drafts/{draft.pk}"
    return {
        "draft": draft.pk,
        "process": draft.process.key,
        "name": in_language(draft.process.names),
        "revision": draft.revision,
        "isOpen": draft.state == Draft.State.OPEN,
        "bpmn": draft.bpmn,
        "forms": draft.forms,
        "documents": draft.documents,
        "language": "zh" if language().startswith("zh") else "en",
        "words": said(WORDS),
        "bpmnWords": bpmn_js_words() if language().startswith("zh") else {},
        "panel": panel(),
        "choices": _choices(),
        "snippets": said(SNIPPETS),
        "urls": {
            "save": rest,
            "copy": f"{rest}/copy",
            "publish": reverse("catalogue:draft_publish", args=[draft.pk]),
            "submit": reverse("catalogue:draft_submit", args=[draft.pk]),
            "check": reverse("catalogue:draft_check", args=[draft.pk]),
            "layout": reverse("catalogue:draft_layout", args=[draft.pk]),
            "import": reverse("catalogue:draft_import", args=[draft.pk]),
            "columns": reverse("catalogue:draft_columns", args=[draft.pk]),
            "studio": reverse("catalogue:studio", args=[draft.process.key]),
            "form": reverse("catalogue:studio_form", args=[draft.process.key, "__key__"])
            + f"?draft={draft.pk}",
        },
    }


def _choices() -> dict[str, list[tuple[str, str]]]:
    """Return what fields choose from, by the kind of the field."""
    return {
        "department": directory.choices("department"),
        "post": directory.choices("post"),
        "group": directory.choices("group"),
        "process": register.choices(),
        "decision": [(row.key, in_language(row.names)) for row in decisions.decisions()],
    }
