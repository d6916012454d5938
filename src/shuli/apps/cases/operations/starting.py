"""Starting a case, and keeping a start form that is not finished."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from msgspec.structs import replace

from shuli.apps.cases import answers as forms
from shuli.apps.cases import choosing, execution, filled_forms
from shuli.apps.cases.models import StartDraft
from shuli.apps.cases.operations.outcomes import Done, Outcome, Unfit
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.documents import operations as documents
from shuli.core.engine import Refused
from shuli.core.engine import commands as c
from shuli.kit import clock
from shuli.kit.failpoints import failpoint


def start_case(process_key: str, person: str, raw: Mapping[str, Any], number: str = "") -> Outcome:
    """Start a process by its form: validate the answers, issue the number, run to the first tasks.

    `number` names an older version that may still be started in its transition; else it is the one in force.
    """
    version = _version(process_key, person, number)
    if isinstance(version, Refused):
        return version
    node = catalogue.start_node(version.id)
    validation = forms.check_start(version.id, node, raw, person)
    if validation.errors:
        return Unfit(validation=validation)
    failpoint("form.checked")
    with transaction.atomic():
        command = c.Start(actor=person, variables=validation.values, start=node.id)
        case_id, answer = execution.start(process_key, command, number=number)
        if isinstance(answer, Refused):
            return answer
        unsaid = choosing.missing(catalogue.graph(version.id), node.id, answer, validation.values)
        if unsaid:
            transaction.set_rollback(True)
            return Unfit(validation=replace(validation, errors=unsaid))
        form = forms.start_form(version.id)
        if documents.adopt(forms.files_in(form, validation.values), person, "case", case_id):
            transaction.set_rollback(True)
            return Refused(code="file_not_yours")
        filled_forms.record(case_id, node.id, None, node.duty.form, "", validation.values, person)
        StartDraft.objects.filter(person=person, process_key=process_key).delete()
    return Done(case_id=case_id)


def _version(process_key: str, person: str, number: str) -> Any:
    """Return the version by which the person's case starts, or why it cannot."""
    if not catalogue.may_start(process_key, person):
        return Refused(code="may_not_start")
    try:
        return catalogue.version_to_start(process_key, number)
    except catalogue.NotInForceError:
        return Refused(code="version_not_startable", params={"number": number})


def save_start_draft(process_key: str, person: str, raw: Mapping[str, Any]) -> Done | Refused:
    """Keep a start form that is not finished; it is not yet a case and has no number."""
    if not catalogue.may_start(process_key, person):
        return Refused(code="may_not_start")
    StartDraft.objects.update_or_create(
        person=person, process_key=process_key, defaults={"answers": dict(raw), "saved_at": clock.now()}
    )
    return Done(case_id=0)
