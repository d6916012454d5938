"""A scorecard from sums: on time, satisfaction, violations, collaboration. Pure; what nothing is known of counts nothing."""

from fractions import Fraction
from typing import Any

from msgspec import Struct

ON_TIME, SATISFIED, COLLABORATES = Fraction(95), Fraction(90), Fraction(90)
MOST_VIOLATIONS = 2  # in a quarter (H2-119)
A_VIOLATION = 25  # points for each one more
HOUR = 3600
PROMPT, SLOW = 4, 24  # working hours until others are answered: full points, and none (three days)


class Work(Struct, frozen=True, kw_only=True):
    """What a department or post did in a period."""

    due: int = 0  # visits closed that had a date
    on_time: int = 0
    rated: int = 0  # answers of customers
    points: int = 0
    violations: int = 0
    answered: int = 0  # visits that came from another department
    answer_seconds: int = 0  # working time until they were taken up
    handed: int = 0  # visits that went on to another department
    caused: int = 0  # of these, sent back
    partner_rated: int = 0  # answers of departments about this one
    partner_points: int = 0


def share(part: int, whole: int) -> Fraction | None:
    return Fraction(part * 100, whole) if whole else None


def promptness(work: Work) -> Fraction | None:
    """Return the points for taking up what others hand over: 100 up to 4 working hours, 0 from 24 on."""
    if not work.answered:
        return None
    hours = Fraction(work.answer_seconds, work.answered * HOUR)
    return max(Fraction(0), min(Fraction(100), (SLOW - hours) * 100 / (SLOW - PROMPT)))


def collaboration(work: Work) -> Fraction | None:
    """Return the mean of what is known: promptness, work that others need not send back, partners' ratings (H2-124)."""
    kept = share(work.handed - work.caused, work.handed)
    rated = Fraction(work.partner_points, work.partner_rated) if work.partner_rated else None
    known = [one for one in (promptness(work), kept, rated) if one is not None]
    return sum(known, Fraction(0)) / len(known) if known else None


def card(work: Work) -> dict[str, Any]:
    """Return the figures of a scorecard, rounded as they are shown: each with whether it meets its target, and the score."""
    parts = {
        "on_time": (share(work.on_time, work.due), ON_TIME),
        "satisfaction": (Fraction(work.points, work.rated) if work.rated else None, SATISFIED),
        "collaboration": (collaboration(work), COLLABORATES),
    }
    tidy = Fraction(max(0, 100 - A_VIOLATION * max(0, work.violations - MOST_VIOLATIONS)))
    known = [value for value, _ in parts.values() if value is not None]
    met = sum(value >= target for value, target in parts.values() if value is not None)
    return {
        **{name: None if value is None else round(float(value), 1) for name, (value, _) in parts.items()},
        "violations": work.violations,
        "response_hours": round(work.answer_seconds / work.answered / HOUR, 1) if work.answered else None,
        "returns_caused": work.caused,
        "partners": round(work.partner_points / work.partner_rated, 1) if work.partner_rated else None,
        "met": met + (work.violations <= MOST_VIOLATIONS),
        "of": len(known) + 1,
        "score": round(float((sum(known, Fraction(0)) + tidy) / (len(known) + 1)), 1),
    }
