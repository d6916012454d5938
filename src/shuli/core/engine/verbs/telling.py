"""Send copies (抄送), press whoever has a task (催办), correct what is wrong in the case's variables."""

from shuli.core.engine import commands as c
from shuli.core.engine import events as e
from shuli.core.engine.expressions import plain
from shuli.core.engine.marking import OUTCOMES
from shuli.core.engine.run import Run
from shuli.core.engine.verbs.seats import is_known, refuse_verb, visit_of_seat
from shuli.core.engine.world import Refused
from shuli.core.worktime import working_seconds_between

BETWEEN_URGES = 4 * 3600  # working seconds


def copy(run: Run, command: c.Copy) -> Refused | None:
    """Send people a read item, once a person and case."""
    people = tuple(dict.fromkeys(command.people))
    if not people:
        return Refused(code="no_people")
    unknown = [person for person in people if not is_known(run, person)]
    if unknown:
        return Refused(code="unknown_person", params={"who": unknown[0]})
    new = tuple(person for person in people if person not in run.marking.copied)
    if not new:
        return Refused(code="already_copied", params={"who": list(people)})
    run.emit(e.Informed(node=command.node, people=new, by=command.actor, text=command.text))
    return None


def urge(run: Run, command: c.Urge) -> Refused | None:
    """Press whoever has a task, at most once within four working hours; it changes nothing else."""
    visit = visit_of_seat(run.marking, command.seat)
    if isinstance(visit, Refused):
        return visit
    refusal = refuse_verb(run, run.plan.places[visit.node], "urge")
    if refusal is not None:
        return refusal
    last = visit.seats[command.seat].urged_at
    calendar = run.world.calendar(visit.department)
    if last is not None and working_seconds_between(calendar, last, run.now) < BETWEEN_URGES:
        return Refused(code="urged_recently", params={"at": last.isoformat()})
    run.emit(
        e.TaskUrged(visit=visit.id, seat=command.seat, person=command.actor, at=run.now, text=command.text)
    )
    return None


def correct(run: Run, command: c.Correct) -> Refused | None:
    """Set variables of the case that were wrong, with a reason. Who may do so, the caller has asked."""
    if not command.reason.strip():
        return Refused(code="reason_missing")
    known = run.marking.variables
    given = {str(name): plain(value) for name, value in command.variables.items() if name != OUTCOMES}
    changed = {name: value for name, value in given.items() if name not in known or known[name] != value}
    if not changed:
        return Refused(code="nothing_to_correct")
    former = {name: known.get(name) for name in changed}
    run.emit(e.VariablesCorrected(values=changed, former=former, reason=command.reason))
    run.variables_changed = True
    return None
