"""A case that goes round and round: what a step costs in its hundredth, thousandth and ten-thousandth round, durable."""

import math
import statistics
import time

import models

PROCESS = "P-BENCH-ROUNDS"
ROUNDS = 10_000
NEAR = 50  # rounds on either side whose median is a figure


def bpmn() -> str:
    """Return start → t1 → again? → back to t1, or to the end."""
    edges = [("start", "t1"), ("t1", "again"), ("again", "t1"), ("again", "end")]
    kinds = {"start": "startEvent", "end": "endEvent", "again": "exclusiveGateway"}
    text = models.process("rounds", edges, kinds)
    condition = "<bpmn:conditionExpression>{}</bpmn:conditionExpression></bpmn:sequenceFlow>"
    for target, when in (("t1", "true"), ("end", "false")):
        flow = f'<bpmn:sequenceFlow id="f_again_{target}" sourceRef="again" targetRef="{target}"'
        text = text.replace(f"{flow}/>", f"{flow}>{condition.format(when)}")
    return models.limited(text, PROCESS)


def rounds(starter: str) -> dict[str, tuple[float, float, float]]:
    """Return the 95th percentile, median and least of a step's milliseconds around three rounds of one case."""
    from shuli.apps.cases import execution
    from shuli.apps.catalogue import operations
    from shuli.core.engine import Refused
    from shuli.core.engine import commands as c

    installed = operations.publish(operations.Package(facts={"key": PROCESS}, bpmn=bpmn(), forms={}))
    if installed.is_refused:
        raise RuntimeError(installed)
    case, answer = execution.start(PROCESS, c.Start(actor=starter))
    waits = []
    for _ in range(ROUNDS):
        if isinstance(answer, Refused):
            raise TypeError(answer)
        seat = next(seat for visit in answer.marking.visits.values() for seat in visit.seats)
        began = time.perf_counter()
        answer = execution.execute(case, c.Complete(actor=starter, seat=seat))
        waits.append(1000 * (time.perf_counter() - began))
    return {f"{at:,}": _figures(waits[max(0, at - NEAR) : at + NEAR]) for at in (100, 1_000, ROUNDS)}


def _figures(waits: list[float]) -> tuple[float, float, float]:
    ordered = sorted(waits)
    return ordered[math.ceil(0.95 * len(ordered)) - 1], statistics.median(ordered), ordered[0]
