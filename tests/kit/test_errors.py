"""A refusal is a code with parameters; its sentence depends on the reader's language."""

import pytest
from django.utils import translation

from shuli.kit import errors
from shuli.kit.errors import SENTENCES, Denied, Refusal, register_sentences, sentence


@pytest.fixture(autouse=True)
def _same_sentences(monkeypatch):
    monkeypatch.setattr(errors, "SENTENCES", dict(SENTENCES))


def test_a_sentence_names_its_parameters():
    register_sentences({"tested_done": "%(who)s has done this."})

    with translation.override("en"):
        assert sentence(Refusal("tested_done", status=409, who="林雨桐")) == "林雨桐 has done this."


def test_an_unknown_code_still_gives_a_sentence():
    with translation.override("en"):
        assert sentence(Refusal("never_heard")) == "This cannot be done now."


def test_one_code_has_one_sentence():
    register_sentences({"tested_done": "Done."})

    with pytest.raises(ValueError, match="one sentence"):
        register_sentences({"tested_done": "Finished."})


def test_a_refusal_has_a_status_that_refusals_have():
    with pytest.raises(ValueError, match="Expected a status"):
        Refusal("boom", status=500)


def test_denied_is_a_refusal_with_403():
    assert (Denied().status, Denied().code) == (403, "denied")
