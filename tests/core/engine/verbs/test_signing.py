"""Adding signers before, after and beside, and taking them away again."""

import pytest

from core.engine.play import Play, c, e
from shuli.core.bpmn.graph import Output, Performer, SeatRule, VoteRule
from shuli.core.engine.building import process, task

ONE = process(task("check", person="ann"), task("last", person="sue"))
VOTERS = tuple(SeatRule(key=p, performer=Performer(kind="person", value=f'"{p}"')) for p in ("ann", "bob"))


def voting(kind="all", **rule):
    return process(task("check", seats=VOTERS, vote=VoteRule(kind=kind, **rule)), task("last", person="sue"))


def add(case, actor, *people, position="beside", **fields):
    seat = case.seat("check", actor)
    return case.do(c.AddSigner(actor=actor, seat=seat.id, people=people, position=position, **fields))


def refused(case, actor, *people, position="beside"):
    seat = case.seat("check", actor)
    return case.refused(c.AddSigner(actor=actor, seat=seat.id, people=people, position=position)).code


def test_who_was_asked_before_is_waited_for():
    case = add(Play(ONE).start("eve"), "ann", "bob", "tom", position="before")

    answer = case.refused(c.Complete(actor="ann", seat=case.seat("check", "ann").id))

    assert (answer.code, answer.params) == ("waits_for_others", {"who": ["bob", "tom"]})


def test_when_all_asked_before_have_spoken_the_holder_decides_whatever_they_said():
    case = add(Play(ONE).start("eve"), "ann", "bob", "tom", position="before")

    case.complete("check", "bob", decision="reject").complete("check", "tom")

    assert case.open == ["check"]
    assert case.complete("check", "ann").open == ["last"]


def test_of_any_asked_before_the_first_is_enough():
    case = add(Play(ONE).start("eve"), "ann", "bob", "tom", position="before", rule="any")

    case.complete("check", "tom")

    assert [seat.holder for seat in case.visits("check")[0].seats.values()] == ["ann", "tom"]
    assert case.complete("check", "ann").open == ["last"]


def test_who_is_asked_in_sequence_speaks_one_after_another():
    case = add(Play(ONE).start("eve"), "ann", "bob", "tom", position="before", rule="sequence")
    last = next(seat for seat in case.visits("check")[0].seats.values() if seat.holder == "tom")

    assert case.refused(c.Complete(actor="tom", seat=last.id)).code == "not_your_turn"
    case.complete("check", "bob").complete("check", "tom").complete("check", "ann")

    assert case.open == ["last"]


def test_the_visit_stays_open_for_who_signs_after():
    case = add(Play(ONE).start("eve"), "ann", "bob", position="after")

    case.complete("check", "ann")
    assert case.open == ["check"]
    case.complete("check", "bob")

    assert case.open == ["last"]


def test_who_signs_after_may_reject_what_the_holder_approved():
    case = add(Play(ONE).start("eve"), "ann", "bob", position="after")

    case.complete("check", "ann").complete("check", "bob", decision="reject")

    assert case.marking.variables["outcomes"]["check"] == "reject"


def test_nobody_signs_after_a_rejection():
    case = add(Play(ONE).start("eve"), "ann", "bob", position="after")

    case.complete("check", "ann", decision="reject")

    assert case.open == ["last"]


def test_a_voter_who_was_added_beside_a_single_holder_must_approve_too():
    case = add(Play(ONE).start("eve"), "ann", "bob")

    case.complete("check", "ann")
    assert case.open == ["check"]
    case.complete("check", "bob")

    assert case.open == ["last"]


def test_whoever_has_a_seat_gets_no_second_one():
    assert refused(Play(voting()).start("eve"), "ann", "bob") == "seat_exists"


def test_in_a_sequence_the_added_one_comes_right_behind_the_holder():
    case = add(Play(voting("sequence")).start("eve"), "ann", "tom")

    order = sorted(case.visits("check")[0].seats.values(), key=lambda seat: seat.order)

    assert [seat.holder for seat in order] == ["ann", "tom", "bob"]
    case.complete("check", "ann").complete("check", "tom").complete("check", "bob")
    assert case.open == ["last"]


@pytest.mark.parametrize("position", ["beside", "after"])
def test_the_starter_is_not_asked_to_decide_on_their_own_request(position):
    assert refused(Play(voting()).start("eve"), "ann", "eve", position=position) == "own_request"


def test_the_starter_may_be_asked_for_an_opinion():
    case = add(Play(voting()).start("eve"), "ann", "eve", position="before")

    assert case.seat("check", "eve").role == "before"


def test_who_was_asked_cannot_ask_on():
    case = add(Play(ONE).start("eve"), "ann", "bob", position="before")

    assert refused(case, "bob", "tom") == "not_on_added_seat"


def test_taking_the_last_open_voter_away_may_complete_the_visit():
    case = add(Play(voting()).start("eve"), "ann", "tom")
    case.complete("check", "ann").complete("check", "bob")

    case.do(c.RemoveSigner(actor="ann", seat=case.seat("check", "tom").id))

    assert case.open == ["last"]
    assert case.marking.performers["check"] == "bob"


def test_it_does_not_where_a_document_is_missing():
    graph = process(
        task("check", seats=VOTERS, vote=VoteRule(kind="all"), outputs=(Output(document="plan"),))
    )
    case = add(Play(graph).start("eve"), "ann", "tom")
    case.complete("check", "ann").complete("check", "bob")
    seat = case.seat("check", "tom").id

    assert case.refused(c.RemoveSigner(actor="ann", seat=seat)).code == "outputs_missing"
    assert case.do(c.RemoveSigner(actor="ann", seat=seat, documents=frozenset({"plan"}))).status == "approved"


def test_somebody_whom_the_model_names_is_not_taken_away():
    case = Play(voting()).start("eve")

    assert case.refused(c.RemoveSigner(seat=case.seat("check", "bob").id)).code == "not_added"


def test_the_last_seat_that_counts_is_not_taken_away():
    case = add(Play(voting()).start("eve"), "ann", "tom")
    case.complete("check", "ann", decision="abstain").complete("check", "bob", decision="abstain")

    assert case.refused(c.RemoveSigner(seat=case.seat("check", "tom").id)).code == "last_seat"


def test_a_count_is_clamped_when_a_seat_has_gone():
    case = add(Play(voting("count", count=3)).start("eve"), "ann", "tom")
    case.complete("check", "ann").complete("check", "bob")

    case.do(c.RemoveSigner(seat=case.seat("check", "tom").id))

    assert case.open == ["last"]


def test_a_node_may_forbid_it():
    case = Play(process(task("check", person="ann", verbs=("transfer",)))).start("eve")

    assert refused(case, "ann", "bob") == "verb_not_allowed"


def test_once_decided_the_others_may_still_say_what_they_think():
    case = Play(voting("any", opinions_stay=True)).start("eve").complete("check", "ann")
    seat = next(iter(case.marking.opinions))

    case.do(c.Complete(actor="bob", seat=seat, decision="reject", opinion="too dear"))

    assert case.open == ["last"]
    assert case.marking.opinions == {}
    assert case.happened(e.SeatDecided)[-1].opinion == "too dear"
