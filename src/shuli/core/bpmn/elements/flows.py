"""Sequence flows, and the expressions that conditions, timers and loops are made of."""

from shuli.core.bpmn.elements.base import Element, Spec, flag, model, one, ref, text


class Expression(Element, frozen=True, kw_only=True):
    text: str = ""
    language: str = ""
    type: str = ""  # xsi:type without its prefix: tFormalExpression
    evaluates_to: str = ""


class SequenceFlow(Element, frozen=True, kw_only=True):
    name: str = ""
    source: str = ""
    target: str = ""
    condition: Expression | None = None
    is_immediate: bool | None = None


class FlowNode(Element, frozen=True, kw_only=True):
    """What activities, events and gateways share. The sequence flows say who follows whom; these two lists repeat it."""

    name: str = ""
    incoming: tuple[str, ...] = ()
    outgoing: tuple[str, ...] = ()


EXPRESSIONS = (
    "conditionExpression", "timeDate", "timeDuration", "timeCycle", "condition", "loopCondition",
    "loopCardinality", "completionCondition", "activationCondition", "expression",
)  # fmt: skip

SPECS = (
    *(
        Spec(
            tag=tag,
            type=Expression,
            content="text",
            attributes={"language": text("language"), "evaluatesToTypeRef": text("evaluates_to")},
        )
        for tag in model(*EXPRESSIONS)
    ),
    Spec(
        tag=model("sequenceFlow")[0],
        type=SequenceFlow,
        needs_id=True,
        attributes={
            "name": text("name"),
            "sourceRef": ref("source", "error", required=True),
            "targetRef": ref("target", "error", required=True),
            "isImmediate": flag("is_immediate"),
        },
        children=(one("condition", "conditionExpression"),),
    ),
)
