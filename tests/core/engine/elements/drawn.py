"""Read the BPMN fixture that stands beside a test under the same name."""

from pathlib import Path

from core.engine.play import Play
from shuli.core.bpmn import check, compile_process, not_runnable, read_bpmn, sentence
from shuli.core.bpmn.graph import ProcessGraph
from shuli.core.engine import ELEMENTS


def drawn(test: str, process: str | None = None) -> ProcessGraph:
    """Return the graph of the fixture beside `test`, which could be published once it has its forms."""
    reading = read_bpmn(Path(test).with_suffix(".bpmn").read_bytes())
    assert reading.document is not None, reading.findings
    compilation = compile_process(reading.document, process)
    assert compilation.graph is not None
    runnable = not_runnable(reading.document, compilation.graph, ELEMENTS)
    findings = (*runnable, *reading.findings, *compilation.findings, *check(reading.document))
    wrong = [one for one in findings if one.severity == "error" and one.code != "field_unknown"]
    assert wrong == [], [sentence(one, "en") for one in wrong]
    return compilation.graph


def played(test: str, process: str | None = None, **world) -> Play:
    """Return a case of the fixture beside `test`, not started yet."""
    case = Play(drawn(test, process))
    for name, value in world.items():
        setattr(case.world, name, value)
    return case
