"""What nodes do without people, each as "system" and with an event that says why."""

from core.engine.play import Play, c, company, e
from shuli.core.bpmn.graph import EscalationStep, Output, Performer, SeatRule, VoteRule
from shuli.core.engine.building import process, script, task
from shuli.core.worktime import Offset, WorkingHours

SUPERIORS = {"superiors": {"eve": ("max",), "ann": ("sue",)}}
VOTERS = tuple(SeatRule(key=p, performer=Performer(kind="person", value=f'"{p}"')) for p in ("ann", "eve"))


def nobody(policy, **more):
    return process(task("gone", person="x", nobody=policy, **more), task("last", person="sue"))


def unstaffed(policy, **more):
    return Play(nobody(policy, **more), company(unknown=frozenset({"x"}), **SUPERIORS)).start("eve")


def decided(case):
    return [(one.rule, one.outcome, one.person) for one in case.happened(e.DecidedAutomatically)]


def test_nobody_to_do_it_is_an_incident_unless_the_node_says_else():
    assert unstaffed("admin").incidents == ["nobody_to_assign"]


def test_it_passes_as_system_and_leaves_no_performer():
    case = unstaffed("pass")

    assert case.open == ["last"]
    assert decided(case) == [("nobody", "pass", None)]
    assert "gone" not in case.marking.performers


def test_it_is_rejected_by_the_nodes_policy_for_a_rejection():
    assert unstaffed("reject", on_reject="end").status == "rejected"


def test_the_fallback_or_a_superior_does_it_instead():
    fallback = unstaffed("person", fallback=Performer(kind="person", value='"tom"'))

    assert fallback.seat("gone").holder == "tom"
    assert unstaffed("superior").seat("gone").holder == "max"


def test_where_all_abstained_the_same_rule_holds():
    rule = VoteRule(kind="all")
    seats = VOTERS[:1]
    case = Play(
        process(task("vote", seats=seats, vote=rule, nobody="pass"), task("last", person="sue"))
    ).start("tom")

    case.complete("vote", "ann", decision="abstain")

    assert case.open == ["last"]
    assert decided(case) == [("nobody", "pass", None)]


def by_starter(policy, **more):
    graph = process(task("check", person="eve", starter_performs=policy, **more), task("last", person="sue"))
    return Play(graph, company(**SUPERIORS)).start("eve")


def test_the_starter_does_it_passes_it_or_leaves_it_to_a_superior():
    assert by_starter("self").seat("check").holder == "eve"
    assert by_starter("skip").open == ["last"]
    assert by_starter("superior").seat("check").holder == "max"


def test_the_head_of_the_starters_department_does_it():
    graph = process(task("check", person="ann", starter_performs="head"))
    case = Play(graph, company(**SUPERIORS)).start("ann")

    assert case.seat("check").holder == "sue"


def test_what_must_be_made_is_not_skipped():
    assert by_starter("skip", outputs=(Output(document="plan"),)).open == ["check"]


def test_of_several_voters_only_the_starter_is_left_out():
    graph = process(task("vote", seats=VOTERS, vote=VoteRule(kind="all"), starter_performs="skip"))
    case = Play(graph).start("eve")

    assert [seat.holder for seat in case.visits("vote")[0].seats.values()] == ["ann"]
    assert case.complete("vote").status == "approved"


def test_in_a_pool_the_starter_may_not_claim_the_decision():
    graph = process(task("check", lead='"service"', decision=True, starter_performs="superior"))
    case = Play(graph).start("ann")

    assert case.refused(c.Claim(actor="ann", seat=case.seat("check").id)).code == "own_request"
    assert case.complete("check", "bob", signed=True).status == "approved"


def twice(*between, **more):
    return process(
        task("one", person="ann"),
        *between,
        task("two", person="ann", same_person="skip", **more),
        task("last", person="sue"),
    )


def test_the_same_person_again_is_skipped():
    case = Play(twice()).start("eve").complete("one")

    assert case.open == ["last"]
    assert decided(case) == [("same_person", "skip", "ann")]
    assert case.targets("last") == ["one"]


def test_not_where_something_has_changed_or_was_rejected():
    changed = Play(twice(script("reckon", "1", result="sum"))).start("eve").complete("one")
    rejected = Play(twice()).start("eve").complete("one", decision="reject")

    assert changed.open == rejected.open == ["two"]


def late(action, **more):
    rung = EscalationStep(
        offset=Offset(amount=1, when="after"),
        to=Performer(kind="person", value='"max"'),
        action=action,
        **more,
    )
    graph = process(
        task("check", person="ann", limits=(WorkingHours(amount=1),), escalation=(rung,), on_reject="end"),
        task("last", person="sue"),
    )
    return Play(graph).start("eve").wait(hours=5)


def test_a_rung_of_the_ladder_transfers_passes_rejects_or_jumps():
    assert late("remind").seat("check").holder == "ann"
    assert late("transfer").seat("check").holder == "max"
    assert late("pass").open == ["last"]
    assert late("reject").status == "rejected"
    assert late("jump", target="last").open == ["last"]


def test_a_rung_that_cannot_be_done_is_an_incident():
    assert late("jump", target="start").incidents == ["policy_failed"]
