"""What a case's page shows of its files: each with its versions, and which mandatory documents are there."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shuli.apps.cases import completeness, presentation
from shuli.apps.cases.models import Case
from shuli.apps.cases.people import Names
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.documents import queries as documents
from shuli.kit.components.moments import moment
from shuli.kit.components.values import Check

STATES = {"there": "ok", "missing": "miss", "open": "open", "to_come": "open"}


def files(case: Case, names: Names) -> list[dict[str, Any]]:
    """Return the files of a case, of each the newest version with the ones before it."""
    found: dict[tuple[str, str], list[documents.Attachment]] = {}
    for row in documents.attachments("case", case.pk):
        found.setdefault((row.document, row.file_name), []).append(row)
    return [_file(case, sorted(rows, key=lambda row: -row.version), names) for rows in found.values()]


def _file(case: Case, rows: list[documents.Attachment], names: Names) -> dict[str, Any]:
    newest, *older = rows
    known = catalogue.documents(case.version_id)
    return {
        **_line(newest, names),
        "attachment": newest,
        "name": f"{presentation.document_name(case, newest.document)} " if newest.document in known else "",
        "file": newest.file_name,
        "version": _("version %(n)s") % {"n": newest.version} if older else "",
        "older": [_line(row, names) for row in older],
    }


def _line(row: documents.Attachment, names: Names) -> dict[str, Any]:
    return {
        "url": reverse("documents:preview", args=[row.pk]),
        "note": f"{moment(row.uploaded_at)} {names.short(row.uploaded_by)}",
        "label": _("version %(n)s") % {"n": row.version},
    }


def completeness_of(case: Case) -> dict[str, Any]:
    """Return the mandatory documents as a list to tick off, and the result in a sentence."""
    found = completeness.of_case(case)
    params = {"there": found.there, "required": found.required}
    return {
        "line": _("%(there)s of %(required)s that are due") % params if found.required else "",
        "checks": [_check(one) for one in found.documents],
    }


def _check(one: completeness.Wanted) -> Check:
    words = {"open": pgettext("an output", "In work"), "to_come": pgettext("an output", "Later")}
    note = " · ".join(filter(None, [one.step, words.get(one.state)]))
    return Check(label=one.name, state=STATES[one.state], note=note)
