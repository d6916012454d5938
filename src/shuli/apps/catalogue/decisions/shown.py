"""What decided, as people read it on a form, a case and a record."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from shuli.apps.catalogue.decisions import queries
from shuli.apps.catalogue.decisions.labels import Labels, labels_of, name_of


def decided_html(record: Mapping[str, Any]) -> SafeString:
    """Return the row that decided with its annotation, the values that it saw, and a way to the table."""
    version = queries.version(str(record.get("decision", "")), int(record.get("version") or 0))
    if version is None:
        return SafeString("")
    labels = labels_of(version)
    url = reverse("catalogue:decision_version", args=[version.decision.key, version.number])
    table = _("%(name)s v%(version)s") % {"name": name_of(version.decision), "version": version.number}
    return format_html(
        '<span class="sl-decided"><span>{}</span><span>{}</span><a href="{}" target="_blank">{}</a></span>',
        row_words(record, labels),
        seen_words(record, labels),
        url,
        table,
    )


def record_words(record: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the decision with its version, the row and the values as plain texts; nothing where it is not known."""
    version = queries.version(str(record.get("decision", "")), int(record.get("version") or 0))
    if version is None:
        return ()
    labels = labels_of(version)
    table = _("%(name)s v%(version)s") % {"name": name_of(version.decision), "version": version.number}
    return (table, row_words(record, labels), seen_words(record, labels))


def row_words(record: Mapping[str, Any], labels: Labels) -> str:
    """Return the row that decided: its number and what its annotation says."""
    rows, annotations = record.get("rows") or [], record.get("annotations") or []
    if not rows:
        return _no_row(record.get("inputs") or {})
    parts = []
    for number, texts in zip(rows, annotations, strict=False):
        why = labels.annotation(texts)
        row = _("Row %(number)s") % {"number": number}
        parts.append(_("%(row)s: %(why)s") % {"row": row, "why": why} if why else row)
    return _("; ").join(parts)


def _no_row(seen: Mapping[str, str]) -> str:
    if seen and all(text == "null" for text in seen.values()):
        return _("What the table asks for is not filled in yet.")
    return _("No row of the table fits these values.")


def seen_words(record: Mapping[str, Any], labels: Labels) -> str:
    """Return the values of the input columns, as they were when it was decided."""
    seen = record.get("inputs") or {}
    parts = [
        _("%(column)s: %(value)s")
        % {
            "column": labels.column(part),
            "value": labels.value(part, str(seen.get(part.id or part.expression, ""))),
        }
        for part in (labels.table.inputs if labels.table else ())
    ]
    return _("; ").join(parts)
