"""Visits of several people: contributions, votes, sequences."""

from msgspec.structs import replace

from core.engine.play import Play, c, company, e
from shuli.core.bpmn.graph import Duty, Performer, SeatRule, VoteRule
from shuli.core.engine.building import choice, parallel, process, task


def person(name):
    return Performer(kind="person", value=f'"{name}"')


def rule(name, **fields):
    return SeatRule(key=name, performer=person(name), **fields)


def voting(*names, after=(), **vote):
    seats = tuple(rule(name) for name in names)
    return Play(
        process(task("v", seats=seats, vote=VoteRule(**vote)), *after, task("last", person="sue"))
    ).start()


def contributing(**vote):
    seats = (
        SeatRule(key="tech", performer=Performer(kind="department", value='"tech"'), department='"tech"'),
        rule("fin", department='"finance"'),
    )
    graph = process(
        task("n", person="pia", seats=seats, vote=VoteRule(kind="contribute", **vote)),
        task("last", person="sue"),
    )
    return Play(graph).start()


def test_the_lead_cannot_complete_while_contributions_are_missing():
    case = contributing()

    answer = case.refused(case.completion("n", "pia"))

    assert answer.code == "contributions_missing"
    assert answer.params == {"who": ["tech", "finance"], "seats": ["tech", "fin"]}


def test_the_lead_completes_when_everybody_has_contributed():
    case = contributing().complete("n", "tom", answers={"cost": 5}).complete("n", "fin")
    assert case.open == ["n"]

    case.complete("n", "pia")

    assert case.open == ["last"]
    assert case.marking.variables["cost"] == 5


def test_the_lead_can_reject_without_waiting():
    assert contributing().complete("n", "pia", decision="reject").open == ["last"]


def test_contributions_do_not_block_where_the_node_says_so():
    case = contributing(blocks=False).complete("n", "pia")

    assert case.open == ["last"]
    assert case.happened(e.VisitClosed)[0].outcome == "completed"


def test_a_contribution_cannot_be_sent_back():
    case = contributing()

    answer = case.refused(c.Return(actor="tom", seat=case.seat("n", "tom").id, to="start", reason="no"))

    assert answer.code == "return_not_allowed"


def test_everybody_signs():
    case = voting("ann", "bob", kind="all").complete("v", "bob")
    assert case.open == ["v"]

    assert case.complete("v", "ann").open == ["last"]


def test_the_other_tasks_are_cancelled_when_one_decides():
    case = voting("ann", "bob", "eve", kind="any").complete("v", "bob")

    assert case.open == ["last"]
    assert case.refused(c.Complete(actor="ann", seat=3)).code == "task_closed"


def test_gateways_can_read_a_rejection():
    ways = choice(('outcomes.v = "reject"', [task("mend", person="bob")]), (None, []))
    case = voting("ann", "bob", kind="all", after=(ways,)).complete("v", "ann", decision="reject")

    assert case.open == ["mend"]
    assert case.happened(e.VisitClosed)[0].outcome == "rejected"


def test_a_sequence_opens_one_seat_at_a_time():
    case = voting("ann", "bob", kind="sequence")
    seat = next(seat for seat in case.visits("v")[0].seats.values() if seat.key == "bob")

    assert case.refused(c.Complete(actor="bob", seat=seat.id)).code == "not_your_turn"
    case.complete("v", "ann")
    assert case.happened(e.SeatOpened)[0].seat == seat.id

    assert case.complete("v", "bob").open == ["last"]


def test_a_sequence_keeps_the_order_of_its_rules():
    case = voting("ann", "bob", "eve", kind="sequence")
    keys = {seat.id: seat.key for seat in case.visits("v")[0].seats.values()}

    case.complete("v", "ann").complete("v", "bob").complete("v", "eve")

    assert [keys[event.seat] for event in case.happened(e.SeatDecided)] == ["ann", "bob", "eve"]


def test_the_performer_votes_first_beside_the_seats():
    vote = VoteRule(kind="sequence")
    case = Play(process(task("v", person="pia", seats=(rule("ann"),), vote=vote))).start()

    assert case.seat("v").holder == "pia"
    assert case.complete("v").complete("v", "ann").status == "approved"


def test_without_seats_everybody_whom_the_performer_means_votes():
    everybody = Performer(kind="department", value='"service"')
    case = Play(process(task("v", performer=everybody, vote=VoteRule(kind="all")))).start()

    assert [seat.holder for seat in case.visits("v")[0].seats.values()] == ["ann", "bob"]


def test_when_everybody_abstains_the_case_stops_with_an_incident():
    case = voting("ann", "bob", kind="all").complete("v", "ann", decision="abstain")

    case.complete("v", "bob", decision="abstain")
    assert case.incidents == ["nobody_voted"]

    assert case.retry().open == ["v"]


def test_one_person_alone_cannot_abstain():
    case = Play(process(task("a", person="ann"))).start()

    assert case.refused(case.completion("a", decision="abstain")).code == "abstain_not_allowed"


def test_a_seat_for_which_nobody_is_found_stops_the_visit():
    seats = (rule("ann"), SeatRule(key="x", performer=Performer(kind="head", value='"moon"')))
    case = Play(process(task("v", seats=seats, vote=VoteRule(kind="all"))), company()).start()

    assert case.incidents == ["nobody_to_assign"]
    assert case.open == []


def test_a_rejected_vote_can_go_back_by_the_node_s_policy():
    graph = process(
        task("a", person="ann"),
        task("v", seats=(rule("bob"),), vote=VoteRule(kind="all"), on_reject="previous"),
    )
    case = Play(graph).start().complete("a").complete("v", decision="reject", opinion="too dear")

    assert case.open == ["a"]
    assert case.happened(e.CaseReturned)[0].to == "a"


def test_a_rejected_vote_comes_straight_back_where_the_node_says_so():
    again = Duty(seats=(rule("bob"),), vote=VoteRule(kind="all"), on_reject="previous", resubmit="straight")
    graph = process(task("a", person="ann"), parallel([task("v", person="bob")], [task("b", person="ann")]))
    graph = replace(graph, nodes={**graph.nodes, "v": replace(graph.nodes["v"], duty=again)})
    case = Play(graph).start().complete("a").complete("b").complete("v", decision="reject")

    case.complete("a")

    assert case.open == ["v"]


def test_where_there_is_nowhere_to_go_back_a_rejection_goes_on():
    graph = process(task("v", seats=(rule("bob"),), vote=VoteRule(kind="all"), on_reject="previous"))

    assert Play(graph).start().complete("v", decision="reject").status == "approved"


def test_the_duty_of_a_graph_may_name_voters_by_feel():
    seat = SeatRule(key="x", performer=Performer(kind="head", value="dept"), department="dept")
    graph = process(task("v", seats=(seat,), vote=VoteRule(kind="all")), start=Duty())

    case = Play(graph).start(dept="product")

    assert (case.seat("v").holder, case.seat("v").department) == ("per", "product")
