"""Compensation: thrown for everything, for one sub-process, at the end; and the boundary events that name the handlers."""

from core.engine.elements.drawn import played
from core.engine.play import e


def ready():
    """Return a case in which everything was done once, and which decides what to do with it."""
    case = played(__file__).start(again=False, result="")
    for node in ("book", "order", "pay", "invite"):
        case.complete(node)
    return case


def kept(case):
    return [one.node for one in sorted(case.marking.undoable, key=lambda one: one.order)]


def test_what_was_completed_and_has_a_handler_is_kept_in_order():
    assert kept(ready()) == ["book", "order", "pay", "invite"]
    assert {one.scope for one in ready().marking.undoable} == {0}


def test_everything_is_undone_in_the_reverse_order_of_its_completion():
    case = ready().complete("decide", answers={"result": "off"})

    for handler in ("undo_invite", "undo_pay", "undo_order", "undo_book"):
        assert case.open == ["prepare", handler]
        case.complete(handler)

    assert kept(case) == []
    assert case.at == ["join", "prepare"]


def test_one_sub_process_can_be_undone_alone():
    case = ready().complete("decide", answers={"result": "less"})

    case.complete("undo_pay").complete("undo_order")

    assert kept(case) == ["book", "invite"]
    assert case.open == ["prepare"]


def test_an_end_event_waits_until_all_is_undone():
    case = ready().complete("decide").complete("hold").complete("prepare")
    assert case.open == ["undo_invite"]

    assert case.complete("undo_invite").status == "approved"
    assert kept(case) == []


def test_nothing_to_undo_is_passed():
    case = ready().complete("decide", answers={"result": "off"})
    for handler in ("undo_invite", "undo_pay", "undo_order", "undo_book"):
        case.complete(handler)

    assert case.complete("prepare").status == "approved"


def test_what_a_loop_has_done_again_is_undone_once_and_last_rounds_count():
    case = played(__file__).start(again=True, result="")
    for node in ("book", "order", "pay", "invite", "book", "order", "pay"):
        case.complete(node)
    case.complete("invite", answers={"again": False})

    assert kept(case) == ["book", "order", "pay", "invite"]
    assert {one.rounds for one in case.marking.undoable} == {2}

    case.complete("decide", answers={"result": "off"})

    scope = next(iter(case.marking.scopes.values()))
    assert scope.variables == {"completedRounds": 2}


def test_work_that_is_sent_back_in_between_leaves_what_is_not_undone_yet():
    case = ready().complete("decide", answers={"result": "off"}).complete("undo_invite")

    case.send_back("undo_pay", to="decide")

    assert case.open == ["decide", "prepare"]
    assert kept(case) == ["book", "order"]
    case.complete("decide", answers={"result": "off"})
    assert case.open == ["prepare", "undo_order"]


def test_an_undone_step_is_no_place_to_go_back_to():
    case = ready().complete("decide", answers={"result": "off"}).complete("undo_invite")

    assert "undo_invite" not in case.targets("undo_pay")


def test_undoing_is_in_the_history():
    case = ready().complete("decide", answers={"result": "less"})

    assert [one.node for one in case.happened(e.UndoStarted)] == ["pay"]
