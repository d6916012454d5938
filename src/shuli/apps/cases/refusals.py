"""What a refused command means to its sender: a status and one sentence, the same for pages and REST."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shuli.apps.cases import operations, wording
from shuli.apps.directory import queries as directory
from shuli.core.engine import Refused
from shuli.kit import errors
from shuli.kit.components.moments import moment_within
from shuli.kit.components.words import joined
from shuli.kit.errors import Refusal

CONFLICTS = frozenset(
    {
        "already_claimed",
        "already_done",
        "task_closed",
        "not_holder",
        "case_not_running",
        "key_reused",
        "lease_lost",
        "no_such_timer",
        "run_has_ended",
        "acceptance_missing",
        "already_delegated",
        "no_such_decision",
        "no_such_token",
        "not_offered",
        "successor_touched",
        "waits_for_others",
    }
)
FORBIDDEN = frozenset(
    {
        "administrator_only",
        "leaders_only",
        "may_not_copy",
        "may_not_start",
        "may_not_urge",
        "not_who_added",
        "not_candidate",
        "not_decider",
        "never_withdrawn",
        "not_starter",
        "not_your_people",
        "own_request",
        "owner_only",
        "reads_only",
        "topic_not_yours",
        "withdraw_not_allowed",
    }
)
MISSING = frozenset({"no_such_case", "no_such_job", "no_such_run", "no_such_task"})


def status_of(outcome: object) -> int:
    """Return the HTTP status of what a command came to."""
    if isinstance(outcome, operations.Unfit):
        return 422
    if not isinstance(outcome, Refused):
        return 200
    for codes, status in ((CONFLICTS, 409), (FORBIDDEN, 403), (MISSING, 404)):
        if outcome.code in codes:
            return status
    return 422


def refusal_of(refused: Refused) -> Refusal:
    """Return the engine's refusal as one that pages and REST can show, people and documents by their names."""
    params = {key: _readable(key, value) for key, value in refused.params.items()}
    at = refused.params.get("at")
    if "status" in params:
        params["state"] = str(wording.STATUSES.get(params.pop("status"), ""))
    params["when"] = moment_within(at) if isinstance(at, datetime) else _("just now")
    return Refusal(refused.code, status=status_of(refused), **params)


def _when(at: Any) -> str:
    moved = datetime.fromisoformat(at) if isinstance(at, str) and at else at
    return moment_within(moved) if isinstance(moved, datetime) else _("just now")


def unfit_of(unfit: operations.Unfit) -> Refusal:
    """Return a form's errors as a refusal that names each field."""
    fields = [{"path": e.path, "code": e.code, "params": e.params} for e in unfit.validation.errors]
    return Refusal("form_has_errors", status=422, n=len(fields), fields=fields)


def unfit_as_refused(unfit: operations.Unfit) -> Refused:
    """Return a form's errors as one refusal, for where there is no form to come back to."""
    return Refused(code="form_has_errors", params={"n": len(unfit.validation.errors)})


def sentence(refused: Refused) -> str:
    """Return the refusal as one sentence in the active language."""
    return errors.sentence(refusal_of(refused))


def _named(codes: list[str]) -> str:
    """Return people and departments by their names, in one line."""
    labels = directory.labels(get_language() or "zh-hans")
    people = directory.people_by_username(codes)
    return joined(
        [people[code].display_name() if code in people else labels.get(code, code) for code in codes]
    )


def _readable(key: str, value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if key in {"who", "holder"} and value:
        return _named([value] if isinstance(value, str) else list(value))
    if key == "message" and isinstance(value, Mapping):
        zh = (get_language() or "zh").startswith("zh")
        return value.get("zh" if zh else "en") or value.get("zh")
    return _(", ").join(map(str, value)) if isinstance(value, list | tuple) else value
