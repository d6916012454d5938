"""The complex gateway as a join: it goes on when its condition says that enough branches have arrived."""

import pytest

from core.engine.elements.drawn import played


def ready(needed=2, **variables):
    return played(__file__).start(needed=needed, again=False, **variables).complete("ask")


@pytest.mark.parametrize("needed", [1, 2, 3])
def test_it_goes_on_once_enough_have_arrived(needed):
    case = ready(needed)
    for node in ("a", "c", "b")[: needed - 1]:
        case.complete(node)
    if needed == 3:
        case.complete("b")
    assert "choose" not in case.open

    case.complete({1: "a", 2: "c", 3: "b2"}[needed])

    assert "choose" in case.open


def test_what_comes_later_is_taken_in_and_nothing_is_done_twice():
    case = ready().complete("a").complete("c")
    assert case.open == ["b", "choose"]

    case.complete("b").complete("b2")

    assert case.open == ["choose"]
    assert case.complete("choose").status == "approved"


def test_the_case_waits_for_late_branches():
    case = ready(1).complete("a").complete("choose").complete("c")
    assert case.status == "running"

    assert case.complete("b").complete("b2").status == "approved"


def test_it_is_reset_when_its_fork_fires_again():
    case = ready(1).complete("a").complete("choose", answers={"again": True})
    assert case.open == ["a", "b", "b", "c", "c"]

    case.complete("a", answers={"again": False})

    assert case.open == ["b", "b", "c", "c", "choose"]
    for node in ("b", "b", "b2", "b2", "c", "c", "choose"):
        case.complete(node)
    assert case.status == "approved"


def test_a_condition_that_never_comes_true_is_an_incident_when_all_have_arrived():
    case = ready(9).complete("a").complete("b").complete("b2").complete("c")

    assert case.incidents == ["join_never_completes"]


def test_a_condition_that_cannot_be_worked_out_is_an_incident_that_can_be_mended():
    case = ready(None).complete("a")
    assert case.incidents == ["expression_error"]

    assert case.retry(needed=1).open == ["b", "c", "choose"]


def test_a_late_branch_goes_back_only_within_itself():
    case = ready(1).complete("a").complete("b")
    assert case.targets("b2") == ["b"]

    assert case.send_back("b2", to="b").open == ["b", "c", "choose"]


def test_nobody_goes_back_into_a_block_that_it_has_closed():
    case = ready(1).complete("a")

    assert case.targets("choose") == ["ask"]
    assert case.send_back("choose", to="ask").open == ["ask"]


def test_a_branch_that_was_sent_back_straight_comes_back_to_its_own_path():
    case = ready(1).complete("b").send_back("b2", to="b", resubmit="straight").complete("a")
    assert case.open == ["b", "c", "choose"]

    case.complete("b")

    assert case.open == ["b2", "c", "choose"]
    for node in ("b2", "c", "choose"):
        case.complete(node)
    assert case.status == "approved"
