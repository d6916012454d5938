"""Causes by weight: the vital few that make up most of it (Pareto, Juran)."""

from collections.abc import Mapping

from msgspec import Struct

VITAL = 0.8


class Share(Struct, frozen=True, kw_only=True):
    key: str
    count: int
    share: float  # of all, 0 to 1
    cumulative: float  # with all before it
    is_vital: bool  # of those that together lead to 80 %


def pareto(counts: Mapping[str, int], vital: float = VITAL) -> list[Share]:
    """Return the causes that happened, most frequent first, equals in the order of their keys."""
    ordered = sorted(((key, n) for key, n in counts.items() if n > 0), key=lambda one: (-one[1], one[0]))
    whole, passed, found = sum(n for _, n in ordered), 0, []
    for key, count in ordered:
        is_vital = passed < vital * whole
        passed += count
        found.append(
            Share(key=key, count=count, share=count / whole, cumulative=passed / whole, is_vital=is_vital)
        )
    return found
