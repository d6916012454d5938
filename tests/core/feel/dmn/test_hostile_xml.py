"""A file from anywhere is read or refused with a reason; nothing in it is followed."""

import random
import time
from pathlib import Path

import pytest

from shuli.core.feel.dmn import read_dmn

MODEL = "https://www.omg.org/spec/DMN/20230324/MODEL/"
FILE = Path(__file__).with_name("test_models.dmn")


def definitions(inside, head=""):
    return f'{head}<definitions xmlns="{MODEL}" namespace="n" name="n">{inside}</definitions>'


ENTITY = '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LAUGHS = "<!DOCTYPE d [" + '<!ENTITY a "lol">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{"&" + chr(97 + n) + ";" * 1}{("&" + chr(97 + n) + ";") * 9}">' for n in range(9)
) + "]>"  # fmt: skip


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "xml_not_well_formed"),
        (b"no xml", "xml_not_well_formed"),
        (b"<a", "xml_not_well_formed"),
        (b"\x00\xff\xfe", "xml_not_well_formed"),
        (b"<a/>", "not_dmn"),
        (b'<definitions xmlns="http://other"/>', "not_dmn"),
        (definitions("&e;", ENTITY).encode(), "doctype_refused"),
        (definitions("&j;", LAUGHS).encode(), "doctype_refused"),
        (definitions("", "<!doctype d>").encode(), "doctype_refused"),
        (definitions("", ENTITY).encode("utf-16"), "doctype_refused"),
        (definitions("", ENTITY).encode("utf-16-be"), "doctype_refused"),
        (definitions("<list>" * 500 + "</list>" * 500).encode(), "xml_not_well_formed"),
        (definitions("<a>" * 200 + "</a>" * 200).encode(), "nested_too_deeply"),
        (definitions(" " * 5_000_001).encode(), "file_too_large"),
        (definitions("<a/>" * 150_001).encode(), "too_many_elements"),
        (
            definitions('<decision name="d"><decisionTable hitPolicy="SOME"/></decision>').encode(),
            "wrong_attribute",
        ),
    ],
)
def test_a_file_that_cannot_be_trusted_is_refused(data, code):
    started = time.thread_time()

    reading = read_dmn(data)

    assert reading.model is None
    assert [finding.code for finding in reading.findings] == [code]
    assert time.thread_time() - started < 2


@pytest.mark.parametrize("seed", range(150))
def test_a_mutated_file_is_read_or_refused_with_a_reason(seed):
    chance = random.Random(seed)
    data = bytearray(FILE.read_bytes())
    for _ in range(chance.randint(1, 20)):
        place = chance.randrange(len(data))
        data[place : place + chance.randrange(3)] = chance.randbytes(chance.randrange(3))

    reading = read_dmn(bytes(data))

    assert reading.model is not None or reading.findings
    if reading.model is not None:
        reading.model.findings()
        reading.model.evaluate("approver", {"lines": [], "紧急 程度": "普通"})


def test_a_broken_reference_is_found_where_it_stands():
    inside = '<decision id="d" name="d"><informationRequirement><requiredInput href="#x"/></informationRequirement></decision>'

    (finding,) = read_dmn(definitions(inside).encode()).findings

    assert (finding.code, finding.element, finding.params["found"]) == ("unknown_reference", "d", "#x")
