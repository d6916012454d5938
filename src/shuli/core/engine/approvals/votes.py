"""How the seats of a visit decide it (design of the engine, "Votes"): pure, in whole numbers."""

from collections.abc import Callable, Iterable
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from shuli.core.bpmn.graph import VoteRule
from shuli.core.engine.marking import Seat

Verdict = Literal["pass", "fail", "open"]

BY_LEAD = frozenset({"single", "contribute"})  # the lead decides; other seats contribute
COUNTING = frozenset({"lead", "vote"})  # the roles whose decisions decide the visit


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
    voters = [seat for seat in heard(seats) if seat.role in COUNTING]
    return all(seat.decision is not None for seat in voters) and decide_votes(rule, voters) == "open"


def verdict_of_lead(seats: Iterable[Seat]) -> Verdict:
    """Return what the lead says; voters who were added beside the lead must all approve with it."""
    everybody = tuple(seats)
    if len(everybody) == 1:
        decision = everybody[0].decision
        return "open" if decision is None else "pass" if decision == "approve" else "fail"
    voters = [seat for seat in heard(everybody) if seat.role in COUNTING]
    if any(seat.decision == "reject" for seat in voters):
        return "fail"
    decided = [seat for seat in voters if seat.decision is not None]
    return "pass" if voters and len(decided) == len(voters) else "open"


def tally_of(rule: VoteRule, seats: tuple[Seat, ...]) -> Tally:
    voters = [seat for seat in heard(seats) if seat.role in COUNTING]
    counted = [seat for seat in voters if rule.abstain_counts or seat.decision != "abstain"]
    return Tally(
        counted=sum(seat.weight for seat in counted),
        approved=sum(seat.weight for seat in voters if seat.decision == "approve"),
        rejected=sum(seat.weight for seat in voters if seat.decision == "reject"),
        complete=all(seat.decision is not None for seat in voters),
    )


# Seats that were added behind a seat --------------------------------------------------------------------


def heard(seats: Iterable[Seat]) -> tuple[Seat, ...]:
    """Return the seats as whoever is to sign after them leaves them: approved only when those have approved too."""
    everybody = tuple(seats)
    behind: dict[int | None, list[Seat]] = {}
    for seat in everybody:
        if seat.role == "after":
            behind.setdefault(seat.parent, []).append(seat)
    if not behind:
        return everybody
    return tuple(
        replace(seat, decision=confirmed(behind[seat.id])) if needs(seat, behind) else seat
        for seat in everybody
    )


def needs(seat: Seat, behind: dict[int | None, list[Seat]]) -> bool:
    return seat.decision == "approve" and seat.id in behind


def confirmed(added: list[Seat]) -> Literal["approve", "reject"] | None:
    """Return what a seat's approval comes to by those who sign after it."""
    groups = {seat.group for seat in added}
    verdicts = {verdict_of_group([seat for seat in added if seat.group == group]) for group in groups}
    if "fail" in verdicts:
        return "reject"
    return None if "open" in verdicts else "approve"


def verdict_of_group(group: list[Seat]) -> Verdict:
    """Return how seats that were added together decide: any of them, or all, be it one after another."""
    decisions = [seat.decision for seat in group]
    if group[0].rule == "any":
        if "approve" in decisions or set(decisions) == {"abstain"}:
            return "pass"
        return "open" if None in decisions else "fail"
    if "reject" in decisions:
        return "fail"
    return "open" if None in decisions else "pass"


def has_spoken(group: list[Seat]) -> bool:
    """Say whether seats that only advise have said enough."""
    spoken = [seat.decision is not None for seat in group]
    return any(spoken) if group[0].rule == "any" else all(spoken)


# The rules ----------------------------------------------------------------------------------------------


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
