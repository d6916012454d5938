"""Message flows between pools: both ends know the message by the same name, so that one case's message reaches the other."""

from collections.abc import Mapping

from msgspec.structs import replace

from shuli.core.bpmn.document import BpmnDocument
from shuli.core.bpmn.elements import MessageFlow, Shared
from shuli.core.bpmn.graph import Node

CARRYING = ("send_task", "receive_task")


def messages_of(document: BpmnDocument) -> Mapping[str, str]:
    """Return the name of the message that comes to or goes out of each element over a message flow."""
    return {
        end: name_of(flow, document)
        for collaboration in document.collaborations
        for flow in collaboration.message_flows
        for end in (flow.source, flow.target)
    }


def name_of(flow: MessageFlow, document: BpmnDocument) -> str:
    """Return by which name the message of a flow is known: the message's, the flow's, or the flow's id."""
    message = document.elements.get(flow.message)
    named = message.name if isinstance(message, Shared) else ""
    return named or " ".join(flow.name.split()) or flow.id


def with_message(node: Node, messages: Mapping[str, str]) -> Node:
    """Return the node with the name of its message flow, where it waits for or sends a message that it does not name."""
    name = messages.get(node.id)
    carries = node.kind in CARRYING or node.event.trigger == "message"
    if name is None or not carries or node.event.name is not None:
        return node
    return replace(node, event=replace(node.event, trigger="message", name=name))
