"""Rules about single elements: what an event, gateway or sub-process needs in order to run at all."""

from shuli.core.bpmn.compile.shape import is_for_compensation
from shuli.core.bpmn.graph import Node
from shuli.core.bpmn.lint.subject import ACTIVITIES, Subject

# What an event sub-process can begin with, and what nothing else can.
BEGINNING = frozenset({"message", "timer", "signal", "conditional", "error", "escalation"})
ONLY_INSIDE = frozenset({"error", "escalation", "compensation"})
BEHIND_GATEWAY = frozenset({"intermediate_catch_event", "receive_task"})


def events_say_what_triggers_them(subject: Subject) -> None:
    for name, node in subject.graph.nodes.items():
        trigger = node.event.trigger
        if trigger == "conditional" and not node.event.condition:
            subject.add("condition_empty", name, name=subject.name(name))
        if trigger == "signal" and not node.event.name:
            subject.add("signal_missing", name, name=subject.name(name))
        never_beside = node.kind == "boundary_event" and trigger in ("error", "cancel")
        if never_beside and not node.interrupting:
            subject.add("event_interrupts", name, name=subject.name(name))


def starts_stand_where_they_can(subject: Subject) -> None:
    for name, node in subject.graph.nodes.items():
        if node.kind != "start_event":
            continue
        around = subject.scopes[node.scope]
        if around != "event_sub_process" and node.event.trigger in ONLY_INSIDE:
            subject.add("start_outside", name, name=subject.name(name))
        if around == "ad_hoc_sub_process":
            subject.add("ad_hoc_start", name, name=subject.name(name))


def event_sub_processes_begin_with_one_event(subject: Subject) -> None:
    for name, node in subject.graph.nodes.items():
        if node.kind != "event_sub_process":
            continue
        starts = [one for one in _inside(subject, name) if one.kind == "start_event"]
        if len(starts) != 1 or starts[0].event.trigger not in BEGINNING:
            subject.add("event_sub_process_start", name, name=subject.name(name), found=len(starts))
        if node.incoming or node.outgoing:
            subject.add("event_sub_process_flow", name, name=subject.name(name))
        if subject.scopes[node.scope] == "ad_hoc_sub_process":
            subject.add("event_sub_process_ad_hoc", name, name=subject.name(name))


def _inside(subject: Subject, scope: str) -> list[Node]:
    return [node for node in subject.graph.nodes.values() if node.scope == scope]


def compensation_has_its_handler(subject: Subject) -> None:
    nodes = subject.graph.nodes
    handlers = {node.handler for node in nodes.values() if node.handler}
    for name, node in nodes.items():
        if node.element == "boundary_event:compensation":
            _check_handler(subject, node)
        if node.is_handler and name not in handlers:
            subject.add("handler_alone", name, name=subject.name(name))
        if node.is_handler and (node.incoming or node.outgoing):
            subject.add("handler_flow", name, name=subject.name(name))
        if node.event.trigger == "compensation" and node.kind.endswith(("throw_event", "end_event")):
            _check_thrown(subject, node)


def _check_handler(subject: Subject, event: Node) -> None:
    handler = subject.graph.nodes.get(event.handler or "")
    if handler is None or not handler.is_handler or handler.scope != event.scope:
        subject.add("handler_missing", event.id, name=subject.name(event.attached_to or event.id))


def _check_thrown(subject: Subject, event: Node) -> None:
    """Tell compensation that can undo nothing: what it names, or its scope, holds no activity with a handler."""
    nodes = subject.graph.nodes
    wanted = event.event.activity
    scope = event.scope
    while wanted is None and scope and subject.scopes[scope] == "event_sub_process":
        scope = nodes[scope].scope
    undoable = {node.attached_to for node in nodes.values() if node.element == "boundary_event:compensation"}
    around = wanted if wanted is not None else scope
    if not any(name in undoable and _lies_in(nodes[name], around, subject) for name in nodes):
        subject.add("compensation_empty", event.id, name=subject.name(event.id))


def _lies_in(node: Node, around: str, subject: Subject) -> bool:
    name = node.id
    while name and name != around:
        name = subject.graph.nodes[name].scope
    return name == around


def transactions_say_what_follows_a_cancellation(subject: Subject) -> None:
    nodes = subject.graph.nodes
    for name, node in nodes.items():
        if node.element == "end_event:cancel":
            _check_cancel(subject, node)
        on = nodes.get(node.attached_to or "")
        if node.element == "boundary_event:cancel" and (on is None or on.kind != "transaction"):
            subject.add("cancel_boundary_elsewhere", name, name=subject.name(name))


def _check_cancel(subject: Subject, end: Node) -> None:
    transaction = subject.graph.nodes.get(end.scope)
    if transaction is None or transaction.kind != "transaction":
        subject.add("cancel_outside", end.id, name=subject.name(end.id))
        return
    events = [subject.graph.nodes[name].event.trigger for name in transaction.boundaries]
    if "cancel" not in events:
        subject.add("cancel_uncaught", transaction.id, name=subject.name(transaction.id))
    if transaction.multiple or transaction.loop:
        subject.add("cancel_repeated", transaction.id, name=subject.name(transaction.id))


def gateways_can_decide(subject: Subject) -> None:
    for name, node in subject.graph.nodes.items():
        if node.kind == "complex_gateway" and len(node.incoming) > 1:
            _check_complex_join(subject, node)
        if node.kind == "event_based_gateway":
            _check_events_behind(subject, node)
        if node.instantiates and node.incoming:
            subject.add("instantiate_inside", name, name=subject.name(name))


def _check_complex_join(subject: Subject, join: Node) -> None:
    if not join.activation:
        subject.add("activation_missing", join.id, name=subject.name(join.id))
    if join.pair is None:
        subject.add("complex_unpaired", join.id, name=subject.name(join.id))


def _check_events_behind(subject: Subject, gateway: Node) -> None:
    for flow in gateway.outgoing:
        target = subject.graph.nodes[flow.target]
        waits = target.kind in BEHIND_GATEWAY and target.event.trigger != "link"
        if not waits:
            subject.add(
                "event_expected", target.id, name=subject.name(target.id), gateway=subject.name(gateway.id)
            )


def activities_repeat_with_an_end(subject: Subject) -> None:
    for name, node in subject.graph.nodes.items():
        if node.loop is not None and node.loop.condition is None and node.loop.maximum is None:
            subject.add("loop_endless", name, name=subject.name(name))
        if node.kind == "ad_hoc_sub_process" and not _startable(subject, name):
            subject.add("ad_hoc_empty", name, name=subject.name(name))


def _startable(subject: Subject, scope: str) -> list[Node]:
    inside = _inside(subject, scope)
    return [
        node
        for node in inside
        if node.kind in ACTIVITIES and not node.incoming and not is_for_compensation(node)
    ]


RULES = (
    events_say_what_triggers_them,
    starts_stand_where_they_can,
    event_sub_processes_begin_with_one_event,
    compensation_has_its_handler,
    transactions_say_what_follows_a_cancellation,
    gateways_can_decide,
    activities_repeat_with_an_end,
)
