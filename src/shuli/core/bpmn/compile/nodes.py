"""One BPMN flow node → one node of the graph, as far as it can be said without its neighbours."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from msgspec.structs import replace

from shuli.core.bpmn.compile.data import data_name, data_of
from shuli.core.bpmn.compile.events import feel_at, receive_rule, rule_of
from shuli.core.bpmn.compile.expressions import meaning
from shuli.core.bpmn.compile.reporting import Report
from shuli.core.bpmn.compile.vendors import Borrowed
from shuli.core.bpmn.elements import (
    Activity,
    CallActivity,
    DataItem,
    Element,
    Event,
    FlowNode,
    Gateway,
    MultiInstance,
    StandardLoop,
    SubProcess,
    Task,
)
from shuli.core.bpmn.extension import Extension, name_of
from shuli.core.bpmn.graph import AdHoc, Call, Duty, Multiple, Node, NodeKind, ServiceRule
from shuli.core.bpmn.graph import StandardLoop as LoopRule
from shuli.core.bpmn.juel import is_juel

FEEL_SCRIPTS = ("", "feel", "text/feel", "application/feel")
Facts = dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """What stands in a node's extensions, and where to tell what is wrong."""

    extension: Extension
    borrowed: Borrowed
    report: Report


def node_of(element: FlowNode, scope: str, lane: str, report: Report) -> Node:
    """Return the node without flows, boundaries and blocks."""
    given = Given(extension=Extension(element), borrowed=Borrowed(element), report=report)
    name = name_of(element)
    facts: Facts = {
        "id": element.id,
        "kind": kind_of(element),
        "element": kind_of(element),
        "name": name,
        "scope": scope,
        "lane": lane,
        "phase": given.extension.mark("inPhase").get("key", ""),
        "duty": Duty(**{**given.borrowed.duty, **given.extension.fields("duty")}),
    }
    if isinstance(element, Activity):
        facts["is_handler"] = element.is_for_compensation
    facts |= FACTS[type(element)](element, given)
    if isinstance(element, Activity | Event):
        facts["data_in"] = data_of(element, "input", report.document)
        made = data_of(element, "output", report.document)
        facts["duty"] = replace(facts["duty"], assign=(*facts["duty"].assign, *made))
    for mistake in (*given.extension.mistakes, *given.borrowed.mistakes):
        is_lead = mistake.code == "extension_double" and mistake.params["tag"] == "lead"
        code, params = (
            ("lead_departments_many", {"name": name}) if is_lead else (mistake.code, mistake.params)
        )
        report.add(code, element.id, **params)
    return Node(**facts)


def kind_of(element: FlowNode) -> NodeKind:
    if isinstance(element, SubProcess) and element.triggered_by_event:
        return "event_sub_process"
    return "call_activity" if isinstance(element, CallActivity) else cast(NodeKind, getattr(element, "kind"))  # noqa: B009


def _event(element: Event, given: Given) -> Facts:
    rule = rule_of(element, given.report)
    return {
        "event": rule,
        "element": element.kind if rule.trigger == "none" else f"{element.kind}:{rule.trigger}",
        "attached_to": element.attached_to or None,
        "interrupting": element.is_interrupting,
    }


def _gateway(element: Gateway, given: Given) -> Facts:
    return {
        "activation": feel_at(element.activation, element.id, given.report),
        "parallel": element.event_type == "Parallel",
        "instantiates": element.instantiate,
    }


def _task(element: Task, given: Given) -> Facts:
    facts = {
        "event": receive_rule(element, given.report),
        "instantiates": element.instantiate,
        **{name: value for name, value in given.borrowed.node.items() if value},
        **_marks(given.extension),
        **_service(element, given),
        **repetition_of(element, given.report),
    }
    if element.script.strip() and not facts.get("script"):
        facts["script"] = _script(element, given.report)
    elif element.kind == "script_task" and not facts.get("script") and not _told(given):
        given.report.add("script_empty", element.id)
    return facts


def _told(given: Given) -> bool:
    """Say whether it is told already why there is no script: it lies elsewhere, or could not be understood."""
    return bool(given.borrowed.mistakes)


def _marks(extension: Extension) -> Facts:
    """Return what an automatic task runs and where its result goes."""
    decision = extension.mark("decision")
    results = [mark["result"] for mark in (decision, extension.mark("script")) if mark.get("result")]
    facts = {
        "decision": decision.get("key"),
        "result": next(iter(results), None),
    }
    return {name: value for name, value in facts.items() if value}


def _service(element: Task, given: Given) -> Facts:
    """Return who does the work of a service task, where the model says it."""
    rule: ServiceRule | None = given.extension.record("service")
    if rule is None:
        return {}
    if rule.kind == "http" and not rule.url:
        given.report.add("service_without_address", element.id, name=name_of(element))
    return {"service": rule, "result": rule.result} if rule.result else {"service": rule}


def _script(element: Task, report: Report) -> str | None:
    if element.script_format.strip().lower() in FEEL_SCRIPTS:
        return element.script.strip()
    if is_juel(element.script):
        found = meaning(element.script)
        if found.problem:
            report.add(found.problem, element.id, **found.params)
        return found.feel
    report.add("script_language", element.id, found=element.script_format)
    return None


def _sub_process(element: SubProcess, given: Given) -> Facts:
    facts = repetition_of(element, given.report)
    if element.kind == "ad_hoc_sub_process":
        completion = feel_at(element.completion, element.id, given.report)
        facts["ad_hoc"] = AdHoc(
            sequential=element.ordering == "Sequential",
            completion=completion,
            cancels_remaining=element.cancels_remaining,
        )
    return facts


def _call(element: CallActivity, given: Given) -> Facts:
    fields = {"process": element.called, **given.borrowed.call, **given.extension.fields("call")}
    if "{" in fields["process"]:
        given.report.add("call_by_expression", element.id, found=fields["process"])
    return {"call": Call(**fields), **repetition_of(element, given.report)}


# Each row takes the type that it stands for.
FACTS: Mapping[type[Element], Callable[[Any, Given], Facts]] = {
    Event: _event,
    Gateway: _gateway,
    Task: _task,
    SubProcess: _sub_process,
    CallActivity: _call,
}


def repetition_of(element: Activity, report: Report) -> Facts:
    """Return how an activity repeats: not at all, in a loop, or once for each of many."""
    loop = element.loop
    if isinstance(loop, StandardLoop):
        condition = feel_at(loop.condition, element.id, report)
        return {"loop": LoopRule(condition=condition, test_before=loop.test_before, maximum=loop.maximum)}
    return {"multiple": _multiple(loop, element, report)} if isinstance(loop, MultiInstance) else {}


def _multiple(loop: MultiInstance, element: Activity, report: Report) -> Multiple:
    extension, borrowed = Extension(loop), Borrowed(loop)
    fields = {
        "collection": _data_name(loop.input_ref, report),
        "item": _item_name(loop.input_item),
        "output_collection": _data_name(loop.output_ref, report),
        "output_item": _item_name(loop.output_item),
        **borrowed.multiple,
        **extension.fields("multiple"),
    }
    report.mistakes(extension.mistakes, element.id)
    report.mistakes(borrowed.mistakes, element.id)
    cardinality = feel_at(loop.cardinality, element.id, report)
    if not (fields["collection"] or cardinality):
        report.add("multiple_empty", element.id)
    return Multiple(
        sequential=loop.is_sequential,
        cardinality=cardinality,
        completion=feel_at(loop.completion, element.id, report),
        **fields,
    )


def _data_name(reference: str, report: Report) -> str | None:
    """Return the variable that a data object is: its name where it has one."""
    return data_name(reference, report.document) if reference else None


def _item_name(item: DataItem | None) -> str | None:
    return (item.name or item.id or None) if item else None
