"""What the pages of the form designer need."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

import msgspec
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from shuli.apps.catalogue.decisions import queries as decisions
from shuli.apps.catalogue.designer import queries
from shuli.apps.catalogue.designer.panel import panel_of
from shuli.apps.catalogue.designer.wording import NOTES, WORDS
from shuli.apps.catalogue.models import Draft, Process
from shuli.apps.catalogue.studio import pages as studio
from shuli.core.forms import (
    Field,
    FieldState,
    FormDefinition,
    Imported,
    Note,
    TableField,
    fields_of,
    import_form_js,
    read_form,
)
from shuli.kit.forms import form_view
from shuli.kit.forms.changes import change_words
from shuli.kit.forms.mistakes import mistake_words
from shuli.kit.forms.parts import PROPERTIES, TYPES
from shuli.kit.forms.shown import in_language

ICONS = {
    "text": "edit", "long_text": "notes", "number": "adjustments", "money": "cash", "date": "calendar", "time": "clock",
    "datetime": "calendar-event", "choice": "circle-check", "choices": "list-check", "boolean": "check", "rating": "star",
    "person": "user", "department": "building", "post": "id-badge-2", "case": "link", "attachment": "paperclip",
    "signature": "signature", "table": "table", "text_list": "list", "auto_number": "id", "computed": "bolt",
    "decision": "git-branch",
}  # fmt: skip
OPTIONED = frozenset({"choice", "choices"})


def list_page(process: Process, draft: Draft) -> dict[str, Any]:
    """Return the forms of a draft with the steps that show them."""
    uses = queries.uses(draft)
    return {
        "process": process,
        "draft": draft,
        "title": in_language(process.names),
        "draft_name": studio.draft_name(draft),
        "saved_line": studio.saved_line(draft),
        "forms": [_row(key, raw, uses.get(key, [])) for key, raw in draft.forms.items()],
        "sources": [(key, _title(raw, key)) for key, raw in draft.forms.items()],
    }


def _row(key: str, raw: Mapping[str, Any], used: list[str]) -> dict[str, Any]:
    form = queries.loose_form(raw)
    findings = read_form(raw).findings
    return {
        "key": key,
        "title": _title(raw, key),
        "count": len(list(fields_of(form))) if form else 0,
        "uses": used,
        "errors": sum(one.severity == "error" for one in findings),
    }


def _title(raw: Mapping[str, Any], key: str) -> str:
    form = queries.loose_form(raw)
    return (in_language(form.title) if form else "") or key


def designer_page(
    process: Process, draft: Draft, key: str, *, against: str = "", node: str = ""
) -> dict[str, Any]:
    """Return the page on which one form is designed; `node` is the step from which somebody came."""
    came_from = urlencode({"draft": draft.pk} | ({"node": node, "section": "form"} if node else {}))
    versus = queries.versus(draft, key, against)
    return {
        "process": process,
        "draft": draft,
        "key": key,
        "process_name": in_language(process.names),
        "title": _title(draft.forms[key], key),
        "draft_name": studio.draft_name(draft),
        "studio_url": f"{reverse('catalogue:studio', args=[process.key])}?{came_from}",
        "island": _island(draft, key),
        "palette": [(code, str(name), ICONS[code]) for code, name in TYPES.items()],
        "steps": [(one.id, in_language(one.name)) for one in queries.steps_using(draft, key)],
        "rights": _rights(draft, key),
        "versus": versus,
        "changes": [change_words(one) for one in versus.changes] if versus else [],
        "versions": queries.versions(draft),
        "scope": queries.scope(draft, key, queries.loose_form(draft.forms[key])),
    }


def _rights(draft: Draft, key: str) -> list[dict[str, Any]]:
    """Return what every step may do with every field and column; nothing where no step shows the form."""
    form, steps = queries.loose_form(draft.forms[key]), queries.steps_using(draft, key)
    if form is None or not steps:
        return []
    words = {"write": _("fills in"), "read": _("reads"), "hidden": "—"}
    rows = []
    for path, label in _paths(form):
        names = (path, path.partition(".")[0], "*")
        found = [next((one.rights[n] for n in names if n in one.rights), "write") for one in steps]
        rows.append({"label": label, "is_column": "." in path, "cells": [(one, words[one]) for one in found]})
    return rows


def _paths(form: FormDefinition) -> Iterator[tuple[str, str]]:
    for field in fields_of(form):
        yield field.key, in_language(field.label) or field.key
        for column in field.columns if isinstance(field, TableField) else ():
            yield f"{field.key}.{column.key}", in_language(column.label) or column.key


def _island(draft: Draft, key: str) -> dict[str, Any]:
    """Return everything that the island is told."""
    args = [draft.pk, key]
    names = ("save", "draw", "preview", "import", "copy", "file")
    studio_url = reverse("catalogue:studio_form", args=[draft.process.key, "__key__"])
    return {
        "form": draft.forms[key],
        "revision": draft.revision,
        "isOpen": draft.state == Draft.State.OPEN,
        "words": {name: str(words) for name, words in WORDS.items()},
        "fresh": fresh(),
        "properties": {
            kind: [info for info in one.__struct_fields__ if info != "default"]
            for kind, one in _members().items()
        },
        "urls": {name: reverse(f"catalogue:form_{name}", args=args) for name in names}
        | {"designer": f"{studio_url}?draft={draft.pk}"},
    }


def _members() -> dict[str, Any]:
    return {str(one.__struct_config__.tag): one for one in Field.__args__}


def fresh() -> dict[str, dict[str, Any]]:
    """Return a new field of every type: what it is called, and what it cannot be without."""
    found = {}
    known = [row.key for row in decisions.decisions()]
    for code, name in TYPES.items():
        raw: dict[str, Any] = {"type": code, "label": _both(name)}
        if code in OPTIONED:
            raw["options"] = [{"code": f"option_{n}", "label": _both(_OPTION, n)} for n in (1, 2)]
        elif code == "table":
            raw["columns"] = [{"type": "text", "key": "item", "label": _both(TYPES["text"])}]
        elif code == "computed":
            raw["expression"] = "null"
        elif code == "decision":
            raw["decision"] = known[0] if known else ""
        found[code] = raw
    return found


def _both(words: Any, number: int = 0) -> dict[str, str]:
    said = {}
    for short, language in (("zh", "zh-hans"), ("en", "en")):
        with override(language):
            said[short] = str(words) % {"n": number} if number else str(words)
    return said


_OPTION = WORDS["option"]


# What the island asks -----------------------------------------------------------------------------------------


def drawn(draft: Draft, raw: Any, at: str) -> dict[str, Any]:
    """Return the form as it will stand, the properties of what is chosen, and what is wrong, for a form on the page."""
    form = queries.loose_form(raw)
    findings = [
        {
            "path": _place(one.path),
            "words": mistake_words(one),
            "name": _named(form, one.path),
            "severity": one.severity,
        }
        for one in read_form(raw).findings
    ]
    if form is None:
        return {"findings": findings}
    panel = render_to_string("catalogue/_designer_panel.html", {"panel": panel_of(form, at)})
    return {
        "canvas": _canvas(form),
        "panel": panel,
        "at": panel_of(form, at).path,
        "findings": findings,
        "scope": queries.scope(draft, form.key, form),
    }


def _place(path: str) -> str:
    """Return the field or column at which a mistake is mended."""
    parts = path.split(".")
    depth = (
        6 if len(parts) > 5 and parts[4] == "columns" else 4 if len(parts) > 3 else 2 if len(parts) > 1 else 0
    )
    return ".".join(parts[:depth])


def _named(form: FormDefinition | None, path: str) -> str:
    last = str(PROPERTIES.get(path.rsplit(".", 1)[-1], ""))
    head = panel_of(form, _place(path)).head if form is not None else ""
    return " · ".join(filter(None, [head, last]))


def _canvas(form: FormDefinition) -> str:
    states = {one.key: _state(one) for one in fields_of(form)}
    for table in (one for one in fields_of(form) if isinstance(one, TableField)):
        states |= {f"{table.key}.{one.key}": _state(one) for one in table.columns}
    view = form_view(form, {}, states)
    return render_to_string("kit/fields/form.html", {"form": view, "heading": True, "space": ""})


def _state(one: Any) -> FieldState:
    """Return how a field is drawn while it is designed: there, whatever its conditions say."""
    return FieldState(visible=True, required=one.required is not False, readonly=False)


def taken_in(text: str) -> dict[str, Any]:
    """Return the form of a file, ours or form-js's, and what of it was not carried over."""
    raw = _decoded(text)
    if isinstance(raw, dict) and "sections" in raw:
        found = Imported(form=queries.loose_form(raw), findings=read_form(raw).findings)
        return {"form": raw, "notes": []} if found.form else _unusable(found)
    language = "zh" if (get_language() or "zh").startswith("zh") else "en"
    found = import_form_js(raw if isinstance(raw, dict) else {}, language)
    if found.form is None:
        return _unusable(found)
    return {"form": msgspec.to_builtins(found.form), "notes": [note_words(one) for one in found.notes]}


def _decoded(text: str) -> Any:
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return None


def _unusable(found: Imported) -> dict[str, Any]:
    words = [mistake_words(one) for one in found.findings] or [note_words(one) for one in found.notes]
    return {"error": {"message": " ".join(words[:5]) or _("This is no form.")}}


def note_words(note: Note) -> str:
    said = str(NOTES[note.code]) % note.params
    return f"{note.key}: {said}" if note.key else said
