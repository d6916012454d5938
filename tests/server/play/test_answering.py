"""Made-up answers are such as the form takes."""

from datetime import UTC, datetime
from random import Random

import pytest

from server.play.tables import PROCESSES
from shuli.server.play.answering import Answers
from shuli.server.play.model import forms_beside

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
FORMS = {
    form.key: form
    for key in ("P-COMPLAINT", "P-NEW")
    for form in forms_beside(PROCESSES / key / "process.bpmn").values()
}


@pytest.mark.parametrize("key", sorted(FORMS))
def test_every_form_that_ships_takes_them(key):
    errors = [Answers(Random(seed), NOW).fill(FORMS[key], {}, {}).errors for seed in range(3)]

    assert () in errors, errors
