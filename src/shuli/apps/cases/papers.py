"""The papers of a case: a document's Word or Excel file, filled in with what the case knows of it."""

import html
from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.html import strip_tags
from msgspec import Struct

from shuli.apps.cases import answers, presentation
from shuli.apps.cases.models import Case, FormRecord
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.documents import blanks
from shuli.apps.documents.blanks import Blank
from shuli.apps.documents.paper.content import Language
from shuli.core.bpmn.graph import Node
from shuli.core.forms import FormDefinition, TableField, fields_of
from shuli.core.forms.definition import AutoNumberField, FieldBase, LongTextField, TextField, TextListField
from shuli.kit.forms.entry import people_in
from shuli.kit.forms.shown import NOTHING, Names, shown


class Paper(Struct, frozen=True, kw_only=True):
    """A file that is made when somebody asks for it."""

    name: str
    media_type: str
    content: bytes


def paper(case: Case, document: str, person: str, language: Language) -> Paper | None:
    """Return a document of the case as a file; None for one that has neither a paper nor a form.

    What forms declare sensitive is left out unless the person works on the case now.
    """
    blank = blank_of(case, document)
    if blank is None:
        return None
    content = blanks.blank_file(blank, language, _values(case, document, person))
    return Paper(
        name=blanks.file_name(blank, language, case.number),
        media_type=blanks.media_type(blank),
        content=content,
    )


def blank_of(case: Case, document: str) -> Blank | None:
    """Return the paper that ships for the document, else one with the fields of its form."""
    shipped = blanks.blank_for(case.process_key, document)
    if shipped is not None:
        return shipped
    forms = catalogue.forms(case.version_id).values()
    form = next((one for one in forms if one.document == document), None)
    return blanks.of_form(form) if form else None


def links(case: Case, documents: Iterable[str]) -> list[dict[str, str]]:
    """Return the documents of which there is a paper, each with its name, its address and its kind of file."""
    found = [(document, blank_of(case, document)) for document in dict.fromkeys(documents)]
    return [
        {
            "name": presentation.document_name(case, document),
            "url": reverse("cases:paper", args=[case.number, document]),
            "kind": blanks.NAMES_OF_KINDS[blank.kind],
        }
        for document, blank in found
        if blank is not None
    ]


def made_so_far(case: Case) -> list[str]:
    """Return the keys of the documents whose forms have been filled in, in their order."""
    rows = FormRecord.objects.filter(case=case).exclude(document="").order_by("at", "pk")
    return list(dict.fromkeys(rows.values_list("document", flat=True)))


def of_step(node: Node) -> list[str]:
    return [output.document for output in node.duty.outputs]


# Values -------------------------------------------------------------------------------------------------


def _values(case: Case, document: str, person: str) -> dict[str, Any]:
    """Return what the fields of a paper hold, as people read it."""
    known = answers.readable(case, person)
    latest = FormRecord.objects.filter(case=case, document=document).order_by("-at", "-pk").first()
    # of several who filled in the same form, the last one's; what is hidden from the person stays hidden
    own = latest.answers if latest else {}
    given = known | {key: value for key, value in own.items() if key in known or key not in case.variables}
    secret = set(case.variables) - set(known)
    values: dict[str, Any] = {"case_number": case.number}
    for form in catalogue.forms(case.version_id).values():
        values |= _of_form(form, {key: value for key, value in given.items() if key not in secret}, case)
    return values


def _of_form(form: FormDefinition, given: Mapping[str, Any], case: Case) -> dict[str, Any]:
    names = Names(people_in(form, given))
    found: dict[str, Any] = {}
    for one in fields_of(form):
        if isinstance(one, AutoNumberField):
            found[one.key] = case.number
        elif isinstance(one, TableField):
            rows = given.get(one.key)
            rows = [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
            if rows:
                found[one.key] = [_cells(one, row, names) for row in rows]
        elif given.get(one.key) is not None:
            found[one.key] = _plain(one, given[one.key], names)
    return found


def _cells(table: TableField, row: Mapping[str, Any], names: Names) -> dict[str, Any]:
    return {column.key: _plain(column, row.get(column.key), names) for column in table.columns}


def _plain(one: FieldBase, value: Any, names: Names) -> Any:
    """Return an answer as text without any mark-up."""
    if isinstance(one, TextField | LongTextField | TextListField):
        return value
    text = html.unescape(strip_tags(str(shown(one, value, names)))).strip()
    return "" if text == NOTHING else text
