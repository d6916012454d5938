"""BPMN 2.0 XML to a typed model, its checks, its picture and its ProcessGraph."""

from shuli.core.bpmn.document import BpmnDocument
from shuli.core.bpmn.findings import Finding
from shuli.core.bpmn.xml.reading import Reading, read_bpmn
from shuli.core.bpmn.xml.writing import write_bpmn

__all__ = ["BpmnDocument", "Finding", "Reading", "read_bpmn", "write_bpmn"]
