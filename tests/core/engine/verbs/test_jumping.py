"""Jumps and reopened cases: always into a marking that the model has."""

import pytest

from core.engine.play import Play, c, e
from shuli.core.bpmn.graph import Output
from shuli.core.engine import preview_jump
from shuli.core.engine.building import (
    Boundary,
    bounded,
    choice,
    parallel,
    process,
    sub_process,
    task,
    timer_event,
)

PLAN = {"outputs": (Output(document="plan"),)}
MODEL = process(
    task("first", person="ann", **PLAN),
    parallel(
        [task("a1", person="ann"), task("a2", person="ann", **PLAN)],
        [task("b1", person="bob"), task("b2", person="bob")],
    ),
    sub_process("part", task("inner", person="tom")),
    task("last", person="sue"),
)


def done(case, *nodes):
    for name in nodes:
        case.complete(name, documents=frozenset({"plan"}))
    return case


def jump(case, node, to):
    token = next(token for token in case.marking.tokens.values() if token.node == node)
    return c.Jump(actor="admin", token=token.id, to=to, reason="stuck")


def test_case_4_into_a_sibling_branch_closes_this_one_as_skipped_and_reopens_that_one():
    case = done(Play(MODEL).start("eve"), "first", "b1", "b2")

    case.do(jump(case, "a1", "b2"))

    assert case.at == ["and1_join", "b2"]
    assert case.happened(e.Jumped)[0].closes_branch
    assert done(case, "b2", "inner", "last").status == "approved"


def test_case_4_what_the_closed_branch_had_to_make_is_missing():
    case = done(Play(MODEL).start("eve"), "first")

    case.do(jump(case, "a1", "b2"))

    assert [(one.node, one.document) for one in case.happened(e.Jumped)[0].skipped] == [("a2", "plan")]


def test_case_5_into_a_block_that_has_joined_the_other_branches_have_arrived():
    case = done(Play(MODEL).start("eve"), "first", "a1", "a2", "b1", "b2")

    case.do(jump(case, "inner", "b1"))

    assert case.at == ["and1_join", "b1"]
    assert case.marking.scopes == {}


def test_into_a_block_that_has_not_begun_the_other_branches_have_arrived_too():
    case = Play(MODEL).start("eve")

    case.do(jump(case, "first", "a2"))

    assert case.at == ["a2", "and1_join"]
    assert done(case, "a2", "inner", "last").status == "approved"


def test_out_of_a_block_all_its_branches_are_cancelled():
    case = done(Play(MODEL).start("eve"), "first")

    case.do(jump(case, "b1", "last"))

    assert case.at == ["last"]
    assert [(one.node, one.document) for one in case.happened(e.Jumped)[0].skipped] == [("a2", "plan")]


def test_into_a_sub_process_opens_it_around_the_token():
    case = Play(MODEL).start("eve")

    case.do(jump(case, "first", "inner"))

    assert case.at == ["inner", "part"]


def test_to_the_join_closes_the_branch():
    case = done(Play(MODEL).start("eve"), "first", "b1", "b2")

    case.do(jump(case, "a1", "and1_join"))

    assert case.open == ["inner"]


def test_a_choice_that_was_not_made_leaves_nothing_out():
    graph = process(
        task("x", person="ann"),
        choice(("true", [task("y", person="ann", **PLAN)]), (None, [])),
        task("z", person="ann"),
    )
    case = Play(graph).start("eve")

    case.do(jump(case, "x", "z"))

    assert case.happened(e.Jumped)[0].skipped == ()


@pytest.mark.parametrize(
    ("to", "reason"),
    [("start", "event"), ("first", "same_place"), ("and1_join", "join"), ("late_do", "side_path")],
)
def test_where_the_model_has_no_such_marking_it_is_refused(to, reason):
    side = Boundary(
        id="late", event=timer_event("PT1H"), blocks=(task("late_do", person="bob"),), interrupting=False
    )
    block = parallel([task("a", person="ann")], [task("b", person="bob")])
    case = Play(process(bounded(task("first", person="ann"), side), block)).start("eve")

    answer = case.refused(jump(case, "first", to))

    assert (answer.code, answer.params["reason"]) == ("jump_not_possible", reason)


def test_a_preview_says_what_would_happen_and_changes_nothing():
    case = done(Play(MODEL).start("eve"), "first")

    preview = preview_jump(MODEL, case.marking, jump(case, "b1", "last"), case.world)

    assert sorted(visit.node for visit in preview.visits) == ["a1", "b1"]
    assert sorted(seat.holder for seat in preview.tasks) == ["ann", "bob"]
    assert (preview.starts, preview.stands) == (("last",), ("last",))
    assert [one.node for one in preview.skipped] == ["a2"]
    assert case.open == ["a1", "b1"]


def test_a_closed_case_comes_back_as_a_new_round_from_where_work_can_be_returned():
    case = done(Play(MODEL).start("eve"), "first", "a1", "a2", "b1", "b2", "inner", "last")

    case.do(c.Reopen(actor="owner", to="last", reason="the customer called"))

    assert (case.status, case.open, case.visits("last")[0].round) == ("running", ["last"], 2)
    assert set(case.targets("last")) == {"first", "a1", "a2", "b1", "b2", "inner"}
    assert case.send_back("last", to="b1").at == ["and1_join", "b1"]


def test_a_terminated_case_comes_back_where_it_was_cut_off():
    case = done(Play(MODEL).start("eve"), "first", "a1").do(c.Terminate(reason="no budget"))

    case.do(c.Reopen(actor="owner", to="a1", reason="there is budget"))

    assert case.at == ["a1", "and1_join"]


def test_an_open_case_is_not_reopened():
    case = Play(MODEL).start("eve")

    assert case.refused(c.Reopen(to="first", reason="x")).code == "case_not_closed"
