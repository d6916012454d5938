"""Doing the work that a case asks the program itself for: calls over HTTP, functions as jobs."""

import json
import logging
from typing import Any

from shuli.apps.cases.models import ServiceCall
from shuli.apps.cases.outside import calls
from shuli.apps.cases.outside.calls import Lease, Problem
from shuli.apps.cases.outside.credentials import NotAllowedError, header_of
from shuli.apps.cases.outside.functions import registered
from shuli.core.engine import ServiceFailure
from shuli.core.engine.expressions import plain
from shuli.kit import limits
from shuli.kit.failpoints import failpoint
from shuli.kit.outgoing import Answer, Call, Failure, call

log = logging.getLogger(__name__)

MARGIN_SECONDS = 30  # a lease outlives its attempt by so much
AGAIN = frozenset({408, 425, 429})  # and every 5xx: another attempt may succeed
# What no further attempt mends.
FINAL = frozenset({"address_wrong", "address_refused", "header_refused"})
GOOD = range(200, 300)


def serve(case_id: int, number: int) -> None:
    """Make one attempt; what it comes to is written in a transaction of its own."""
    found = calls.take_own(case_id, number, seconds=limits.SERVICE_SECONDS + MARGIN_SECONDS)
    if found is None:
        return
    lease = Lease(call=found.pk, worker=found.worker, number=found.attempts)
    failpoint("service.begun")
    outcome = _http(found) if found.kind == "http" else _function(found)
    failpoint("service.answered")
    if isinstance(outcome, Problem):
        calls.give_up(lease, outcome)
    else:
        calls.answer(lease, outcome)


def serve_due() -> None:
    """Take up what was left: attempts that are due, and those of which nobody will tell any more."""
    for case_id, number in calls.due_own():
        try:
            serve(case_id, number)
        except Exception:
            # One call's failure must not hold up the others; its lease runs out and it is tried again.
            log.exception("service failed", extra={"case": case_id, "call": number})
    for lease in calls.overdue_leases():
        calls.give_up(lease, Problem(code="lease_ran_out", is_final=True))


def key_of(row: ServiceCall) -> str:
    """Return what tells the other side that an attempt repeats an earlier one."""
    return f"{row.case.number}-{row.number}"


# Over HTTP ----------------------------------------------------------------------------------------------


def _http(row: ServiceCall) -> dict[str, Any] | Problem:
    asked = _request(row)
    if isinstance(asked, Problem):
        return asked
    found = call(asked)
    if isinstance(found, Failure):
        return Problem(code=found.code, is_final=found.code in FINAL)
    if found.status in GOOD:
        return {"response": _response(found)}
    is_final = found.status not in AGAIN and found.status < 500
    return Problem(code=f"http_{found.status}", params={"status": found.status}, is_final=is_final)


def _request(row: ServiceCall) -> Call | Problem:
    """Return the call with its body as JSON, its credential and its key."""
    asked = row.request
    headers = {"Accept": "application/json", "Idempotency-Key": key_of(row)}
    body = None
    if asked["body"] is not None:
        body = json.dumps(asked["body"], ensure_ascii=False).encode()
        headers["Content-Type"] = "application/json; charset=utf-8"
    headers |= {name: str(value) for name, value in asked["headers"].items() if value is not None}
    if asked["credential"]:
        try:
            name, value = header_of(asked["credential"], asked["url"])
        except NotAllowedError:
            return Problem(code="credential_unknown", params={"name": asked["credential"]}, is_final=True)
        headers[name] = value
    seconds = min(max(row.timeout, 1), limits.SERVICE_SECONDS)
    return Call(url=asked["url"], method=asked["method"], headers=headers, body=body, seconds=seconds)


def _response(found: Answer) -> dict[str, Any]:
    return {"status": found.status, "headers": found.headers, "body": found.value()}


# Functions as jobs --------------------------------------------------------------------------------------


def _function(row: ServiceCall) -> dict[str, Any] | Problem:
    function = registered().get(row.name)
    if function is None:
        return Problem(code="no_function", params={"name": row.name}, is_final=True)
    try:
        found = function({**row.request, "idempotency_key": key_of(row)})
    except Exception as error:
        # The company's own program: its mistakes are tried again, then shown on the case.
        log.exception("function failed", extra={"function": row.name})
        return Problem(code="function_broke", params={"message": f"{type(error).__name__}: {error}"[:500]})
    if isinstance(found, ServiceFailure):
        return Problem(code=found.code, params=dict(plain(found.params)), is_final=True)
    return dict(found or {})
