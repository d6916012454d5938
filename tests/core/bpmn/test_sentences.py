"""Every code has its sentence in both languages, and every sentence its code."""

import re
from pathlib import Path
from string import Formatter

import pytest

import shuli.core.bpmn
from shuli.core.bpmn.sentences import SENTENCES

SOURCE = "\n".join(
    file.read_text(encoding="utf-8")
    for file in Path(shuli.core.bpmn.__file__).parent.rglob("*.py")
    if not file.name.startswith("sentence") and "layout" not in file.parts
)


def holes(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


@pytest.mark.parametrize("code", SENTENCES)
def test_a_code_is_used_and_says_the_same_in_both_languages(code):
    said = SENTENCES[code]

    assert f'"{code}"' in SOURCE
    assert holes(said.zh) <= holes(said.en) | {"name"}
    assert re.search(r"[一-鿿]", said.zh)
    assert not re.search(r"[一-鿿]", said.en)
    assert not re.search(r"[你！]", said.zh)


def test_every_code_that_is_reported_has_a_sentence():
    reported = set(re.findall(r'(?:code=|\.add\(\s*|report\(\s*)"([a-z_]+)"', SOURCE))

    assert reported <= set(SENTENCES)
    assert len(reported) > 30
