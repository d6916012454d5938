"""Copies, urging, corrections."""

from datetime import timedelta

from core.engine.play import Play, c, e
from shuli.core.bpmn.graph import EventRule
from shuli.core.engine.building import node, process, task

ONE = process(task("check", person="ann"))


def urge(case):
    return c.Urge(actor="eve", seat=case.seat("check").id, text="please")


def test_a_copy_reaches_a_person_once_a_case():
    case = Play(ONE).start("eve").do(c.Copy(actor="ann", people=("bob",), text="look"))

    case.do(c.Copy(actor="ann", people=("bob", "tom")))

    assert [event.people for event in case.happened(e.Informed)] == [("bob",), ("tom",)]
    assert case.refused(c.Copy(actor="ann", people=("bob",))).code == "already_copied"


def test_a_task_is_urged_once_within_four_working_hours():
    case = Play(ONE).start("eve")
    case.do(urge(case))

    assert case.refused(urge(case)).code == "urged_recently"
    case.world.now += timedelta(hours=5, minutes=30)  # over the lunch break
    case.do(urge(case))

    assert case.seat("check").urges == 2


def test_a_correction_says_what_was_wrong():
    case = Play(ONE).start("eve", amount=3)

    case.do(c.Correct(actor="tom", variables={"amount": 5, "outcomes": {}}, reason="misread"))

    corrected = case.happened(e.VariablesCorrected)[0]
    assert (corrected.values, corrected.former) == ({"amount": 5}, {"amount": 3})


def test_a_correction_needs_a_reason_and_a_change():
    case = Play(ONE).start("eve", amount=3)

    assert case.refused(c.Correct(variables={"amount": 5}, reason=" ")).code == "reason_missing"
    assert case.refused(c.Correct(variables={"amount": 3}, reason="x")).code == "nothing_to_correct"


def test_a_condition_that_a_correction_makes_true_happens():
    event = EventRule(trigger="conditional", condition="amount > 4")
    case = Play(process(node("intermediate_catch_event", "big", event=event))).start("eve", amount=3)

    case.do(c.Correct(variables={"amount": 5}, reason="misread"))

    assert case.status == "approved"
