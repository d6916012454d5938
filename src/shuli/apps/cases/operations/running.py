"""Verbs on a whole case: withdraw, suspend, resume, terminate."""

from shuli.apps.cases import execution, queries, rights
from shuli.apps.cases.operations.outcomes import Done, outcome
from shuli.core.engine import Refused
from shuli.core.engine import commands as c


def withdraw(case_id: int, person: str, reason: str) -> Done | Refused:
    """Take one's own case back, as far as the process lets its starter."""
    if not rights.may_see_case(person, case_id):
        return Refused(code="no_such_case")
    answer = execution.execute(case_id, c.Withdraw(actor=person, reason=reason.strip()))
    if isinstance(answer, Refused) and answer.code == "withdraw_not_allowed":
        last = queries.last_done(case_id, answer.params["who"])
        return Refused(code=answer.code, params={**answer.params, "at": last})
    return outcome(case_id, answer)


def suspend(case_id: int, person: str, reason: str) -> Done | Refused:
    """Let a case stand still, by its process owner: its clocks stop."""
    return _by_owner(case_id, person, c.Suspend(actor=person, reason=reason.strip()))


def resume(case_id: int, person: str) -> Done | Refused:
    """Let a suspended case go on: everything has the time left that it had before."""
    return _by_owner(case_id, person, c.Resume(actor=person), needs_reason=False)


def terminate(case_id: int, person: str, reason: str) -> Done | Refused:
    """End a case for good, by its process owner, with a reason."""
    return _by_owner(case_id, person, c.Terminate(actor=person, reason=reason.strip()))


def _by_owner(case_id: int, person: str, command: c.Command, *, needs_reason: bool = True) -> Done | Refused:
    refusal = rights.refuse_unless_owner(person, case_id)
    if refusal is not None:
        return refusal
    if needs_reason and not getattr(command, "reason", ""):
        return Refused(code="reason_missing")
    return outcome(case_id, execution.execute(case_id, command))
