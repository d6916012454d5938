"""Pools and the messages between them."""

from shuli.core.bpmn.elements.activities import Artifact
from shuli.core.bpmn.elements.artifacts import ARTIFACTS
from shuli.core.bpmn.elements.base import Element, Spec, flag, many, model, one, raw, ref, text, whole


class Multiplicity(Element, frozen=True, kw_only=True):
    minimum: int = 0
    maximum: int = 1


class Participant(Element, frozen=True, kw_only=True):
    """A pool; without a process it is a black box, such as the customer."""

    name: str = ""
    process: str = ""
    multiplicity: Multiplicity | None = None


class MessageFlow(Element, frozen=True, kw_only=True):
    name: str = ""
    source: str = ""
    target: str = ""
    message: str = ""


class Collaboration(Element, frozen=True, kw_only=True):
    name: str = ""
    is_closed: bool = False
    participants: tuple[Participant, ...] = ()
    message_flows: tuple[MessageFlow, ...] = ()
    artifacts: tuple[Artifact, ...] = ()


SPECS = (
    Spec(
        tag=model("participantMultiplicity")[0],
        type=Multiplicity,
        attributes={"minimum": whole("minimum"), "maximum": whole("maximum")},
    ),
    Spec(
        tag=model("participant")[0],
        type=Participant,
        needs_id=True,
        attributes={"name": text("name"), "processRef": ref("process")},
        children=(
            raw("interfaceRef", "endPointRef"),
            one("multiplicity", "participantMultiplicity"),
        ),
    ),
    Spec(
        tag=model("messageFlow")[0],
        type=MessageFlow,
        needs_id=True,
        attributes={
            "name": text("name"),
            "sourceRef": ref("source", "error", required=True),
            "targetRef": ref("target", "error", required=True),
            "messageRef": ref("message"),
        },
    ),
    Spec(
        tag=model("collaboration")[0],
        type=Collaboration,
        needs_id=True,
        attributes={"name": text("name"), "isClosed": flag("is_closed")},
        children=(
            many("participants", "participant"),
            many("message_flows", "messageFlow"),
            many("artifacts", *ARTIFACTS),
            raw(
                "conversationNode", "conversation", "subConversation", "callConversation", "conversationAssociation",
                "participantAssociation", "messageFlowAssociation", "correlationKey", "choreographyRef",
                "conversationLink",
            ),
        ),
    ),
)  # fmt: skip
