"""Mending what stopped a case: correct its variables and try again."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from shuli.apps.cases import execution, mending, rights, store
from shuli.apps.cases.models import Case
from shuli.apps.cases.operations.outcomes import Outcome, Unfit, outcome
from shuli.core.engine import Refused
from shuli.core.engine import commands as c
from shuli.core.forms import validate
from shuli.kit import clock


def retry_incident(
    case_id: int, number: int, person: str, variables: Mapping[str, Any] | None = None
) -> Outcome:
    """Run an incident's node again, by the process owner, with the variables that were wrong corrected."""
    refusal = rights.refuse_unless_owner(person, case_id)
    if refusal is not None:
        return refusal
    with transaction.atomic():
        values = checked(case_id, variables or {}, person)
        if not isinstance(values, dict):
            return values
        command = c.Retry(actor=person, incident=number, variables=values)
        return outcome(case_id, execution.execute(case_id, command))


def checked(case_id: int, raw: Mapping[str, Any], person: str) -> dict[str, Any] | Unfit | Refused:
    """Return the corrected values by the types of the process's forms, under the case's lock."""
    store.lock_root(case_id)
    case = Case.objects.select_for_update().get(pk=case_id)
    strange = mending.unknown(case, raw)
    if strange:
        return Refused(code="unknown_variable", params={"names": strange})
    form = mending.form_for(case, raw)
    found = validate(form, raw, case.variables, {}, now=clock.local_now(), person=person)
    return Unfit(validation=found) if found.errors else dict(found.values)
