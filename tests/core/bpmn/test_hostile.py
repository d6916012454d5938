"""Files that were made to do harm, and files that were broken on the way."""

import os
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.bpmn.samples import HEAD, codes, flows, nodes, xml
from shuli.core.bpmn import read_bpmn, write_bpmn

REPOSITORY = Path(__file__).parents[3]
DATA = Path(os.environ.get("SHULI_TEST_DATA", REPOSITORY.parent / "shared/data"))
SAMPLE = xml(
    nodes(s="startEvent", a="userTask", g="exclusiveGateway", e="endEvent") + flows("s>a", "a>g", "g>e")
)
MODELS = [SAMPLE, *(file.read_bytes() for file in sorted(DATA.glob("miwg/*.bpmn")))]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("file_empty", b" \n"),
        ("xml_broken", b"not xml"),
        ("xml_broken", SAMPLE[:-20]),
        ("xml_broken", b"\xff\xfe\x00\x01\x02"),
        ("document_type", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'),
        (
            "document_type",
            b'<?xml version="1.0"?><!-- a --> <!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd"><x/>',
        ),
        ("document_type", '<?xml version="1.0"?>\n<!DOCTYPE x><x/>'.encode("utf-16")),
        (
            "document_type",
            '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>'.encode("utf-16-le"),
        ),
        ("encoding_unknown", b'<?xml version="1.0" encoding="UTF-7"?><x/>'),
        ("too_deep", HEAD.encode() + b"<a>" * 150 + b"</a>" * 150 + b"</bpmn:definitions>"),
        ("too_many_elements", HEAD.encode() + b"<a/>" * 300_000 + b"</bpmn:definitions>"),
        ("file_too_large", HEAD.encode() + b" " * 6_000_000 + b"</bpmn:definitions>"),
    ],
)
def test_a_hostile_file_is_refused_with_its_reason(name, data):
    before = perf_counter()

    reading = read_bpmn(data)

    assert reading.document is None
    assert codes(reading.findings)[0] == name
    assert perf_counter() - before < 2


def test_a_document_type_in_an_encoding_of_mainframes_is_refused():
    data = '<?xml version="1.0" encoding="IBM037"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'.encode("cp037")

    reading = read_bpmn(data)

    assert reading.document is None
    assert codes(reading.findings)[0] in ("document_type", "xml_broken")


def test_the_line_of_a_document_type_is_told():
    reading = read_bpmn(b'<?xml version="1.0"?>\n\n<!DOCTYPE x>\n<x/>')

    assert reading.findings[0].line == 3


def test_words_that_look_like_a_document_type_are_only_words():
    reading = read_bpmn(xml("<bpmn:documentation><![CDATA[<!DOCTYPE html>]]></bpmn:documentation>"))

    assert reading.document.processes[0].documentation[0].text == "<!DOCTYPE html>"
    assert reading.findings == ()


def test_many_attributes_take_no_time():
    attributes = b" ".join(b'a%d=""' % number for number in range(200_000))
    data = HEAD.encode() + b'<bpmn:process id="p" ' + attributes + b"/></bpmn:definitions>"
    before = perf_counter()

    reading = read_bpmn(data)

    assert codes(reading.findings) == ["too_many_attributes"]
    assert perf_counter() - before < 2


def test_many_namespaces_take_no_time():
    declarations = " ".join(f'xmlns:n{number}="urn:{number}"' for number in range(300))
    nested = f"<x {declarations}>" * 90 + "<a/>" * 50_000 + "</x>" * 90
    data = xml(f"<bpmn:extensionElements>{nested}</bpmn:extensionElements>")
    before = perf_counter()

    read_bpmn(data)

    assert perf_counter() - before < 2


def mutated(data: bytes, changes: list[tuple[str, int, int, bytes]]) -> bytes:
    for kind, position, length, new in changes:
        at = position % (len(data) + 1)
        piece = data[at : at + length]
        middle = {"delete": b"", "insert": new + piece, "replace": new, "double": piece + piece}[kind]
        data = data[:at] + middle + data[at + length :]
    return data


TOKENS = [
    b"<",
    b">",
    b'"',
    b"&",
    b"/",
    b"bpmn:",
    b"id=",
    b"\x00",
    b"]]>",
    b"<!--",
    b"-",
    b"NaN",
    b"sourceRef",
]
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["delete", "insert", "replace", "double"]),
        st.integers(0, 10**6),
        st.integers(0, 400),
        st.sampled_from(TOKENS) | st.binary(max_size=4),
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=300, deadline=None)
@given(number=st.integers(0, len(MODELS) - 1), changes=CHANGES)
def test_a_broken_file_never_raises_and_what_is_read_can_be_written(number, changes):
    reading = read_bpmn(mutated(MODELS[number], changes))

    if reading.document is None:
        assert reading.findings
    else:
        assert read_bpmn(write_bpmn(reading.document)).document == reading.document


WORD = st.sampled_from([b"1", b"true", b"-5", b"1e400", b"", b"x:y", b"\xe5\xae\xa2", b"Parallel", b"p"])
NAMES = (b"id", b"x", b"width", b"isExpanded", b"sourceRef", b"bpmnElement", b"default", b"cancelActivity")


@settings(max_examples=200, deadline=None)
@given(
    number=st.integers(0, len(MODELS) - 1), name=st.sampled_from(NAMES), word=WORD, skip=st.integers(0, 30)
)
def test_a_wrong_value_never_raises_and_is_written_back(number, name, word, skip):
    pieces = MODELS[number].split(name + b'="')
    place = 1 + skip % max(len(pieces) - 1, 1)
    if place < len(pieces):
        pieces[place] = word + pieces[place][pieces[place].index(b'"') :]

    reading = read_bpmn((name + b'="').join(pieces))

    assert reading.document is None or read_bpmn(write_bpmn(reading.document)).document == reading.document
