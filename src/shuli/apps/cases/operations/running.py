"""Verbs on a whole case: withdraw, terminate, and trying an incident again."""

from shuli.apps.cases import execution, rights
from shuli.apps.cases.operations.outcomes import Done, outcome
from shuli.core.engine import Refused
from shuli.core.engine import commands as c


def withdraw(case_id: int, person: str, reason: str) -> Done | Refused:
    """Take one's own case back, as far as the process lets its starter."""
    if not rights.may_see_case(person, case_id):
        return Refused(code="no_such_case")
    return outcome(case_id, execution.execute(case_id, c.Withdraw(actor=person, reason=reason.strip())))


def terminate(case_id: int, person: str, reason: str) -> Done | Refused:
    """End a case for good, by its process owner, with a reason."""
    if not rights.may_see_case(person, case_id):
        return Refused(code="no_such_case")
    if not rights.owns_case(person, case_id):
        return Refused(code="owner_only")
    if not reason.strip():
        return Refused(code="reason_missing")
    return outcome(case_id, execution.execute(case_id, c.Terminate(actor=person, reason=reason.strip())))


def retry_incident(case_id: int, number: int, person: str) -> Done | Refused:
    """Run an incident's node again, by the process owner, once its cause is mended."""
    if not rights.may_see_case(person, case_id):
        return Refused(code="no_such_case")
    if not rights.owns_case(person, case_id):
        return Refused(code="owner_only")
    return outcome(case_id, execution.execute(case_id, c.Retry(actor=person, incident=number)))
