"""BPMN 2.0 XML to a typed model, its checks, its picture and its ProcessGraph."""

from shuli.core.bpmn.compile import Compilation, compile_pools, compile_process
from shuli.core.bpmn.document import BpmnDocument
from shuli.core.bpmn.draw import Pin, draw_chart, draw_svg, localize
from shuli.core.bpmn.findings import Finding, has_errors
from shuli.core.bpmn.lint import check
from shuli.core.bpmn.lint.runnable import not_runnable
from shuli.core.bpmn.sentences import sentence
from shuli.core.bpmn.xml.reading import Reading, read_bpmn
from shuli.core.bpmn.xml.writing import write_bpmn

__all__ = [
    "BpmnDocument",
    "Compilation",
    "Finding",
    "Pin",
    "Reading",
    "check",
    "compile_pools",
    "compile_process",
    "draw_chart",
    "draw_svg",
    "has_errors",
    "localize",
    "not_runnable",
    "read_bpmn",
    "sentence",
    "write_bpmn",
]
