"""Compensation of what was done in several rounds or instances: one record, one handler, and how often it was done."""

from core.engine.elements.drawn import played


def done(rounds=3):
    case = played(__file__).start(suppliers=["a", "b", "c"], again=True)
    for _ in range(3):
        case.complete("order")
    for number in range(rounds):
        case.complete("count", answers={"again": number + 1 < rounds})
    return case


def test_a_loop_is_one_completion_and_is_undone_once():
    case = done()
    assert case.open == ["undo_count"]

    case.complete("undo_count")

    assert case.open == ["undo_order"]


def test_a_handler_reads_in_how_many_instances_its_activity_was_done():
    case = done().complete("undo_count")

    scope = next(iter(case.marking.scopes.values()))

    assert scope.variables["completedRounds"] == 3
    assert case.complete("undo_order").status == "approved"


def test_what_is_kept_does_not_grow_with_the_rounds():
    assert len(done(1).marking.undoable) == len(done(20).marking.undoable) == 1
