from core.engine.elements.drawn import played


def test_all_events_behind_it_are_waited_for():
    case = played(__file__).start().wait(hours=6)
    assert case.open == []

    assert case.deliver("订单").open == ["ship"]
