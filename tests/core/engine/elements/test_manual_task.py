"""The manual task and the abstract task."""

import pytest

from core.engine.play import Play
from shuli.core.bpmn.graph import Duty
from shuli.core.engine.building import node, process, task

KINDS = ("manual_task", "task")


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_passed_where_nobody_is_named(kind):
    case = Play(process(node(kind, "a"), task("b", person="ann"))).start()

    assert case.open == ["b"]


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_confirmed_by_whom_the_model_names(kind):
    case = Play(process(node(kind, "a", duty=Duty(lead='"service"')), task("b", person="ann"))).start()
    assert case.open == ["a"]

    case.complete("a", "bob")

    assert case.open == ["b"]
