"""Multi-instance sub-processes and call activities."""

from core.engine.elements.drawn import played
from core.engine.play import c, e


def ready():
    return played(__file__).start(suppliers=["甲", "乙"])


def test_each_instance_of_a_sub_process_has_its_own_variables():
    case = ready()
    first, second = sorted(case.visits("ask"), key=lambda visit: visit.id)

    for visit, price in ((second, 20), (first, 10)):
        seat = next(iter(visit.seats))
        case.do(c.Complete(actor="ann", seat=seat, answers={"price": price}))
    case.complete("check").complete("check")

    assert case.marking.variables["prices"] == [10, 20]
    assert "price" not in case.marking.variables


def test_a_called_process_is_called_for_one_after_another_with_its_own_data():
    case = ready()
    for node in ("ask", "ask", "check", "check"):
        case.complete(node)

    for total in (7, 8):
        child = next(iter(case.marking.children))
        case.do(c.ChildEnded(child=child, status="approved", variables={"total": total}))

    called = [one.variables for one in case.happened(e.ChildRequested)]
    assert called == [{"partner": "甲"}, {"partner": "乙"}]
    assert case.marking.variables["prices"] == [7, 8]
    assert case.status == "approved"


def test_going_back_does_the_whole_again():
    case = ready().complete("ask").complete("check")

    assert case.targets("ask") == []
    assert case.open == ["ask"]
