"""Engine speed beside its peer's, in one run, alternating; the figure is the median of several.

Left out on both sides: forms, rights and pages. "in memory" keeps the events of every case but writes nothing.
"""

import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import models
import peers

from shuli.core.bpmn import compile_process, read_bpmn
from shuli.core.bpmn.graph import Performer, ProcessGraph
from shuli.core.engine import Accepted, FixedWorld, Marking, decide
from shuli.core.engine import commands as c

RUNS = 5
CASES = {"sequence": 4_000, "parallel": 4_000}
PEER_CASES = {"sequence": 400, "parallel": 300}
AT = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)


def graph(bpmn: str) -> ProcessGraph:
    """Return the compiled process; every task is the starter's, so that each case runs without a directory."""
    document = read_bpmn(bpmn.encode()).document
    compiled = compile_process(document).graph
    nodes = {
        key: _given_to_starter(node) if node.kind == "user_task" else node
        for key, node in compiled.nodes.items()
    }
    import msgspec

    return msgspec.structs.replace(compiled, nodes=nodes)


def _given_to_starter(node: Any) -> Any:
    import msgspec

    duty = msgspec.structs.replace(node.duty, performer=Performer(kind="starter"), limits=(), reminders=())
    return msgspec.structs.replace(node, duty=duty)


def run_case(process: ProcessGraph, world: Any) -> tuple[int, list[Any]]:
    """Run one case from start to end; return how many tasks were completed, and its events."""
    answer = decide(process, Marking(), c.Start(actor="ann"), world)
    events, done = list(answer.events), 0
    while answer.marking.status == "running":
        for visit in list(answer.marking.visits.values()):
            for seat in visit.seats.values():
                answer = decide(process, answer.marking, c.Complete(actor="ann", seat=seat.id), world)
                if not isinstance(answer, Accepted):
                    raise TypeError(answer)
                events.extend(answer.events)
                done += 1
    return done, events


def completions_per_second(process: ProcessGraph, cases: int) -> float:
    world = FixedWorld(now=AT)
    begun = time.perf_counter()
    done = sum(run_case(process, world)[0] for _ in range(cases))
    return done / (time.perf_counter() - begun)


def alternating(
    ours: Callable[[], float], peer: Callable[[], float], runs: int = RUNS
) -> tuple[list[float], list[float]]:
    """Measure both in turn, so that a busy machine slows both alike."""
    mine, theirs = [], []
    for _ in range(runs):
        mine.append(ours())
        theirs.append(peer())
    return mine, theirs


def row(name: str, bpmn: str, key: str, reach: float) -> dict[str, Any]:
    process = graph(bpmn)
    mine, theirs = alternating(
        lambda: completions_per_second(process, CASES[key]),
        lambda: peers.completions_per_second(bpmn, key, PEER_CASES[key]),
    )
    ours, peer = statistics.median(mine), statistics.median(theirs)
    return {
        "row": name,
        "unit": "task completions/s",
        "ours": round(ours),
        "peer": "SpiffWorkflow",
        "peer_value": round(peer),
        "ratio": round(ours / peer, 1),
        "limit_value": reach,
        "runs": [round(value) for value in mine],
    }


def in_memory() -> list[dict[str, Any]]:
    return [
        row("engine in memory, 5 user tasks in sequence", models.sequence(), "sequence", 100_000),
        row("engine in memory, parallel split and join of 3", models.parallel(), "parallel", 60_000),
    ]
