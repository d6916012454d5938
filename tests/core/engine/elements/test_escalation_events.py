"""Throwing and ending with an escalation, and the boundary events that take it up."""

from core.engine.elements.drawn import played
from core.engine.play import e


def ready():
    return played(__file__).start().complete("work")


def test_a_boundary_event_takes_it_up_while_the_work_goes_on():
    case = ready()

    assert case.open == ["assist", "go_on"]
    assert case.happened(e.EscalationThrown)[0].caught == "helped"


def test_an_interrupting_one_ends_the_work():
    case = ready().complete("go_on", answers={"result": "stop"})

    assert case.open == ["assist", "review"]
    assert case.complete("review").complete("assist").status == "approved"


def test_one_that_nobody_takes_up_harms_nothing():
    case = ready().complete("go_on", answers={"result": "other"})

    assert case.happened(e.EscalationThrown)[1].caught == ""
    assert case.open == ["assist"]
    assert case.complete("assist").status == "approved"
