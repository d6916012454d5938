"""The reference models of the BPMN Model Interchange Working Group read and write back unchanged."""

import os
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from shuli.core.bpmn import read_bpmn, write_bpmn

REPOSITORY = Path(__file__).parents[2]
DATA = Path(os.environ.get("SHULI_TEST_DATA", REPOSITORY.parent / "shared/data"))
MIWG = sorted(DATA.glob("miwg/*.bpmn"))
CAMUNDA = sorted(file for file in DATA.glob("camunda-engine/bpmn/**/*") if file.is_file())


@pytest.fixture(autouse=True)
def _data_is_there():
    if MIWG and CAMUNDA:
        return
    message = f"Expected the MIWG and Camunda models under {DATA} but found none; set SHULI_TEST_DATA."
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


def facts(data: bytes) -> Iterator[tuple]:
    """Yield what each element is, by a parser that is not ours: type, id, name, source, target, place, words."""
    for node in ET.fromstring(data).iter():
        if node.tag.endswith("}extensionElements"):
            continue  # an empty holder says nothing and is not written
        numbers = tuple(float(node.get(name)) for name in ("x", "y", "width", "height") if node.get(name))
        yield (
            node.tag,
            node.get("id"),
            node.get("name") or None,
            node.get("sourceRef"),
            node.get("targetRef"),
            node.get("bpmnElement"),
            numbers,
            (node.text or "").strip(),
        )


def drawing(data: bytes) -> list[tuple]:
    """Return the waypoints of every edge in their order."""
    edges = (node for node in ET.fromstring(data).iter() if node.tag.endswith("}BPMNEdge"))
    return sorted(
        (
            edge.get("bpmnElement"),
            [(float(p.get("x")), float(p.get("y"))) for p in edge if p.tag.endswith("waypoint")],
        )
        for edge in edges
    )


def sortable(rows: Iterator[tuple]) -> list[str]:
    return sorted(repr(row) for row in rows)


@pytest.mark.parametrize("file", MIWG or [None], ids=lambda file: file.name if file else "missing")
def test_a_reference_model_reads_and_writes_back_equal(file):
    data = file.read_bytes()

    reading = read_bpmn(data)
    written = write_bpmn(reading.document)

    assert not [finding for finding in reading.findings if finding.severity == "error"]
    assert sortable(facts(written)) == sortable(facts(data))
    assert drawing(written) == drawing(data)
    assert read_bpmn(written).document == reading.document


def test_every_model_of_another_engine_is_read_or_refused_with_a_reason():
    for file in CAMUNDA:
        reading = read_bpmn(file.read_bytes())

        if reading.document is None:
            assert reading.findings, file.name
        else:
            assert read_bpmn(write_bpmn(reading.document)).document == reading.document, file.name
