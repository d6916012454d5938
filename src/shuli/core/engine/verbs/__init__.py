"""What can be asked of a case: one small function for each command, in one table."""

from collections.abc import Callable, Mapping
from typing import Any

from shuli.core.engine import commands as c
from shuli.core.engine.run import Run
from shuli.core.engine.verbs.ad_hoc import finish_activities, start_activity
from shuli.core.engine.verbs.cases import resume, retry, start, suspend, terminate, withdraw
from shuli.core.engine.verbs.clocks import fire_timer
from shuli.core.engine.verbs.completing import complete
from shuli.core.engine.verbs.entrusting import entrust
from shuli.core.engine.verbs.handing import accept, decline, delegate, substitute, transfer
from shuli.core.engine.verbs.moving import jump, reopen, take_back
from shuli.core.engine.verbs.outside import FROM_OUTSIDE
from shuli.core.engine.verbs.signing import add_signer, remove_signer
from shuli.core.engine.verbs.tasks import claim, release, send_back
from shuli.core.engine.verbs.telling import copy, correct, urge
from shuli.core.engine.world import Refused

VERBS: Mapping[type[c.Command], Callable[[Run, Any], Refused | None]] = {
    c.Start: start,
    c.Claim: claim,
    c.Release: release,
    c.Complete: complete,
    c.Return: send_back,
    c.Transfer: transfer,
    c.FireTimer: fire_timer,
    **FROM_OUTSIDE,
    c.Withdraw: withdraw,
    c.Terminate: terminate,
    c.Suspend: suspend,
    c.Resume: resume,
    c.Retry: retry,
    c.StartActivity: start_activity,
    c.FinishActivities: finish_activities,
    c.Entrust: entrust,
    c.AddSigner: add_signer,
    c.RemoveSigner: remove_signer,
    c.Delegate: delegate,
    c.Accept: accept,
    c.Decline: decline,
    c.Substitute: substitute,
    c.Copy: copy,
    c.Urge: urge,
    c.Correct: correct,
    c.TakeBack: take_back,
    c.Jump: jump,
    c.Reopen: reopen,
}
# What may be asked of a case that stands still.
WHILE_SUSPENDED = frozenset({c.Resume, c.Withdraw, c.Terminate, c.Copy, c.Substitute, c.Entrust})
# What reaches a suspended case from outside is kept until it is resumed.
HELD_WHILE_SUSPENDED = frozenset(FROM_OUTSIDE)
