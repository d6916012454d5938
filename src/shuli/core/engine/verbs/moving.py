"""Take a decision back, jump, reopen a closed case."""

from shuli.core.engine import commands as c
from shuli.core.engine.approvals import jumps
from shuli.core.engine.approvals.taking_back import take_back as void_decision
from shuli.core.engine.approvals.taking_back import target_of
from shuli.core.engine.commands import SYSTEM
from shuli.core.engine.run import Run
from shuli.core.engine.verbs.seats import refuse_verb
from shuli.core.engine.world import Refused


def take_back(run: Run, command: c.TakeBack) -> Refused | None:
    """Void one's own decision while nobody has acted on what followed."""
    target = target_of(run.plan, run.marking, command.visit)
    if isinstance(target, Refused):
        return target
    if run.actor not in (SYSTEM, target.step.person):
        return Refused(code="not_decider", params={"who": target.step.person})
    refusal = refuse_verb(run, run.plan.places[target.step.node], "take_back")
    if refusal is None:
        void_decision(run, target, command.actor, command.reason)
    return refusal


def jump(run: Run, command: c.Jump) -> Refused | None:
    """Move a token to another node, with a reason. Who may do so, the caller has asked."""
    if not command.reason.strip():
        return Refused(code="reason_missing")
    token = run.marking.tokens.get(command.token)
    if token is None or token.joining:
        return Refused(code="no_such_token", params={"token": command.token})
    return jumps.jump(run, token, command.to, command.reason)


def reopen(run: Run, command: c.Reopen) -> Refused | None:
    """Bring a closed case back to a node, with a reason. Who may do so, the caller has asked."""
    if not command.reason.strip():
        return Refused(code="reason_missing")
    return jumps.reopen_case(run, command.to, command.reason)
