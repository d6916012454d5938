"""Handing a task over, delegating it, standing in for somebody."""

from core.engine.play import Play, c, company, e
from shuli.core.engine.building import process, task

ONE = process(task("check", person="ann"), task("last", person="sue"))
POOL = process(task("check", lead='"service"'), task("last", person="sue"))
DECISION = process(task("check", person="ann", on_reject="end"), task("last", person="sue"))
OFFERED = process(task("check", person="ann", transfer_needs_acceptance=True), task("last", person="sue"))


def seat_of(case, node="check"):
    return next(iter(case.visits(node)[0].seats.values()))


def transferred(case, to, actor="ann"):
    return case.do(c.Transfer(actor=actor, seat=seat_of(case).id, to=to, reason="away"))


def test_what_was_delegated_comes_back_with_an_opinion_and_the_owner_decides():
    case = Play(ONE).start("eve")
    case.do(c.Delegate(actor="ann", seat=seat_of(case).id, to="tom", reason="you know it"))

    case.complete("check", "tom", opinion="fine", answers={"sum": 3})

    assert case.open == ["check"]
    assert case.complete("check", "ann").open == ["last"]
    assert case.marking.performers["check"] == "ann"
    assert case.marking.variables["sum"] == 3


def test_while_it_is_away_the_owner_waits_and_delegates_it_to_nobody_else():
    case = Play(ONE).start("eve")
    owner = seat_of(case).id
    case.do(c.Delegate(actor="ann", seat=owner, to="tom"))

    assert case.refused(c.Complete(actor="ann", seat=owner)).code == "waits_for_others"
    assert case.refused(c.Delegate(actor="ann", seat=owner, to="bob")).code == "already_delegated"


def test_the_owner_may_call_it_back():
    case = Play(ONE).start("eve")
    case.do(c.Delegate(actor="ann", seat=seat_of(case).id, to="tom"))

    case.do(c.RemoveSigner(actor="ann", seat=case.seat("check", "tom").id))

    assert case.complete("check", "ann").open == ["last"]


def test_a_handed_over_task_that_needs_acceptance_waits_for_it():
    case = transferred(Play(OFFERED).start("eve"), "tom")

    answer = case.refused(c.Complete(actor="tom", seat=seat_of(case).id))

    assert (answer.code, answer.params) == ("acceptance_missing", {"from": "ann"})
    case.do(c.Accept(actor="tom", seat=seat_of(case).id))
    assert case.complete("check", "tom").open == ["last"]


def test_declined_it_goes_back_with_the_reason():
    case = transferred(Play(OFFERED).start("eve"), "tom")

    case.do(c.Decline(actor="tom", seat=seat_of(case).id, reason="not mine"))

    assert seat_of(case).holder == "ann"
    assert case.refused(c.Accept(actor="ann", seat=seat_of(case).id)).code == "not_offered"


def test_a_new_task_has_the_substitute_whom_the_directory_names():
    case = Play(ONE, company(substitutes={"ann": "tom"})).start("eve")

    case.do(c.Complete(actor="tom", seat=seat_of(case).id))

    assert case.open == ["last"]
    decided = case.happened(e.SeatDecided)[0]
    assert (decided.person, decided.on_behalf_of) == ("tom", "ann")


def test_the_first_of_both_to_act_wins():
    case = Play(ONE, company(substitutes={"ann": "tom"})).start("eve")

    case.do(c.Claim(actor="tom", seat=seat_of(case).id))

    assert case.refused(c.Complete(actor="ann", seat=seat_of(case).id)).code == "not_holder"
    assert (seat_of(case).holder, seat_of(case).principal) == ("tom", "ann")


def test_the_holder_who_acts_first_leaves_the_substitute_out():
    case = Play(ONE, company(substitutes={"ann": "tom"})).start("eve")

    case.do(c.Claim(actor="ann", seat=seat_of(case).id))

    assert case.refused(c.Complete(actor="tom", seat=seat_of(case).id)).code == "not_holder"


def test_when_it_ends_an_untouched_task_is_the_holders_alone_and_a_touched_one_stays():
    case = Play(ONE, company(substitutes={"ann": "tom"})).start("eve")
    touched = Play(ONE, company(substitutes={"ann": "tom"})).start("eve")
    touched.do(c.Claim(actor="tom", seat=seat_of(touched).id))

    case.do(c.Substitute(seat=seat_of(case).id))
    touched.do(c.Substitute(seat=seat_of(touched).id))

    assert (seat_of(case).holder, seat_of(case).substitute) == ("ann", None)
    assert seat_of(touched).holder == "tom"


def test_what_a_substitute_gives_back_is_the_holders_again():
    case = Play(ONE, company(substitutes={"ann": "tom"})).start("eve")
    case.do(c.Claim(actor="tom", seat=seat_of(case).id))

    case.do(c.Release(actor="tom", seat=seat_of(case).id))

    assert (seat_of(case).holder, seat_of(case).substitute, seat_of(case).principal) == ("ann", "tom", None)


def test_a_substitute_has_no_substitute():
    case = Play(ONE, company(substitutes={"ann": "tom"})).start("eve")
    case.do(c.Claim(actor="tom", seat=seat_of(case).id))

    assert case.refused(c.Substitute(seat=seat_of(case).id, person="bob")).code == "one_hop"


def test_nobody_stands_in_where_nobody_holds_the_task():
    case = Play(POOL).start("eve")

    assert case.refused(c.Substitute(seat=seat_of(case).id, person="tom")).code == "nobody_holds"


def test_the_starter_does_not_decide_on_their_own_request_for_somebody_else():
    case = Play(DECISION, company(substitutes={"ann": "eve"})).start("eve")

    assert seat_of(case).substitute is None
    assert case.refused(c.Substitute(seat=seat_of(case).id, person="eve")).code == "own_request"
    transfer = c.Transfer(actor="ann", seat=seat_of(case).id, to="eve", reason="yours")
    assert case.refused(transfer).code == "own_request"


def test_the_starter_may_do_somebody_elses_plain_work():
    case = Play(ONE, company(substitutes={"ann": "eve"})).start("eve")

    case.do(c.Complete(actor="eve", seat=seat_of(case).id))

    assert case.open == ["last"]
