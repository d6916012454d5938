"""What is kept of a form that somebody has filled: the answers, what tables said of them, what searches find."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from shuli.apps.cases.models import Case, DecisionRecord, FormRecord, SearchField
from shuli.apps.catalogue import queries as catalogue
from shuli.core.forms import AutoNumberField, DecisionField, FormDefinition, fields_of
from shuli.kit import clock
from shuli.kit.failpoints import failpoint

LONGEST_SEARCH_TEXT = 300

# Who follows the filled forms of one process from inside the program: its key, and what is done with each.
FOLLOWED: dict[str, Callable[[FormRecord], None]] = {}


def record(
    case_id: int,
    node: str,
    visit: int | None,
    form: str | None,
    seat_key: str,
    values: Mapping[str, Any],
    person: str,
) -> None:
    """Keep a filled form with the case, and its searchable fields beside it."""
    if not form:
        return
    case = Case.objects.get(pk=case_id)
    filled = filled_form(case, node, visit, form, seat_key, values, person)
    filled.record.save()
    DecisionRecord.objects.bulk_create(filled.decisions)
    for key, text in filled.search.items():
        SearchField.objects.update_or_create(case_id=case_id, key=key, defaults={"text": text})
    if follow := FOLLOWED.get(case.process_key):
        follow(filled.record)
    failpoint("form.recorded")


@dataclass(frozen=True, kw_only=True)
class Filled:
    """The rows of a filled form, not yet written."""

    record: FormRecord
    decisions: list[DecisionRecord]
    search: dict[str, str]


def filled_form(
    case: Case,
    node: str,
    visit: int | None,
    form: str,
    seat_key: str,
    values: Mapping[str, Any],
    person: str,
) -> Filled:
    """Return what is kept of a form that somebody has filled now."""
    definition = catalogue.form(case.version_id, form)
    # What the form showed without asking for it belongs to the record: a proposal, an earlier answer.
    values = {**known(case, definition), **values}
    record = FormRecord(
        case_id=case.pk,
        visit_number=visit,
        node=node,
        seat_key=seat_key,
        form_key=form,
        document=definition.document or "",
        answers=dict(values),
        person=person,
        at=clock.now(),
    )
    texts = {
        field.key: str(values.get(field.key) or "")[:LONGEST_SEARCH_TEXT]
        for field in fields_of(definition)
        if field.searchable
    }
    return Filled(
        record=record,
        decisions=list(_decisions(case.pk, node, definition, values, person)),
        search={key: text for key, text in texts.items() if text},
    )


def _decisions(
    case_id: int, node: str, form: FormDefinition, values: Mapping[str, Any], person: str
) -> Iterator[DecisionRecord]:
    """Give what tables said of the answers, and where the person settled on something else, with the reason."""
    for field in fields_of(form):
        by = values.get(f"{field.key}_by") if isinstance(field, DecisionField) else None
        if not isinstance(field, DecisionField) or not by:
            continue
        value = values.get(field.key)
        chosen = values.get(field.chosen) if field.chosen else value
        yield DecisionRecord(
            case_id=case_id,
            node=node,
            decision=by["decision"],
            version=by["version"],
            rows=by["rows"],
            by=by,
            value=value,
            chosen=chosen,
            deviates=chosen != value,
            reason=str(values.get(field.reason) or "") if chosen != value else "",
            person=person,
            at=clock.now(),
        )


def known(case: Case, form: FormDefinition) -> dict[str, Any]:
    """Return what the case already has for the fields of a form; issued numbers are the case's own."""
    found = {field.key: case.variables[field.key] for field in fields_of(form) if field.key in case.variables}
    issued = {field.key: case.number for field in fields_of(form) if isinstance(field, AutoNumberField)}
    return {**found, **issued}
