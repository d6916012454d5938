"""Two pools of one company, each a case of its own, that reach one another over message flows."""

from core.engine.elements.drawn import played
from core.engine.play import c, e


def test_cases_of_two_pools_reach_one_another_by_the_messages_of_their_flows():
    buying = played(__file__, "buying").start(number="C1").complete("choose")
    order = buying.happened(e.MessageThrown)[0]
    selling = played(__file__, "selling").do(c.Start(message=order.name, variables=order.data))
    assert selling.open == ["pack"]

    selling.complete("pack")

    reply = selling.happened(e.MessageThrown)[0]
    expected = next(iter(buying.marking.subscriptions.values()))
    assert (reply.name, reply.correlation) == (expected.name, expected.correlation) == ("回复", "C1")
    assert buying.deliver(reply.name, **reply.data).open == ["check"]
