"""The Technology Compatibility Kit of DMN: level 2 wholly, level 3 to 99 %."""

import os
from pathlib import Path

import pytest

from shuli.core.feel.dmn import read_dmn, write_dmn
from shuli.server.tck import run_kit

REPOSITORY = Path(__file__).parents[2]
KIT = Path(os.environ.get("SHULI_TEST_DATA", REPOSITORY.parent / "shared/data")) / "dmn-tck"


@pytest.fixture(autouse=True)
def _data_is_there():
    if KIT.is_dir():
        return
    message = f"Expected the DMN compatibility kit at {KIT} but found none; set SHULI_TEST_DATA."
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


def failures(level):
    results = [entry for entry in run_kit(KIT) if entry.level == level]
    failed = [
        f"{entry.folder}/{entry.result.id}: {entry.result.reason}" for entry in results if entry.result.reason
    ]
    return len(results), failed


def test_every_case_of_level_2_passes():
    count, failed = failures("level-2")

    assert count > 100
    assert failed == []


def test_at_least_99_percent_of_level_3_pass():
    count, failed = failures("level-3")

    assert count > 1000
    assert len(failed) <= count // 100, failed


def test_every_model_of_the_kit_is_the_same_after_writing_and_reading():
    for file in sorted(KIT.rglob("*.dmn")):
        written = write_dmn(read_dmn(file.read_bytes()).model)

        assert read_dmn(written).model == read_dmn(write_dmn(read_dmn(written).model)).model
        assert facts(read_dmn(written).model) == facts(read_dmn(file.read_bytes()).model)


def facts(model):
    """Return what a model says, without the XML that is kept for other tools."""
    elements = [{**vars_of(element), "extensions": "", "line": 0} for element in model.elements]
    return (model.name, model.namespace, model.imports, model.types, elements)


def vars_of(element):
    return {name: getattr(element, name) for name in element.__dataclass_fields__}
