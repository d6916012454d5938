"""The models of another engine's tests: each can be played to where it ends, or is refused in sentences of ours.

How many and why stands in `models_of_others.json`; after new elements or translations it is written anew by
`SHULI_WRITE_COUNTS=1 pytest tests/conformance/test_models_of_others.py`, so that the progress is a change of that file.
"""

import json
import os
import re
from pathlib import Path

import pytest

from shuli.core.bpmn import sentence
from shuli.core.engine import check_invariants
from shuli.core.engine.world_double import MONDAY
from shuli.server.commands.play import set_up
from shuli.server.play.automatic import Player
from shuli.server.play.model import load
from shuli.server.play.orders import obey
from shuli.server.play.survey import survey
from shuli.server.play.words import Words

REPOSITORY = Path(__file__).parents[2]
DATA = Path(os.environ.get("SHULI_TEST_DATA", REPOSITORY.parent / "shared/data"))
FILES = {
    "camunda-engine": sorted(file for file in DATA.glob("camunda-engine/bpmn/**/*") if file.is_file()),
    "miwg": sorted(DATA.glob("miwg/*.bpmn")),
}
COUNTS = Path(__file__).with_suffix("").with_name("models_of_others.json")
# What would show that a program's own words reached a person.
TECHNICAL = re.compile(r"Traceback|Error:|Exception:|object at 0x|(?<![$#])\{\w*\}|\bNone\b|[?]{2}|“[?]”")
STEPS = 120


@pytest.fixture(autouse=True)
def _data_is_there():
    if all(FILES.values()):
        return
    message = f"Expected the MIWG and Camunda models under {DATA} but found none; set SHULI_TEST_DATA."
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="module")
def models():
    return {file: load(file) for files in FILES.values() for file in files}


@pytest.mark.parametrize("origin", FILES)
def test_as_many_can_run_as_the_table_says_and_the_others_for_its_reasons(origin):
    found = survey(FILES[origin]).counts
    if os.environ.get("SHULI_WRITE_COUNTS") == "1":
        written = json.loads(COUNTS.read_text()) if COUNTS.exists() else {}
        COUNTS.write_text(json.dumps({**written, origin: found}, indent=2, ensure_ascii=False) + "\n")

    assert found == json.loads(COUNTS.read_text())[origin]


def test_every_refusal_is_a_sentence_in_both_languages(models):
    refused = {file: model for file, model in models.items() if not model.is_playable}
    assert refused

    for file, model in refused.items():
        assert model.against, file.name
        for finding in model.against:
            zh, en = sentence(finding, "zh"), sentence(finding, "en")
            assert re.search(r"[一-鿿]", zh), (file.name, zh)
            assert not TECHNICAL.search(zh), (file.name, zh)
            assert not TECHNICAL.search(en), (file.name, en)


def test_whatever_can_run_plays_without_an_exception_and_plays_again_to_the_same_state(models):
    endings = {}
    for file, model in models.items():
        if not model.is_playable:
            continue
        table = set_up(model, Words("en"), 1, MONDAY)
        player = Player(table.session, "en")
        endings.setdefault(player.play(STEPS).how, []).append(file.name)
        assert check_invariants(model.graph, table.session.marking) == (), file.name
        again = set_up(model, Words("en"), 2, MONDAY)
        assert all(obey(again, line).ok for line in table.session.lines), file.name
        assert again.session.marking == table.session.marking, file.name

    played = sum(map(len, endings.values()))
    assert len(endings["ended"]) >= 0.98 * played, {
        how: names for how, names in endings.items() if how != "ended"
    }
