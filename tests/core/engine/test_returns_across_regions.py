"""The numbered cases of "Returns and jumps across parallel regions"."""

from msgspec.structs import replace

from core.engine.play import Play, c, company, e
from shuli.core.bpmn.graph import Call, Duty, Performer, SeatRule, VoteRule
from shuli.core.engine import returnable_from_call
from shuli.core.engine.building import inclusive, node, parallel, process, repeat, sub_process, task

TWO_BRANCHES = process(
    task("first", person="ann"),
    parallel(
        [task("a1", person="ann"), task("a2", person="ann")],
        [task("b1", person="bob"), task("b2", person="bob")],
    ),
    task("last", person="sue"),
)


def in_both_branches() -> Play:
    return Play(TWO_BRANCHES).start().complete("first")


def test_case_1_a_return_within_a_branch_cancels_only_what_came_after_in_that_branch():
    case = in_both_branches().complete("a1").complete("b1")

    case.send_back("a2", to="a1")

    assert case.open == ["a1", "b2"]


def test_case_1_after_it_the_case_ends_as_if_nothing_had_happened():
    case = in_both_branches().complete("a1").complete("b1").send_back("a2", to="a1")

    case.complete("a1").complete("a2").complete("b2").complete("last")

    assert case.status == "approved"


def test_case_2_a_return_to_before_the_fork_cancels_every_token_of_the_block():
    case = in_both_branches().complete("a1").complete("b1").complete("b2")

    case.send_back("a2", to="first")

    assert case.at == ["first"]


def test_case_2_after_it_both_branches_are_done_again():
    case = in_both_branches().complete("a1").complete("b1").complete("b2").send_back("a2", to="first")

    case.complete("first")

    assert case.open == ["a1", "b1"]


def test_case_2_nested_blocks_are_cancelled_and_outer_ones_are_untouched():
    inner = parallel([task("x", person="ann")], [task("y", person="bob")])
    outer = parallel([task("before", person="ann"), inner], [task("beside", person="bob")])
    case = Play(process(outer)).start().complete("before").complete("x")

    case.send_back("y", to="before")

    assert case.open == ["before", "beside"]


def test_case_4_a_sibling_branch_is_no_target():
    case = in_both_branches().complete("a1").complete("b1")

    answer = case.refused(c.Return(actor="ann", seat=case.seat("a2").id, to="b1", reason="no"))

    assert answer.code == "return_not_allowed"
    assert case.targets("a2") == ["first", "a1"]


def test_case_4_a_sibling_branch_of_an_earlier_round_is_no_target_either():
    graph = process(
        repeat(
            "again = true",
            parallel([task("a", person="ann")], [task("b", person="bob")]),
            task("c", person="sue"),
        )
    )
    case = Play(graph).start().complete("a").complete("b").complete("c", answers={"again": True})

    assert case.targets("a") == ["c"]


def test_case_5_inside_a_joined_block_the_other_branches_have_already_arrived():
    case = in_both_branches()
    for name in ("a1", "a2", "b1", "b2"):
        case.complete(name)

    case.send_back("last", to="b1")

    assert case.open == ["b1"]
    assert case.at == ["and1_join", "b1"]


def test_case_5_the_join_fires_on_the_arrival_of_the_one_branch():
    case = in_both_branches()
    for name in ("a1", "a2", "b1", "b2"):
        case.complete(name)
    case.send_back("last", to="b1")

    case.complete("b1").complete("b2")

    assert case.at == ["last"]
    assert case.targets("last") == ["first", "a1", "a2", "b1", "b2"]


def test_case_5_from_there_the_work_can_be_sent_to_before_the_block():
    case = in_both_branches()
    for name in ("a1", "a2", "b1", "b2"):
        case.complete(name)
    case.send_back("last", to="b1")

    case.send_back("b1", to="first")

    assert case.at == ["first"]


def test_case_5_two_blocks_deep_every_fork_around_the_target_stands_as_it_did():
    inner = parallel([task("x", person="ann")], [task("y", person="bob")])
    outer = parallel([inner], [task("beside", person="bob")])
    case = Play(process(outer, task("last", person="sue"))).start()
    case.complete("x").complete("y").complete("beside")

    case.send_back("last", to="y")

    assert case.at == ["and1_join", "and2_join", "y"]
    case.complete("y").complete("last")
    assert case.status == "approved"


def test_case_6_one_reject_can_end_everything_as_rejected():
    graph = process(
        parallel([task("a", person="ann", on_reject="end")], [task("b", person="bob")]),
        task("c", person="ann"),
    )
    case = Play(graph).start()

    case.complete("a", decision="reject")

    assert case.status == "rejected"
    assert case.at == []


def test_case_7_an_inclusive_join_waits_for_exactly_the_branches_that_were_taken():
    graph = process(
        inclusive(
            ("amount > 10", [task("a", person="ann")]),
            ("amount > 20", [task("b", person="bob")]),
            ("amount > 30", [task("c", person="sue")]),
        ),
        task("last", person="ann"),
    )
    case = Play(graph).start(amount=25)

    case.complete("a")
    assert case.open == ["b"]
    case.complete("b")

    assert case.open == ["last"]


def test_case_7_a_return_into_a_joined_inclusive_block_knows_which_branches_were_taken():
    graph = process(
        inclusive(
            ("true", [task("a", person="ann")]),
            ("true", [task("b", person="bob")]),
            ("false", [task("c", person="sue")]),
        ),
        task("last", person="ann"),
    )
    case = Play(graph).start().complete("a").complete("b")

    case.send_back("last", to="a")

    assert case.at == ["a", "or1_join"]
    case.complete("a").complete("last")
    assert case.status == "approved"


def test_a_return_out_of_a_sub_process_closes_it():
    case = Play(
        process(task("first", person="ann"), sub_process("part", task("inner", person="bob")))
    ).start()
    case.complete("first")

    case.send_back("inner", to="first")

    assert case.at == ["first"]
    assert case.marking.scopes == {}


def test_a_return_into_a_sub_process_that_has_ended_opens_it_again():
    graph = process(
        sub_process("part", task("x", person="ann"), task("y", person="bob")), task("last", person="sue")
    )
    case = Play(graph).start().complete("x").complete("y")

    case.send_back("last", to="y")

    assert case.at == ["part", "y"]
    case.complete("y").complete("last")
    assert case.status == "approved"


def test_a_returned_visit_goes_to_whoever_did_it_before():
    graph = process(task("first", lead='"service"'), task("second", person="sue"))
    case = Play(graph).start().complete("first", "bob")

    case.send_back("second", to="first")

    assert case.seat("first").holder == "bob"


def test_a_returned_visit_is_a_new_round_without_the_old_votes():
    voters = (
        SeatRule(key="one", performer=Performer(kind="person", value='"ann"')),
        SeatRule(key="two", performer=Performer(kind="person", value='"bob"')),
    )
    graph = process(task("vote", seats=voters, vote=VoteRule(kind="all")), task("second", person="sue"))
    case = Play(graph, company()).start().complete("vote", "ann").complete("vote", "bob")

    case.send_back("second", to="vote")

    visit = case.visits("vote")[0]
    assert visit.round == 2
    assert [seat.decision for seat in visit.seats.values()] == [None, None]


def keeping() -> Play:
    fork = in_both_branches().graph.nodes["and1"]
    graph = replace(
        TWO_BRANCHES,
        nodes={**TWO_BRANCHES.nodes, "and1": replace(fork, duty=Duty(keep_siblings=True))},
    )
    return Play(graph).start(amount=1).complete("first").complete("a1").complete("b1").complete("b2")


def test_case_3_a_finished_sibling_is_carried_where_the_fork_keeps_it():
    case = keeping().send_back("a2", to="first")

    case.complete("first")

    assert case.open == ["a1"]
    assert case.at == ["a1", "and1_join"]
    assert [event.nodes for event in case.happened(e.BranchCarried)] == [("b1", "b2")]
    case.complete("a1").complete("a2").complete("last")
    assert case.status == "approved"


def test_case_3_what_was_carried_can_be_returned_to():
    case = keeping().send_back("a2", to="first").complete("first").complete("a1").complete("a2")

    case.send_back("last", to="b2")

    assert case.at == ["and1_join", "b2"]


def test_case_3_it_is_done_again_where_its_inputs_have_changed():
    reads = {"rights": {"amount": "read", "*": "hidden"}, "form": "f"}
    graph = process(
        task("first", person="ann"),
        parallel([task("a", person="ann")], [task("b", person="bob", **reads)]),
        task("last", person="sue"),
    )
    kept = replace(graph.nodes["and1"], duty=Duty(keep_siblings=True))
    case = Play(replace(graph, nodes={**graph.nodes, "and1": kept})).start(amount=1)
    case.complete("first").complete("b").send_back("a", to="first")

    case.complete("first", answers={"amount": 2})

    assert case.open == ["a", "b"]


CALLING = process(
    task("first", person="ann"),
    parallel(
        [task("a", person="ann"), node("call_activity", "call", call=Call(process="P-CHECK"))],
        [task("b", person="bob")],
    ),
)


def test_case_9_a_called_case_that_is_returned_out_of_ends_as_returned():
    called = Play(process(task("check", person="tom"))).do(c.Start(actor="ann", called=True))

    called.do(c.Return(actor="tom", seat=called.seat("check").id, to="a", reason="wrong", out=True))

    assert (called.status, called.at) == ("returned", [])
    assert called.happened(e.ReturnedOut)[0].to == "a"


def test_case_9_the_rules_apply_in_the_parent_at_the_call():
    case = Play(CALLING).start().complete("first").complete("a").complete("b")
    child = next(iter(case.marking.children))
    possible = [step.node for step in returnable_from_call(CALLING, case.marking, child)]

    case.do(c.ChildEnded(child=child, status="returned", to="a", reason="wrong"))

    assert possible == ["first", "a"]
    assert case.at == ["a", "and1_join"]


def test_case_9_without_a_target_it_goes_to_the_step_before_the_call():
    case = Play(CALLING).start().complete("first").complete("a")

    case.do(c.ChildEnded(child=next(iter(case.marking.children)), status="returned", reason="wrong"))

    assert case.open == ["a", "b"]


def test_case_9_a_case_that_nobody_called_has_nowhere_to_return_to():
    case = Play(process(task("check", person="tom"))).start()

    refused = case.refused(c.Return(actor="tom", seat=case.seat("check").id, to="", reason="x", out=True))

    assert refused.code == "not_called"
