"""Small models for the tests of this folder, written as a person would draw them."""

from shuli.core.bpmn import BpmnDocument, read_bpmn

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"
    xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"
    xmlns:di="http://www.omg.org/spec/DD/20100524/DI"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
    xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
    xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
    xmlns:shuli="urn:shuli:bpmn:1" id="file" targetNamespace="urn:test">
"""


def xml(process: str, around: str = "") -> bytes:
    """Return a file with one process that holds `process`, and `around` beside it."""
    body = f'<bpmn:process id="p" isExecutable="true">\n{process}\n</bpmn:process>\n{around}\n'
    return (HEAD + body + "</bpmn:definitions>").encode()


def document(process: str, around: str = "") -> BpmnDocument:
    found = read_bpmn(xml(process, around)).document
    assert found is not None
    return found


def flows(*pairs: str) -> str:
    """Return sequence flows: "a>b" is one named a_b."""
    ends = (pair.split(">") for pair in pairs)
    return "\n".join(
        f'<bpmn:sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}"/>'
        for source, target in ends
    )


def nodes(**kinds: str) -> str:
    """Return empty nodes: a="userTask"."""
    return "\n".join(f'<bpmn:{kind} id="{name}" name="{name}"/>' for name, kind in kinds.items())


def codes(findings) -> list[str]:
    return [finding.code for finding in findings]
