"""Work that two departments pass to and fro (推诿, H2-123): found in the order in which a case changed hands. Pure."""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

TO_AND_FRO = 3  # there, back, and there again; one return is work as usual


class Hop(Struct, frozen=True, kw_only=True, gc=False):
    """Work went from one department to another: sent back, sent on again, or handed to one of their people."""

    at: datetime
    giver: str
    taker: str


class Passed(Struct, frozen=True, kw_only=True):
    """How often work went to and fro between two departments, without going anywhere else."""

    one: str
    other: str
    hops: int
    last_at: datetime


def passed(hops: Iterable[Hop]) -> list[Passed]:
    """Return the pairs of departments between which a case's work went to and fro at least three times in a row."""
    found: dict[tuple[str, str], Passed] = {}
    former: Hop | None = None
    run = 0
    for hop in sorted(hops, key=lambda one: one.at):
        if not hop.giver or not hop.taker or hop.giver == hop.taker:
            continue
        goes_back = former is not None and (hop.giver, hop.taker) == (former.taker, former.giver)
        run, former = (run + 1 if goes_back else 1), hop
        one, other = sorted((hop.giver, hop.taker))
        known = found.get((one, other))
        if run >= TO_AND_FRO and (known is None or run > known.hops):
            found[one, other] = Passed(one=one, other=other, hops=run, last_at=hop.at)
    return list(found.values())
