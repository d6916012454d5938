"""Who is answerable for a case from its first day to its last (首问责任人), when that changes hands."""

from shuli.core.engine import commands as c
from shuli.core.engine import events as e
from shuli.core.engine.run import Run
from shuli.core.engine.world import Refused


def entrust(run: Run, command: c.Entrust) -> Refused | None:
    """Make somebody the first responder; who may do so, the caller has asked."""
    known = run.world.assign("person", command.person, run.marking, run.plan.graph)
    if not known.people:
        return Refused(code="unknown_person", params={"who": command.person})
    if run.marking.custodian != command.person:
        run.emit(e.CustodianSet(person=command.person))
    return None
