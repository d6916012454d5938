"""Running a draft again from its first step: each step is one command of the engine at a moment of the sandbox's clock."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from msgspec.structs import replace

from shuli.apps.cases.choosing import rights_with_choices, with_choices
from shuli.apps.cases.trials.sandbox import Sandbox
from shuli.apps.catalogue.decisions import queries as decisions
from shuli.apps.catalogue.studio.queries import Drawing
from shuli.core.bpmn import BpmnDocument, compile_process, has_errors, not_runnable, read_bpmn
from shuli.core.bpmn.graph import ProcessGraph
from shuli.core.engine import ELEMENTS, Accepted, Marking, Refused, decide
from shuli.core.engine import commands as c
from shuli.core.engine.events import Event
from shuli.core.engine.marking import Seat, Visit
from shuli.core.forms import AttachmentField, FieldRights, FormDefinition, Validation, read_form, validate
from shuli.kit import clock

Step = dict[str, Any]
# What one trial may take: a loop without a person must not hold the server.
MOST_STEPS = 400
MOST_TIMERS = 200


@dataclass(frozen=True, kw_only=True)
class Unfit:
    """The answers do not fit the form; nothing was done."""

    validation: Validation


Answer = Accepted | Refused | Unfit


@dataclass(kw_only=True)
class Trial:
    """A draft on its way: where it is, how it came there, what it would have sent."""

    document: BpmnDocument
    graph: ProcessGraph
    forms: Mapping[str, FormDefinition]
    world: Sandbox
    marking: Marking = field(default_factory=Marking)
    events: list[tuple[datetime, str, Event]] = field(default_factory=list)

    @property
    def now(self) -> datetime:
        return self.world.now

    def ask(self, command: c.Command) -> Accepted | Refused:
        answer = decide(self.graph, self.marking, command, self.world)
        if isinstance(answer, Accepted):
            self.events += [(self.now, command.actor, event) for event in answer.events]
            self.marking = answer.marking
        return answer

    def seat(self, number: int) -> tuple[Visit, Seat] | None:
        for visit in self.marking.visits.values():
            if number in visit.seats:
                return visit, visit.seats[number]
        return None

    def form_at(self, node: str, seat_key: str = "") -> FormDefinition | None:
        """Return the form of a node or of one of its seats, without its files: none are kept here."""
        duty = self.graph.nodes[node].duty
        rule = next((rule for rule in duty.seats if seat_key and rule.key == seat_key), None)
        key = rule.form if rule is not None else duty.form
        found = with_choices(self.forms.get(key) if key else None, self.graph, node)
        return without_files(found) if found is not None else None

    def rights_at(self, node: str) -> FieldRights:
        return rights_with_choices(self.graph.nodes[node].duty.rights, self.graph, node)

    def context(self, person: str) -> dict[str, Any]:
        return {**self.marking.variables, "user": person}


def without_files(form: FormDefinition) -> FormDefinition:
    """Return a form without its fields for files: a trial takes every file as attached."""
    sections = [
        replace(part, fields=tuple(one for one in part.fields if not isinstance(one, AttachmentField)))
        for part in form.sections
    ]
    return replace(form, sections=tuple(part for part in sections if part.fields))


def begun(drawing: Drawing, start: datetime) -> Trial | None:
    """Return a trial before its first step; None where the draft cannot run yet."""
    reading = read_bpmn(drawing.bpmn.encode())
    document = None if has_errors(reading.findings) else reading.document
    compiled = compile_process(document) if document else None
    if document is None or compiled is None or compiled.graph is None:
        return None
    if has_errors(compiled.findings) or has_errors(not_runnable(document, compiled.graph, ELEMENTS)):
        return None
    read = {key: read_form(definition).form for key, definition in drawing.forms.items()}
    forms = {key: form for key, form in read.items() if form is not None}
    return Trial(document=document, graph=compiled.graph, forms=forms, world=Sandbox(now=start))


def run_again(drawing: Drawing, start: datetime, steps: list[Step]) -> Trial | None:
    """Return the trial after its steps; what a changed draft no longer allows is left out."""
    trial = begun(drawing, start)
    if trial is not None:
        for step in steps[:MOST_STEPS]:
            do(trial, step)
    return trial


def do(trial: Trial, step: Step) -> Answer:
    """Do one step at the sandbox's moment."""
    with clock.frozen(trial.now):
        return DEEDS[step["do"]](trial, step)


def _checked(trial: Trial, form: FormDefinition | None, node: str, step: Step) -> Validation:
    if form is None:
        return Validation(values={})
    person = step["person"]
    return validate(
        form, step["answers"], trial.context(person), trial.rights_at(node), True,
        now=clock.local_now(), person=person, decide=decisions.decide,
    )  # fmt: skip


def _start(trial: Trial, step: Step) -> Answer:
    node = trial.graph.nodes.get(step["node"])
    if node is None:
        return Refused(code="no_such_step")
    checked = _checked(trial, trial.form_at(node.id), node.id, step)
    if not checked.is_valid:
        return Unfit(validation=checked)
    message = node.event.name if node.event.trigger == "message" else None
    values = checked.values
    return trial.ask(c.Start(actor=step["person"], variables=values, start=node.id, message=message))


def _complete(trial: Trial, step: Step) -> Answer:
    found = trial.seat(step["seat"])
    if found is None:
        return Refused(code="no_such_task")
    visit, seat = found
    is_asked = seat.role in {"before", "after", "delegate"}
    form = None if is_asked else trial.form_at(visit.node, seat.key)
    checked = _checked(trial, form, visit.node, step)
    if not checked.is_valid:
        return Unfit(validation=checked)
    outputs = trial.graph.nodes[visit.node].duty.outputs
    return trial.ask(
        c.Complete(
            actor=step["person"], seat=seat.id, answers=checked.values, decision=step["decision"],
            opinion=step["opinion"], signed=True, documents=frozenset(one.document for one in outputs),
        )
    )  # fmt: skip


def _wait(trial: Trial, step: Step) -> Answer:
    """Let time pass, firing what comes due on the way in its order."""
    until = max(datetime.fromisoformat(step["until"]), trial.now)
    answer: Accepted | Refused = Accepted(events=(), marking=trial.marking)
    for _round in range(MOST_TIMERS):
        due = [timer for timer in trial.marking.timers.values() if timer.due_at <= until]
        if not due:
            break
        first = min(due, key=lambda timer: (timer.due_at, timer.id))
        trial.world.now = max(first.due_at, trial.now)
        answer = trial.ask(c.FireTimer(timer=first.id))
        if isinstance(answer, Refused):
            break
    trial.world.now = max(until, trial.now)
    return answer


def _deliver(trial: Trial, step: Step) -> Answer:
    return trial.ask(c.Deliver(subscription=step["what"], data=step["answers"]))


def _answered(trial: Trial, step: Step) -> Answer:
    return trial.ask(c.ServiceAnswered(call=step["what"], variables=step["answers"]))


def _child_ended(trial: Trial, step: Step) -> Answer:
    return trial.ask(c.ChildEnded(child=step["what"], status="approved", variables=step["answers"]))


def _retry(trial: Trial, step: Step) -> Answer:
    return trial.ask(c.Retry(actor=step["person"], incident=step["what"], variables=step["answers"]))


DEEDS: Mapping[str, Callable[[Trial, Step], Answer]] = {
    "start": _start,
    "complete": _complete,
    "wait": _wait,
    "deliver": _deliver,
    "answer": _answered,
    "child": _child_ended,
    "retry": _retry,
}


def working_start(now: datetime) -> datetime:
    """Return ten o'clock of the next weekday, so that limits are easy to read."""
    local = timezone.localtime(now)
    day = local + timedelta(days=1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day.replace(hour=10, minute=0, second=0, microsecond=0)
