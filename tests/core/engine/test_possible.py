"""What a person may do at a seat."""

from core.engine.play import Play, c, company
from shuli.core.engine import possible_verbs
from shuli.core.engine.building import process, task

ONE = process(task("first", person="ann"), task("check", person="ann", on_reject="end"))
POOL = process(task("check", lead='"service"'))
WORK = {"complete", "reject", "transfer", "delegate"}
SIGNERS = {"add_signer_before", "add_signer_after", "add_signer_beside"}


def verbs(case, actor, node="check"):
    return possible_verbs(case.graph, case.marking, actor, next(iter(case.visits(node)[0].seats)))


def test_the_holder_may_do_everything():
    case = Play(ONE).start("eve").complete("first")

    assert verbs(case, "ann") == WORK | SIGNERS | {"return"}


def test_the_starter_may_urge_and_a_stranger_nothing():
    case = Play(ONE).start("eve").complete("first")

    assert verbs(case, "eve") == {"urge"}
    assert verbs(case, "tom") == frozenset()


def test_a_member_of_the_pool_may_claim_it():
    case = Play(POOL).start("eve")

    assert "claim" in verbs(case, "bob")
    case.do(c.Claim(actor="bob", seat=case.seat("check").id))
    assert "release" in verbs(case, "bob")


def test_the_node_may_leave_only_some_of_it():
    case = Play(process(task("check", person="ann", verbs=("transfer",)))).start("eve")

    assert verbs(case, "ann") == {"complete", "transfer"}


def test_while_somebody_was_asked_first_the_holder_waits():
    case = Play(ONE).start("eve").complete("first")
    case.do(c.Delegate(actor="ann", seat=case.seat("check").id, to="tom"))

    assert "complete" not in verbs(case, "ann")
    assert "return" in verbs(case, "ann")


def test_what_was_handed_over_is_accepted_or_declined_first():
    case = Play(process(task("check", person="ann", transfer_needs_acceptance=True))).start("eve")
    case.do(c.Transfer(actor="ann", seat=case.seat("check").id, to="tom", reason="away"))

    assert verbs(case, "tom") == {"accept", "decline"}


def test_a_substitute_may_do_what_the_holder_may_but_hand_it_over():
    case = Play(ONE, company(substitutes={"ann": "tom"})).start("eve").complete("first", "ann")

    assert verbs(case, "tom") == (WORK - {"transfer"}) | SIGNERS | {"return", "claim"}
