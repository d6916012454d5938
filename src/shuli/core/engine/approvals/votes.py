"""How the seats of a visit decide it (design of the engine, "Votes"): pure, in whole numbers."""

from collections.abc import Callable, Iterable
from typing import Literal

from msgspec import Struct

from shuli.core.bpmn.graph import VoteRule
from shuli.core.engine.marking import Seat

Verdict = Literal["pass", "fail", "open"]

BY_LEAD = frozenset({"single", "contribute"})  # the lead decides; other seats contribute


class Tally(Struct, frozen=True, kw_only=True):
    """Weights: W of the counted seats, A approved, R rejected; and whether everybody has spoken."""

    counted: int
    approved: int
    rejected: int
    complete: bool


def decide_votes(rule: VoteRule, seats: Iterable[Seat]) -> Verdict:
    """Return whether the seats have decided the visit, and how.

    Contributions never count. Whoever abstains is not counted, unless the rule keeps them in the count. Where nobody is
    left who counts, nothing is decided: the rule for an empty assignee applies.
    """
    if rule.kind in BY_LEAD:
        return verdict_of_lead(seats)
    tally = tally_of(rule, tuple(seats))
    if tally.counted == 0:
        return "open"
    verdict = RULES[rule.kind](rule, tally)
    # Only where abstentions stay in the count can everybody have spoken without a verdict: it was not enough.
    return "fail" if verdict == "open" and tally.complete else verdict


def is_abandoned(rule: VoteRule, seats: Iterable[Seat]) -> bool:
    """Say whether everybody has spoken and nobody counts: all have abstained."""
    voters = [seat for seat in seats if seat.role != "contribute"]
    return all(seat.decision is not None for seat in voters) and decide_votes(rule, voters) == "open"


def verdict_of_lead(seats: Iterable[Seat]) -> Verdict:
    for seat in seats:
        if seat.role == "lead" and seat.decision is not None:
            return "pass" if seat.decision == "approve" else "fail"
    return "open"


def tally_of(rule: VoteRule, seats: tuple[Seat, ...]) -> Tally:
    voters = [seat for seat in seats if seat.role != "contribute"]
    counted = [seat for seat in voters if rule.abstain_counts or seat.decision != "abstain"]
    return Tally(
        counted=sum(seat.weight for seat in counted),
        approved=sum(seat.weight for seat in voters if seat.decision == "approve"),
        rejected=sum(seat.weight for seat in voters if seat.decision == "reject"),
        complete=all(seat.decision is not None for seat in voters),
    )


def by_all(rule: VoteRule, tally: Tally) -> Verdict:
    if tally.approved == tally.counted:
        return "pass"
    return "fail" if tally.rejected and (tally.complete or not rule.collect) else "open"


def by_any(rule: VoteRule, tally: Tally) -> Verdict:
    if tally.approved:
        return "pass"
    needed = tally.counted if rule.collect else 1
    return "fail" if tally.rejected >= needed else "open"


def by_ratio(rule: VoteRule, tally: Tally) -> Verdict:
    if 100 * tally.approved >= rule.percent * tally.counted:
        return "pass"
    return "fail" if 100 * tally.rejected > (100 - rule.percent) * tally.counted else "open"


def by_count(rule: VoteRule, tally: Tally) -> Verdict:
    # A seat may have been removed since the count was chosen.
    needed = min(rule.count, tally.counted)
    if tally.approved >= needed:
        return "pass"
    return "fail" if tally.rejected > tally.counted - needed else "open"


def in_sequence(_rule: VoteRule, tally: Tally) -> Verdict:
    if tally.rejected:
        return "fail"
    return "pass" if tally.approved == tally.counted else "open"


RULES: dict[str, Callable[[VoteRule, Tally], Verdict]] = {
    "all": by_all,
    "any": by_any,
    "ratio": by_ratio,
    "count": by_count,
    "sequence": in_sequence,
}
