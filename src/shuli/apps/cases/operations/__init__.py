"""What people do with cases. Each function is one transaction and returns what came of it, or a refusal as a value."""

from shuli.apps.cases.operations import bulk
from shuli.apps.cases.operations.incidents import retry_incident
from shuli.apps.cases.operations.moving import (
    foresee_jump,
    foresee_migration,
    jump,
    may_take_back,
    migrate,
    reopen,
    take_back,
)
from shuli.apps.cases.operations.outcomes import Begun, Done, Outcome, Unfit
from shuli.apps.cases.operations.parts import finish_activities, start_activity
from shuli.apps.cases.operations.returning import Resubmit, return_out, return_task
from shuli.apps.cases.operations.running import resume, suspend, terminate, withdraw
from shuli.apps.cases.operations.signing import (
    Position,
    Rule,
    accept,
    add_signers,
    decline,
    delegate,
    remove_signer,
)
from shuli.apps.cases.operations.starting import save_start_draft, start_case
from shuli.apps.cases.operations.talking import (
    attach,
    comment,
    mark_read,
    report_problem,
    report_step_problem,
    reveal,
)
from shuli.apps.cases.operations.tasks import (
    Verdict,
    claim,
    complete,
    release,
    save_draft,
    touch,
    transfer,
)
from shuli.apps.cases.operations.telling import correct, send_copies, urge, urge_case

__all__ = [
    "Begun",
    "Done",
    "Outcome",
    "Position",
    "Resubmit",
    "Rule",
    "Unfit",
    "Verdict",
    "accept",
    "add_signers",
    "attach",
    "bulk",
    "claim",
    "comment",
    "complete",
    "correct",
    "decline",
    "delegate",
    "finish_activities",
    "foresee_jump",
    "foresee_migration",
    "jump",
    "mark_read",
    "may_take_back",
    "migrate",
    "release",
    "remove_signer",
    "reopen",
    "report_problem",
    "report_step_problem",
    "resume",
    "retry_incident",
    "return_out",
    "return_task",
    "reveal",
    "save_draft",
    "save_start_draft",
    "send_copies",
    "start_activity",
    "start_case",
    "suspend",
    "take_back",
    "terminate",
    "touch",
    "transfer",
    "urge",
    "urge_case",
    "withdraw",
]
