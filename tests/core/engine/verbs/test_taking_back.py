"""A decision is taken back while nobody has acted on what followed."""

from core.engine.play import Play, c, e
from shuli.core.bpmn.graph import Performer, SeatRule, ServiceRule, VoteRule
from shuli.core.engine import Refused, take_back_target
from shuli.core.engine.building import node, parallel, process, task

LINE = process(task("first", person="ann"), task("second", lead='"service"'), task("third", person="sue"))
VOTERS = tuple(SeatRule(key=p, performer=Performer(kind="person", value=f'"{p}"')) for p in ("ann", "bob"))
VOTE = process(task("vote", seats=VOTERS, vote=VoteRule(kind="all")), task("last", person="sue"))
BLOCK = process(
    task("before", person="ann"),
    parallel([task("a", person="ann")], [task("b", person="bob")]),
    task("last", person="sue"),
)


def visit_of(case, node):
    opened = [event for event in case.happened(e.VisitOpened) if event.node == node]
    return opened[-1].visit


def take_back(case, node, actor):
    return c.TakeBack(actor=actor, visit=visit_of(case, node), reason="too early")


def test_who_decided_has_the_task_again_as_a_new_round():
    case = Play(LINE).start("eve").complete("first")

    case.do(take_back(case, "first", "ann"))

    assert case.open == ["first"]
    assert (case.visits("first")[0].round, case.seat("first").holder) == (2, "ann")


def test_nobody_else_takes_it_back():
    case = Play(LINE).start("eve").complete("first")

    assert case.refused(take_back(case, "first", "bob")).code == "not_decider"


def test_a_successor_that_was_claimed_is_touched():
    case = Play(LINE).start("eve").complete("first")
    case.do(c.Claim(actor="bob", seat=case.seat("second").id))

    answer = case.refused(take_back(case, "first", "ann"))

    assert (answer.code, answer.params) == ("successor_touched", {"nodes": ["second"], "who": ["bob"]})


def test_a_decision_that_somebody_has_built_on_stays():
    case = Play(LINE).start("eve").complete("first").complete("second", "bob")

    assert case.refused(take_back(case, "first", "ann")).code == "successor_touched"
    assert isinstance(take_back_target(LINE, case.marking, visit_of(case, "first")), Refused)


def test_the_others_votes_are_carried_into_the_new_round():
    case = Play(VOTE).start("eve").complete("vote", "ann").complete("vote", "bob")

    case.do(take_back(case, "vote", "bob"))

    seats = case.visits("vote")[0].seats.values()
    assert [(seat.holder, seat.decision) for seat in seats] == [("ann", "approve"), ("bob", None)]
    case.complete("vote", "bob", decision="reject")
    assert case.marking.variables["outcomes"]["vote"] == "reject"


def test_a_task_that_was_handed_over_comes_back_to_who_decided_it():
    case = Play(LINE).start("eve")
    case.do(c.Transfer(actor="ann", seat=case.seat("first").id, to="tom", reason="away")).complete("first")

    case.do(take_back(case, "first", "tom"))

    assert case.seat("first").holder == "tom"


def test_before_a_fork_every_branch_must_be_untouched():
    case = Play(BLOCK).start("eve").complete("before")
    touched = Play(BLOCK).start("eve").complete("before").complete("b")

    case.do(take_back(case, "before", "ann"))

    assert case.at == ["before"]
    assert touched.refused(take_back(touched, "before", "ann")).code == "successor_touched"


def test_within_a_branch_the_other_branch_goes_on():
    case = Play(BLOCK).start("eve").complete("before").complete("a")

    case.do(take_back(case, "a", "ann"))

    assert case.open == ["a", "b"]


def test_once_the_join_has_fired_only_while_what_followed_it_is_untouched():
    case = Play(BLOCK).start("eve").complete("before").complete("a").complete("b")

    case.do(take_back(case, "b", "bob"))

    assert case.at == ["and1_join", "b"]
    assert case.complete("b").complete("last").status == "approved"


def test_what_cannot_be_undone_outside_is_not_taken_back():
    rule = ServiceRule(name="pay", irreversible=True)
    case = Play(
        process(
            task("first", person="ann"), node("service_task", "pay", service=rule), task("x", person="sue")
        )
    )
    case.world.services = {"pay": lambda _variables: {}}
    case.start("eve").complete("first")

    answer = case.refused(take_back(case, "first", "ann"))

    assert (answer.code, answer.params) == ("irreversible", {"nodes": ["pay"]})
    assert case.refused(c.Withdraw(actor="eve")).code in ("irreversible", "withdraw_not_allowed")
