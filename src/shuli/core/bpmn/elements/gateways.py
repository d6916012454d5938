"""The five gateways."""

from typing import Literal

from shuli.core.bpmn.elements.base import Attribute, Child, Spec, flag, model, one, raw, ref, refs, text
from shuli.core.bpmn.elements.flows import Expression, FlowNode

GatewayKind = Literal[
    "exclusive_gateway", "parallel_gateway", "inclusive_gateway", "event_based_gateway", "complex_gateway"
]


class Gateway(FlowNode, frozen=True, kw_only=True):
    kind: GatewayKind
    default: str = ""
    direction: str = ""
    # event-based: begins a case by itself; waits for one event or for all
    instantiate: bool = False
    event_type: Literal["Exclusive", "Parallel"] = "Exclusive"
    # complex: how many tokens it waits for
    activation: Expression | None = None


DEFAULT = {"default": ref("default", "error")}

KINDS: dict[str, tuple[GatewayKind, dict[str, Attribute], tuple[Child, ...]]] = {
    "exclusiveGateway": ("exclusive_gateway", DEFAULT, ()),
    "parallelGateway": ("parallel_gateway", {}, ()),
    "inclusiveGateway": ("inclusive_gateway", DEFAULT, ()),
    "eventBasedGateway": (
        "event_based_gateway",
        {"instantiate": flag("instantiate"), "eventGatewayType": text("event_type")},
        (),
    ),
    "complexGateway": ("complex_gateway", DEFAULT, (one("activation", "activationCondition"),)),
}

SPECS = tuple(
    Spec(
        tag=model(tag)[0],
        type=Gateway,
        fixed=("kind", kind),
        needs_id=True,
        attributes={"name": text("name"), "gatewayDirection": text("direction"), **attributes},
        children=(
            raw("auditing", "monitoring", "categoryValueRef"),
            refs("incoming", "incoming"),
            refs("outgoing", "outgoing"),
            *children,
        ),
    )
    for tag, (kind, attributes, children) in KINDS.items()
)
