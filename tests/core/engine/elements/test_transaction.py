"""The transaction, with its cancel end and cancel boundary events."""

from core.engine.elements.drawn import played
from core.engine.play import e


def ready(**variables):
    return played(__file__).start(**({"bad": False, "regret": False} | variables))


def test_it_goes_on_as_a_sub_process_does():
    case = ready().complete("pay").complete("sign").complete("check")

    assert case.open == ["archive"]
    assert case.complete("archive").status == "approved"


def test_cancelling_undoes_what_was_completed_the_latest_first_and_goes_on_at_its_cancel_event():
    case = ready().complete("sign").complete("pay").complete("check", answers={"bad": True})

    assert case.open == ["undo_pay"]
    assert case.complete("undo_pay").open == ["undo_sign"]
    assert case.complete("undo_sign").open == ["explain"]
    assert case.complete("explain").status == "approved"


def test_what_was_not_completed_is_cancelled_and_not_undone():
    case = ready().complete("sign").complete("check", answers={"bad": True})

    assert case.open == ["undo_sign"]
    assert [one.reason for one in case.happened(e.VisitClosed) if one.outcome == "cancelled"] == ["cancel"]


def test_with_nothing_to_undo_it_is_left_at_once():
    assert ready().complete("check", answers={"bad": True}).open == ["explain"]


def test_one_that_has_gone_well_can_be_undone_later():
    case = ready().complete("pay").complete("sign").complete("check")

    case.complete("archive", answers={"regret": True})

    assert case.open == ["undo_sign"]
    assert case.complete("undo_sign").complete("undo_pay").status == "approved"


def test_returned_to_before_it_begins_anew():
    case = ready().complete("pay").complete("sign").complete("check")

    case.send_back("archive", to="check")

    assert case.open == ["check"]
    assert case.complete("check", answers={"bad": True}).open == ["explain"]
