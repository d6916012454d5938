"""Rules about FEEL: every expression can be read, and what a choice reads is written somewhere."""

import re
from collections.abc import Iterator

from shuli.core.bpmn.graph import PLACEHOLDER, Duty, Node, Performer, ServiceRule
from shuli.core.bpmn.lint.subject import Subject
from shuli.core.feel import compile_expression
from shuli.core.text import Text
from shuli.core.worktime import Agreed, ByExpression, Limit, Relative, Strictest

# What the engine itself gives to every expression.
BUILT_IN = frozenset(
    {"activationCount", "case", "completedRounds", "loopCounter", "numberOfInstances", "numberOfActiveInstances", "numberOfCompletedInstances",
     "numberOfTerminatedInstances"}
)  # fmt: skip
# A timer may say its time as ISO 8601 instead of FEEL.
ISO = re.compile(r"-?P(\d|T\d)|R\d*/|\d{4}-\d\d-\d\d")


def expressions_can_be_read(subject: Subject) -> None:
    for name, node in subject.graph.nodes.items():
        for owner, source in (*_of_flows(node), *((name, text) for text in _of_node(node))):
            for error in compile_expression(source).errors[:1]:
                words = subject.name(owner) if owner == name else _flow_name(subject, node, owner)
                subject.add(
                    "feel_broken",
                    owner,
                    name=words,
                    line=error.line,
                    column=error.column,
                    expression=source,
                    problem=error.code,
                    **error.params,
                )


def _flow_name(subject: Subject, node: Node, flow_id: str) -> Text:
    flow = next(flow for flow in node.outgoing if flow.id == flow_id)
    if flow.name != Text():
        return flow.name
    source, target = subject.name(flow.source), subject.name(flow.target)
    return Text(
        zh=f"{source.in_language('zh')} → {target.in_language('zh')}",
        en=f"{source.in_language('en')} → {target.in_language('en')}",
    )


def _of_flows(node: Node) -> Iterator[tuple[str, str]]:
    for flow in node.outgoing:
        if flow.condition:
            yield flow.id, flow.condition


def _of_node(node: Node) -> Iterator[str]:
    """Yield every FEEL text of a node."""
    completion = node.ad_hoc.completion if node.ad_hoc is not None else None
    yield from filter(None, (node.activation, completion))
    yield from (assign.value for assign in node.data_in)
    yield from filter(None, (node.script, node.event.correlation, node.event.condition))
    if node.multiple is not None:
        many = node.multiple
        yield from filter(None, (many.collection, many.cardinality, many.output_item, many.completion))
    if node.loop is not None and node.loop.condition:
        yield node.loop.condition
    if node.call is not None:
        yield from (one.value for one in (*node.call.inputs, *node.call.outputs))
    if node.service is not None:
        yield from _of_service(node.service)
    yield from (one.value for one in node.event.send)
    timer = node.event.timer
    if timer is not None and timer.limit is not None:
        yield from _of_limit(timer.limit)
    if timer is not None and timer.expression and not ISO.match(timer.expression):
        yield timer.expression
    yield from _of_duty(node.duty)


def _of_service(rule: ServiceRule) -> Iterator[str]:
    yield from (one.value for one in (*rule.headers, *rule.inputs, *rule.outputs))
    yield from PLACEHOLDER.findall(rule.url)
    if rule.body:
        yield rule.body


def _of_duty(duty: Duty) -> Iterator[str]:
    yield from filter(None, (duty.lead, *duty.cooperating))
    performers: list[Performer | None] = [duty.performer, duty.first_responsible]
    performers += [seat.performer for seat in duty.seats] + [step.to for step in duty.escalation]
    performers += duty.notice.to if duty.notice else ()
    yield from (one.value for one in performers if one is not None and one.value)
    yield from (seat.department for seat in duty.seats if seat.department)
    yield from (guard.condition for guard in duty.guards)
    yield from (assign.value for assign in duty.assign)
    for limit in duty.limits:
        yield from _of_limit(limit)


def _of_limit(limit: Limit) -> Iterator[str]:
    if isinstance(limit, ByExpression):
        yield limit.expression
    inner = {Strictest: "limits", Agreed: "default", Relative: "limit"}.get(type(limit))
    found = getattr(limit, inner) if inner else ()
    for one in found if isinstance(found, tuple) else (found,):
        if one is not None:
            yield from _of_limit(one)


def choices_read_what_is_written(subject: Subject) -> None:
    """Tell a condition that reads a name which nothing in the process writes; silent where that cannot be known."""
    written = _written(subject)
    if written is None:
        return
    for name, node in subject.graph.nodes.items():
        for owner, source in _of_flows(node):
            unknown = compile_expression(source).variables - written - BUILT_IN
            for field in sorted(unknown):
                subject.add("field_unknown", owner, name=subject.name(name), field=field)


def _written(subject: Subject) -> frozenset[str] | None:
    """Return the names that the process writes, or None where some step may write anything."""
    names: set[str] = set()
    for node in subject.graph.nodes.values():
        forms = [form for form in (node.duty.form, *(seat.form for seat in node.duty.seats)) if form]
        if any(form not in subject.forms for form in forms) or _may_write_anything(node, forms):
            return None
        names.update(key for form in forms for key in subject.forms[form])
        names.update(assign.name for assign in (*node.duty.assign, *node.data_in))
        names.update(filter(None, (node.result,)))
        names.update(assign.name for assign in (node.service.outputs if node.service else ()))
        if node.multiple is not None:
            names.update(filter(None, (node.multiple.item, node.multiple.output_collection)))
        if node.call is not None:
            names.update(assign.name for assign in node.call.outputs)
    return frozenset(names)


def _may_write_anything(node: Node, forms: list[str]) -> bool:
    """Say whether data comes in that the model does not name: with a message, a call, a result without a variable."""
    catches = node.kind in ("start_event", "intermediate_catch_event", "boundary_event", "receive_task")
    by_message = catches and node.event.trigger in ("message", "signal") and not forms
    gives_all = node.call is not None and node.call.all_out
    names_its_own = node.result or (node.service is not None and node.service.outputs)
    automatic = node.kind in ("script_task", "service_task", "business_rule_task") and not names_its_own
    return by_message or gives_all or automatic


RULES = (expressions_can_be_read, choices_read_what_is_written)
