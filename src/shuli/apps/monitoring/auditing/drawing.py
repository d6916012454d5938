"""Drawing a sample: a tenth of each process's cases, its departments by their share. Pure: seed and cases decide alone.

Whoever has both draws it again by hand: within its process and department a case comes by the SHA-256 of "seed number".
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256

from msgspec import Struct

PERCENT = 10  # of each process's cases, at least one (H2-116)


class Closed(Struct, frozen=True, kw_only=True, gc=False):
    """A case that could be drawn."""

    number: str
    process: str
    department: str  # in which it was started


def draw(population: Iterable[Closed], seed: str) -> list[str]:
    """Return the numbers of the cases that are audited, in order; the order of the population does not matter."""
    strata: dict[str, dict[str, list[str]]] = {}
    for case in population:
        strata.setdefault(case.process, {}).setdefault(case.department, []).append(case.number)
    drawn: list[str] = []
    for departments in strata.values():
        wanted = shares({name: len(numbers) for name, numbers in departments.items()})
        for name, numbers in departments.items():
            drawn += _first_by_chance(numbers, seed, wanted[name])
    return sorted(drawn)


def shares(sizes: Mapping[str, int]) -> dict[str, int]:
    """Return how many each department gives: its share of a tenth of all, rounded down; the rest to the largest remainders."""
    total = sum(sizes.values())
    wanted = -(-total * PERCENT // 100)
    exact = {name: divmod(size * wanted, total) for name, size in sizes.items()}
    missing = wanted - sum(whole for whole, _ in exact.values())
    order = sorted(exact, key=lambda name: (-exact[name][1], name))
    return {name: exact[name][0] + (name in order[:missing]) for name in sizes}


def _first_by_chance(numbers: list[str], seed: str, count: int) -> list[str]:
    if not count:
        return []
    return sorted(numbers, key=lambda number: sha256(f"{seed} {number}".encode()).digest())[:count]
