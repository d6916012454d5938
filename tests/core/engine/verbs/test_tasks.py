"""Claim, release, transfer, return."""

from core.engine.play import Play, c, company, e
from shuli.core.bpmn.graph import Duty, Performer
from shuli.core.engine.building import choice, process, repeat, script, task
from shuli.core.worktime import WorkingHours

POOL = process(task("a", lead='"service"', limits=(WorkingHours(amount=4),)), task("last", person="sue"))


def opened(graph=POOL, **world):
    case = Play(graph, company(**world)).start()
    return case, case.seat("a").id


def test_of_two_claims_one_wins_and_the_other_is_told_who():
    case, seat = opened()
    case.do(c.Claim(actor="ann", seat=seat))

    answer = case.refused(c.Claim(actor="bob", seat=seat))

    assert (answer.code, answer.params) == ("already_claimed", {"who": "ann"})


def test_claiming_again_changes_nothing():
    case, seat = opened()

    case.do(c.Claim(actor="ann", seat=seat)).do(c.Claim(actor="ann", seat=seat))

    assert case.last == ()


def test_only_candidates_may_claim():
    case, seat = opened()

    assert case.refused(c.Claim(actor="tom", seat=seat)).code == "not_candidate"


def test_a_released_task_is_anybody_s_again():
    case, seat = opened()
    case.do(c.Claim(actor="ann", seat=seat)).do(c.Release(actor="ann", seat=seat))

    assert case.do(c.Claim(actor="bob", seat=seat)).seat("a").holder == "bob"


def test_only_its_holder_releases_a_task_and_only_to_a_pool():
    case, seat = opened()
    assert case.refused(c.Release(actor="ann", seat=seat)).code == "not_holder"
    case.complete("a", "ann")

    assert case.refused(c.Release(actor="sue", seat=case.seat("last").id)).code == "no_pool"


def test_a_transfer_is_the_same_task_with_the_same_clock():
    case, seat = opened()
    due = case.visits("a")[0].due_at
    case.do(c.Claim(actor="ann", seat=seat)).wait(hours=1)

    case.do(c.Transfer(actor="ann", seat=seat, to="tom", reason="on leave"))

    assert case.seat("a").holder == "tom"
    assert (case.seat("a").id, case.visits("a")[0].due_at) == (seat, due)
    assert case.happened(e.TaskTransferred)[0].former == "ann"


def test_a_transfer_needs_a_reason_unless_the_node_says_not():
    case, seat = opened()
    assert case.refused(c.Transfer(actor="ann", seat=seat, to="tom")).code == "reason_missing"

    free = Play(process(task("a", person="ann", transfer_needs_reason=False))).start()
    free.do(c.Transfer(actor="ann", seat=free.seat("a").id, to="tom"))

    assert free.seat("a").holder == "tom"


def test_a_transfer_to_nobody_or_to_the_holder_is_refused():
    case, seat = opened(unknown=frozenset({"zoe"}))
    case.do(c.Claim(actor="ann", seat=seat))

    assert case.refused(c.Transfer(actor="ann", seat=seat, to="zoe", reason="x")).code == "unknown_person"
    assert case.refused(c.Transfer(actor="ann", seat=seat, to="ann", reason="x")).code == "same_person"


# Return -------------------------------------------------------------------------------------------------


def three(returns="chosen", start=None):
    graph = process(
        task("a", person="bob"),
        task("b", person="ann"),
        task("c", person="sue", returns=returns),
        start=start,
    )
    return Play(graph).start("ann").complete("a").complete("b")


def test_a_chosen_earlier_node():
    case = three()
    assert case.targets("c") == ["a", "b"]

    case.send_back("c", to="a")

    assert case.open == ["a"]
    assert case.happened(e.CaseReturned)[0].reason == "incomplete"
    assert case.happened(e.VisitOpened)[-1].returned_from == case.happened(e.CaseReturned)[0].visit


def test_the_previous_node_only():
    assert three("previous").targets("c") == ["b"]


def test_the_starter_s_node():
    assert three("starter").targets("c") == ["b"]
    assert three("starter", start=Duty(form="request")).targets("c") == ["start"]


def test_nowhere():
    case = three("none")
    assert case.targets("c") == []

    answer = case.refused(c.Return(actor="sue", seat=case.seat("c").id, to="b", reason="x"))

    assert answer.code == "return_not_allowed"


def test_a_return_is_never_forward():
    case = Play(process(task("a", person="ann"), task("b", person="bob"))).start()

    assert (
        case.refused(c.Return(actor="ann", seat=case.seat("a").id, to="b", reason="x")).code
        == "return_not_allowed"
    )


def test_what_comes_after_the_return_is_not_returned():
    case = three().send_back("c", to="a").complete("a").complete("b")

    assert [event.returned_from is None for event in case.happened(e.VisitOpened)] == [
        True,
        True,
        True,
        False,
        True,
        True,
    ]


def test_a_return_needs_a_reason():
    case = three()

    assert (
        case.refused(c.Return(actor="sue", seat=case.seat("c").id, to="a", reason=" ")).code
        == "reason_missing"
    )


def test_previous_is_by_what_this_token_did_and_not_by_who_was_last():
    from shuli.core.engine.building import parallel

    branches = parallel(
        [task("x", person="ann"), task("y", person="ann", returns="previous")], [task("z", person="bob")]
    )
    case = Play(process(branches)).start().complete("x").complete("z")

    assert case.targets("y") == ["x"]


def test_a_node_that_was_not_done_this_time_is_passed_over():
    ways = choice(("skip", []), (None, [task("b", person="bob")]))
    case = Play(process(task("a", person="ann"), ways, task("c", person="sue", returns="previous"))).start(
        skip=True
    )

    case.complete("a")

    assert case.targets("c") == ["a"]


# Resubmission -------------------------------------------------------------------------------------------


def long(start_value=1):
    ways = choice(("amount > 10", [task("dear", person="eve")]), (None, [task("cheap", person="eve")]))
    last = task("check", performer=Performer(kind="department", value='"service"'))
    graph = process(
        task("a", person="ann"), task("b", person="bob"), ways, last, task("end_task", person="sue")
    )
    return Play(graph).start(amount=start_value).complete("a").complete("b").complete("cheap")


def test_a_resubmission_walks_the_normal_way():
    case = long().send_back("check", to="a", actor="bob")

    assert case.complete("a").open == ["b"]


def test_or_goes_straight_back_to_the_person_who_sent_it():
    case = long().send_back("check", to="a", actor="bob", resubmit="straight")

    case.complete("a", answers={"note": "mended"})

    assert case.open == ["check"]
    assert case.seat("check").holder == "bob"
    assert case.visits("check")[0].round == 2
    assert sorted(case.targets("check", "bob")) == ["a", "b", "cheap"]


def test_it_walks_when_a_field_that_a_gateway_in_between_reads_has_changed():
    case = long().send_back("check", to="a", actor="bob", resubmit="straight")

    assert case.complete("a", answers={"amount": 50}).open == ["b"]


def test_going_straight_out_of_a_parallel_branch_puts_the_others_back_where_they_were():
    from shuli.core.engine.building import parallel

    branches = parallel(
        [task("x", person="ann"), task("y", person="eve")],
        [task("z", person="bob"), task("w", person="tom")],
        [task("v", person="sue")],
    )
    case = Play(process(task("first", person="ann"), branches, task("last", person="sue"))).start()
    case.complete("first").complete("x").complete("z").complete("v")

    case.send_back("y", to="first", resubmit="straight")
    assert case.at == ["first"]
    case.complete("first")

    assert case.at == ["and1_join", "w", "y"]
    assert case.complete("w").complete("y").complete("last").status == "approved"


def test_the_node_s_variables_are_set_before_it_goes_straight_back():
    from shuli.core.bpmn.graph import Assign

    graph = process(
        task("a", person="ann", assign=(Assign(name="times", value="times + 1"),)),
        script("s", "1", "x"),
        task("b", person="bob"),
    )
    case = Play(graph).start(times=0).complete("a").send_back("b", to="a", resubmit="straight")

    case.complete("a")

    assert case.open == ["b"]
    assert case.marking.variables["times"] == 2


def test_from_inside_a_sub_process_it_walks():
    from shuli.core.engine.building import sub_process

    graph = process(
        task("a", person="ann"), sub_process("part", task("x", person="bob"), task("y", person="eve"))
    )
    case = Play(graph).start().complete("a").complete("x")

    case.send_back("y", to="a", resubmit="straight").complete("a")

    assert case.open == ["x"]


def test_a_node_that_was_done_twice_is_offered_once_for_a_return():
    case = Play(process(repeat("again", task("a", person="ann")), task("b", person="bob"))).start()

    case.complete("a", answers={"again": True}).complete("a", answers={"again": False})

    assert case.targets("b") == ["a"]
