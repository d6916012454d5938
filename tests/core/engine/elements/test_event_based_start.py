"""A case that begins at an event-based gateway: with whichever event comes first."""

import pytest

from core.engine.elements.drawn import played
from core.engine.play import c, e


@pytest.mark.parametrize(("message", "node", "work"), [("订单", "order", "pack"), ("付款", "pay", "match")])
def test_the_message_that_comes_decides_the_way(message, node, work):
    case = played(__file__)

    case.do(c.Start(message=message, variables={"number": 7}))

    assert case.happened(e.CaseStarted)[0].node == node
    assert case.open == [work]
    assert case.marking.subscriptions == {}
    assert case.complete(work).status == "approved"


def test_an_event_can_be_named():
    assert played(__file__).do(c.Start(start="order")).open == ["pack"]


def test_it_does_not_begin_without_an_event():
    assert played(__file__).refused(c.Start(actor="ann")).code == "start_ambiguous"
