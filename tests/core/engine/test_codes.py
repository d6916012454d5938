import re
from pathlib import Path

import shuli.core.engine
from shuli.core.engine.codes import INCIDENTS, REFUSALS

SOURCES = [path.read_text() for path in Path(shuli.core.engine.__file__).parent.rglob("*.py")]


def codes(constructor):
    found = [re.findall(rf'{constructor}\(\s*code="(\w+)"', source) for source in SOURCES]
    return {code for codes_of_file in found for code in codes_of_file}


def test_every_refusal_is_listed():
    assert codes("Refused") | {"start_ambiguous", "start_not_found"} == set(REFUSALS)


def test_every_incident_is_listed():
    assert codes("Problem") == set(INCIDENTS)
