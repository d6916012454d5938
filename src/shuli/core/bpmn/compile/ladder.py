"""The usual ladder of escalation, for nodes that say nothing of their own where the process asks for it."""

from collections.abc import Mapping

from msgspec.structs import replace

from shuli.core.bpmn.graph import Duty, EscalationStep, Node, Performer
from shuli.core.worktime import Offset

AT_ONCE = Offset(when="at")
AFTER_HALF_A_DAY = Offset(when="after", amount=4, unit="working_hours")
AFTER_A_DAY = Offset(when="after", amount=1, unit="working_days")
AFTER_TWO_DAYS = Offset(when="after", amount=2, unit="working_days")


def with_ladder(nodes: Mapping[str, Node]) -> dict[str, Node]:
    """Return the nodes, each one with a limit and without an escalation climbing the usual ladder."""
    return {
        name: replace(node, duty=replace(node.duty, escalation=usual_ladder(node.duty)))
        if node.duty.limits and not node.duty.escalation
        else node
        for name, node in nodes.items()
    }


def usual_ladder(duty: Duty) -> tuple[EscalationStep, ...]:
    """Return first responsible person → department head → executive in charge → process owner, as far as they are named."""
    steps = [(AT_ONCE, duty.first_responsible)]
    if duty.lead:
        steps.append((AFTER_HALF_A_DAY, Performer(kind="head", value=duty.lead)))
        steps.append((AFTER_A_DAY, Performer(kind="executive", value=duty.lead)))
    steps.append((AFTER_TWO_DAYS, Performer(kind="owner")))
    return tuple(EscalationStep(offset=offset, to=to) for offset, to in steps if to is not None)
