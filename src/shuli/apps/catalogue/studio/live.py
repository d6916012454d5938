"""What the server answers while somebody draws: findings, a better drawing, the picture in columns, a file taken in."""

from typing import Any, Literal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shuli.apps.catalogue.models import Draft
from shuli.apps.catalogue.studio.beginnings import adopted
from shuli.apps.catalogue.studio.checking import previous_of, problems_of
from shuli.core.bpmn import Finding, draw_chart, read_bpmn, sentence, write_bpmn
from shuli.core.bpmn.layout import lay_out
from shuli.kit.forms.shown import in_language

# What a file may say before it is read no further: the reader of the message mends the first ones first.
MOST_FINDINGS = 20


def language() -> Literal["zh", "en"]:
    return "zh" if (get_language() or "zh").startswith("zh") else "en"


def problems(draft: Draft, sent: dict[str, Any]) -> dict[str, Any]:
    """Return the findings about parts as they are on the page."""
    forms = sent["forms"] if isinstance(sent.get("forms"), dict) else draft.forms
    documents = sent["documents"] if isinstance(sent.get("documents"), dict) else draft.documents
    found = problems_of(draft.process.key, sent["bpmn"], forms, documents, previous_of(draft))
    return {
        "problems": [
            {
                "code": one.code,
                "severity": one.severity,
                "element": one.element,
                "words": in_language(one.words),
            }
            for one in found
        ]
    }


def laid_out(bpmn: str) -> dict[str, Any]:
    document = read_bpmn(bpmn.encode()).document
    if document is None:
        return unreadable(bpmn)
    return {"bpmn": write_bpmn(lay_out(document)).decode()}


def in_columns(bpmn: str) -> dict[str, Any]:
    document = read_bpmn(bpmn.encode()).document
    if document is None:
        return unreadable(bpmn)
    return {"svg": draw_chart(document, language=language())}


def taken_in(draft: Draft, bpmn: str) -> dict[str, Any]:
    """Return a file as the process's own model; with any error in it, it is refused with its lines and elements."""
    reading = read_bpmn(bpmn.encode())
    errors = [one for one in reading.findings if one.severity == "error"]
    document = reading.document
    if document is None or errors:
        return unreadable(bpmn)
    if document.process() is None:
        return {"error": {"message": _("The file holds no process."), "findings": []}}
    drawn = document if document.diagrams else lay_out(document)
    return {"bpmn": adopted(draft.process, write_bpmn(drawn).decode())}


def unreadable(bpmn: str) -> dict[str, Any]:
    found = [one for one in read_bpmn(bpmn.encode()).findings if one.severity == "error"]
    return {
        "error": {
            "message": _("The file cannot be used."),
            "findings": [_said(one) for one in found[:MOST_FINDINGS]],
        }
    }


def _said(one: Finding) -> dict[str, Any]:
    return {"line": one.line, "element": one.element, "words": sentence(one, language())}
