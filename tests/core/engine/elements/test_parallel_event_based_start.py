"""A case that begins at a parallel event-based gateway: with the first event, and waits for the others."""

from core.engine.elements.drawn import played
from core.engine.play import c


def test_the_others_are_waited_for():
    case = played(__file__).do(c.Start(message="付款"))
    assert [one.name for one in case.marking.subscriptions.values()] == ["订单"]

    case.deliver("订单").complete("pack")

    assert case.open == ["ship"]
    assert case.complete("ship").status == "approved"


def test_work_behind_the_first_event_goes_on_meanwhile():
    case = played(__file__).do(c.Start(message="订单")).complete("pack")
    assert case.open == []

    assert case.deliver("付款").open == ["ship"]
