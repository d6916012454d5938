"""Rules about message flows between the pools of a file."""

from shuli.core.bpmn.compile.messages import name_of
from shuli.core.bpmn.elements import Event, MessageFlow, Task
from shuli.core.bpmn.extension import name_of as wording_of
from shuli.core.bpmn.lint.subject import Subject, named


def message_flows_join_pools(subject: Subject) -> None:
    """Tell a flow within one pool, and one whose ends name different messages; each flow once, with its source."""
    for collaboration in subject.document.collaborations:
        for flow in collaboration.message_flows:
            if flow.source in subject.graph.nodes:
                _check_flow(subject, flow)


def _check_flow(subject: Subject, flow: MessageFlow) -> None:
    words = named(wording_of(flow), flow.id)
    if flow.target in subject.graph.nodes:
        subject.add("message_flow_inside", flow.id, name=words)
    sent, expected = (_message_at(subject, end) for end in (flow.source, flow.target))
    carried = name_of(flow, subject.document) if flow.message else None
    names = tuple(dict.fromkeys(name for name in (sent, carried, expected) if name))
    if len(names) > 1:
        subject.add("message_flow_differs", flow.id, name=words, found=names)


def _message_at(subject: Subject, end: str) -> str | None:
    """Return the name of the message that an element itself says."""
    element = subject.document.elements.get(end)
    message = element.message if isinstance(element, Task) else ""
    if isinstance(element, Event):
        message = next((one.ref for one in element.definitions if one.trigger == "message"), "")
    found = subject.document.elements.get(message)
    return getattr(found, "name", "") or message or None


RULES = (message_flows_join_pools,)
