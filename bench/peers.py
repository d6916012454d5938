"""SpiffWorkflow doing the same work; installed for benchmarks only, never a part of the product."""

import io
import logging
import time

from lxml import etree
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState


class _Parser(BpmnParser):
    pass


def load(bpmn: str, key: str) -> object:
    """Return the peer's compiled specification of the process."""
    parser = _Parser()
    parser.add_bpmn_xml(etree.parse(io.BytesIO(bpmn.encode())))
    return parser.get_spec(key)


def run_case(spec: object) -> int:
    """Run one case from start to end; return how many user tasks were completed."""
    workflow = BpmnWorkflow(spec)
    workflow.do_engine_steps()
    done = 0
    while not workflow.is_completed():
        for task in workflow.get_tasks(state=TaskState.READY, manual=True):
            task.run()
            done += 1
        workflow.do_engine_steps()
    return done


logging.getLogger("spiff").setLevel(logging.WARNING)  # its log lines would slow it down


def completions_per_second(bpmn: str, key: str, cases: int) -> float:
    """Return user-task completions a second over `cases` whole cases in memory."""
    spec = load(bpmn, key)
    begun = time.perf_counter()
    done = sum(run_case(spec) for _ in range(cases))
    return done / (time.perf_counter() - begun)


__all__ = [
    "BpmnWorkflow",
    "BpmnWorkflowSerializer",
    "TaskState",
    "completions_per_second",
    "load",
    "run_case",
]
