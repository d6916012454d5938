"""The rules of voting, and against every possible way the voting could go on."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuli.core.bpmn.graph import VoteRule
from shuli.core.engine import decide_votes
from shuli.core.engine.approvals.votes import is_abandoned
from shuli.core.engine.marking import Seat

A, R, N, _ = "approve", "reject", "abstain", None


def seats(*decisions, weights=None, role="vote"):
    weights = weights or [1] * len(decisions)
    return [
        Seat(id=number, visit=1, role=role, decision=decision, weight=weight, order=number)
        for number, (decision, weight) in enumerate(zip(decisions, weights, strict=True))
    ]


@pytest.mark.parametrize(
    ("decisions", "verdict"),
    [((A, A, _), "open"), ((A, A, A), "pass"), ((A, R, _), "fail"), ((A, A, N), "pass"), ((_, _, _), "open")],
)
def test_all_passes_with_everybody_and_fails_at_the_first_rejection(decisions, verdict):
    assert decide_votes(VoteRule(kind="all"), seats(*decisions)) == verdict


@pytest.mark.parametrize(
    ("decisions", "verdict"),
    [((R, _, _), "open"), ((R, A, _), "open"), ((R, A, A), "fail"), ((A, A, A), "pass")],
)
def test_all_can_hear_everybody_before_it_fails(decisions, verdict):
    assert decide_votes(VoteRule(kind="all", collect=True), seats(*decisions)) == verdict


@pytest.mark.parametrize(("decisions", "verdict"), [((_, A), "pass"), ((_, R), "fail"), ((N, _), "open")])
def test_any_goes_by_the_first_decision(decisions, verdict):
    assert decide_votes(VoteRule(kind="any"), seats(*decisions)) == verdict


@pytest.mark.parametrize(("decisions", "verdict"), [((_, R), "open"), ((R, R), "fail"), ((R, A), "pass")])
def test_any_can_fail_only_when_all_have_rejected(decisions, verdict):
    assert decide_votes(VoteRule(kind="any", collect=True), seats(*decisions)) == verdict


@pytest.mark.parametrize(
    ("percent", "decisions", "verdict"),
    [
        (50, (A, _), "pass"),
        (51, (A, _), "open"),
        (67, (A, A, R), "fail"),
        (67, (R, _, _), "fail"),
        (66, (A, A, R), "pass"),
        (60, (R, R, _, _, _), "open"),
        (60, (R, R, R, _, _), "fail"),
    ],
)
def test_ratio_counts_without_division(percent, decisions, verdict):
    assert decide_votes(VoteRule(kind="ratio", percent=percent), seats(*decisions)) == verdict


def test_weights_count():
    rule = VoteRule(kind="ratio", percent=60)

    assert decide_votes(rule, seats(A, _, _, weights=[3, 1, 1])) == "pass"


@pytest.mark.parametrize(
    ("count", "decisions", "verdict"),
    [(2, (A, A, _), "pass"), (2, (R, _, _), "open"), (2, (R, R, _), "fail"), (9, (A, A), "pass")],
)
def test_count_needs_so_many_but_never_more_than_there_are(count, decisions, verdict):
    assert decide_votes(VoteRule(kind="count", count=count), seats(*decisions)) == verdict


@pytest.mark.parametrize(("decisions", "verdict"), [((A, _), "open"), ((A, A), "pass"), ((R, _), "fail")])
def test_sequence_fails_at_a_rejection_and_passes_at_its_end(decisions, verdict):
    assert decide_votes(VoteRule(kind="sequence"), seats(*decisions)) == verdict


@pytest.mark.parametrize("kind", ["single", "contribute"])
def test_the_lead_decides_and_contributions_never_count(kind):
    contributions = seats(A, R, role="contribute")

    assert decide_votes(VoteRule(kind=kind), [*contributions, *seats(_, role="lead")]) == "open"
    assert decide_votes(VoteRule(kind=kind), [*contributions, *seats(A, role="lead")]) == "pass"


@pytest.mark.parametrize("kind", ["all", "any", "ratio", "count", "sequence"])
def test_where_everybody_abstains_nothing_is_decided(kind):
    rule = VoteRule(kind=kind)

    assert decide_votes(rule, seats(N, N)) == "open"
    assert is_abandoned(rule, seats(N, N))
    assert not is_abandoned(rule, seats(N, _))


def test_abstentions_can_stay_in_the_count():
    rule = VoteRule(kind="ratio", percent=50, abstain_counts=True)

    assert decide_votes(rule, seats(A, N, _)) == "open"
    assert decide_votes(rule, seats(A, N, N)) == "fail"
    assert decide_votes(rule, seats(A, N, A)) == "pass"


# Against brute force ------------------------------------------------------------------------------------


RULES = st.builds(
    VoteRule,
    kind=st.sampled_from(["all", "ratio", "count", "sequence"]),
    percent=st.integers(1, 100),
    count=st.integers(1, 5),
)


def reaches(rule, decisions, weights):
    """Return the plain question of a rule, asked when everybody has spoken."""
    counted = [(d, w) for d, w in zip(decisions, weights, strict=True) if d != N]
    total = sum(w for _d, w in counted)
    approved = sum(w for d, w in counted if d == A)
    if total == 0:
        return None
    if rule.kind in ("all", "sequence"):
        return approved == total
    if rule.kind == "ratio":
        return approved / total >= rule.percent / 100 - 1e-12
    return approved >= min(rule.count, total)


@given(RULES, st.lists(st.tuples(st.sampled_from([A, R, _]), st.integers(1, 3)), min_size=1, max_size=5))
def test_it_is_decided_exactly_when_the_rest_cannot_change_it(rule, voters):
    decisions, weights = [d for d, _w in voters], [w for _d, w in voters]

    @cache
    def outcomes(so_far):
        if _ not in so_far:
            return frozenset({reaches(rule, so_far, weights)})
        at = so_far.index(_)
        return frozenset().union(*(outcomes((*so_far[:at], d, *so_far[at + 1 :])) for d in (A, R)))

    possible = outcomes(tuple(decisions))
    expected = {frozenset({True}): "pass", frozenset({False}): "fail"}.get(possible, "open")

    assert decide_votes(rule, seats(*decisions, weights=weights)) == expected


@given(RULES, st.lists(st.tuples(st.sampled_from([A, R, N]), st.integers(1, 3)), min_size=1, max_size=6))
def test_when_everybody_has_spoken_it_is_decided_unless_all_abstained(rule, voters):
    decisions, weights = [d for d, _w in voters], [w for _d, w in voters]

    verdict = decide_votes(rule, seats(*decisions, weights=weights))

    assert verdict == {True: "pass", False: "fail", None: "open"}[reaches(rule, decisions, weights)]


@given(RULES, st.permutations([A, A, R, N, A]))
def test_the_order_of_the_seats_does_not_matter(rule, decisions):
    assert decide_votes(rule, seats(*decisions)) == decide_votes(rule, seats(*sorted(decisions)))
