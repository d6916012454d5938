"""What an event waits for or throws."""

import re
from collections.abc import Mapping
from typing import Any, Literal

from shuli.core.bpmn.compile.expressions import meaning_of
from shuli.core.bpmn.compile.reporting import Report
from shuli.core.bpmn.compile.vendors import Borrowed
from shuli.core.bpmn.elements import Element, Event, EventDefinition, Expression, Shared, Task
from shuli.core.bpmn.extension import Extension
from shuli.core.bpmn.graph import EventRule, TimerRule

# Seconds, minutes, hours … as cron and Quartz write them: five to seven words, one of them open.
CRON = re.compile(r"(?=.*[*?])[\d*?,/LW#A-Z-]+(?: +[\d*?,/LW#A-Z-]+){4,6}", re.IGNORECASE)
# Errors and escalations are caught by their code, the others by their name.
NAMED_BY_CODE = ("error", "escalation")


def rule_of(event: Event, report: Report) -> EventRule:
    """Return what triggers an event, or what it triggers."""
    definitions = [*event.definitions, *_shared_definitions(event, report)]
    extension = Extension(event)
    outcome = _outcome(extension)
    if not definitions:
        return EventRule(outcome=outcome)
    if len(definitions) > 1:
        report.add("event_multiple", event.id)
        return EventRule(trigger="multiple", outcome=outcome)
    return _rule(definitions[0], event, extension, report, outcome)


def receive_rule(task: Task, report: Report) -> EventRule:
    """Return the message that a receive task waits for, or a send task sends."""
    if task.kind not in ("receive_task", "send_task"):
        return EventRule()
    correlation = _correlation(task, Extension(task), task.message, report)
    return EventRule(
        trigger="message" if task.message else "none",
        name=_shared_name(task.message, report) if task.message else None,
        correlation=correlation,
        **Extension(task).fields("message"),
    )


def _rule(
    definition: EventDefinition,
    event: Event,
    extension: Extension,
    report: Report,
    outcome: Literal["approved", "rejected"],
) -> EventRule:
    fields: dict[str, Any] = {"trigger": definition.trigger, "outcome": outcome}
    report.mistakes(Borrowed(definition).mistakes, event.id)
    if definition.trigger == "link":
        fields["name"] = definition.name or event.name or None
    elif definition.trigger == "compensation":
        fields["activity"] = definition.ref or None
    elif definition.ref:
        fields["name"] = _shared_name(definition.ref, report)
    if definition.trigger == "timer":
        fields["timer"] = timer_of(definition, event, report)
    if definition.trigger == "conditional":
        fields["condition"] = feel_at(definition.condition, event.id, report)
    if definition.trigger == "message":
        fields["correlation"] = _correlation(event, extension, definition.ref, report)
        fields |= extension.fields("message")
    return EventRule(**fields)


def timer_of(definition: EventDefinition, event: Event, report: Report) -> TimerRule | None:
    """Return when a timer fires; a limit in working time goes before BPMN's own text."""
    texts: Mapping[Literal["date", "duration", "cycle"], Expression | None] = {
        "date": definition.date,
        "duration": definition.duration,
        "cycle": definition.cycle,
    }
    extension = Extension(definition)
    ours = extension.fields("timer")
    report.mistakes(extension.mistakes, event.id)
    if ours.keys() - {"missed"}:
        return TimerRule(kind="cycle" if "repeat" in ours else "duration", **ours)
    for kind, expression in texts.items():
        if expression is not None and expression.text.strip():
            feel = feel_at(expression, event.id, report)
            if feel and CRON.fullmatch(feel):
                report.add("timer_cron", event.id, found=feel)
                feel = None
            return TimerRule(kind=kind, expression=feel, **ours)
    report.add("timer_empty", event.id)
    return None


def feel_at(expression: Expression | None, element: str, report: Report) -> str | None:
    """Return an expression's FEEL; report what cannot be understood at the element."""
    found = meaning_of(expression)
    if found.problem:
        report.add(found.problem, element, **found.params)
    return found.feel


def _shared_definitions(event: Event, report: Report) -> list[EventDefinition]:
    elements = report.document.elements
    found = (elements.get(reference) for reference in event.definition_refs)
    return [definition for definition in found if isinstance(definition, EventDefinition)]


def _shared_name(reference: str, report: Report) -> str:
    """Return by which name a message, signal, error or escalation is known; the reference itself where it leads nowhere."""
    shared = report.document.elements.get(reference)
    if not isinstance(shared, Shared):
        return reference
    by_code = shared.code if shared.kind in NAMED_BY_CODE else ""
    return by_code or shared.name or shared.code or shared.id


def _correlation(element: Element, extension: Extension, message: str, report: Report) -> str | None:
    own = extension.mark("correlation").get("", "")
    return own or Borrowed(element, report.document.elements.get(message)).correlation


def _outcome(extension: Extension) -> Literal["approved", "rejected"]:
    return "rejected" if extension.mark("end").get("outcome") == "rejected" else "approved"
