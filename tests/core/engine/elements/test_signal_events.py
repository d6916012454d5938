"""Throwing, catching and ending with a signal, and the signal on the edge of an activity."""

from core.engine.elements.drawn import played
from core.engine.play import c, e


def ready():
    return played(__file__).start(amount=5).complete("apply")


def test_a_thrown_signal_is_heard_at_once_by_everything_in_the_case_that_waits_for_it():
    case = ready()
    assert case.open == ["decide", "watch", "work"]

    case.complete("decide")

    assert case.open == ["clear", "note", "watch"]
    assert case.at.count("join") == 2


def test_it_leaves_the_case_for_others_with_its_data():
    case = ready().complete("decide")

    thrown = case.happened(e.SignalThrown)[0]

    assert (thrown.name, thrown.node, thrown.data) == ("全面停办", "call_off", {"amount": 5})


def test_an_interrupting_boundary_event_replaces_the_work():
    case = ready().complete("decide")

    for node in ("clear", "watch"):
        case.complete(node)

    assert case.open == ["note"]
    assert case.complete("note").status == "approved"


def test_a_signal_end_event_throws_and_ends():
    case = ready().complete("decide").complete("clear").complete("note").complete("watch")

    assert [one.node for one in case.happened(e.SignalThrown)] == ["call_off", "tell"]
    assert case.status == "approved"


def test_a_signal_from_elsewhere_brings_its_data_but_not_how_others_decided():
    case = ready()
    waiting = next(one for one in case.marking.subscriptions.values() if one.node == "wait")

    case.do(c.Deliver(subscription=waiting.id, data={"why": "cost", "outcomes": {"apply": "reject"}}))

    assert case.marking.variables["why"] == "cost"
    assert case.marking.variables["outcomes"]["apply"] == "approve"
    assert case.open == ["decide", "watch", "work"]
