"""Why steps were late: the process first (everybody is late there), people after it. Pure."""

from collections.abc import Iterable

from msgspec import Struct

EVERYBODY = 2 / 3  # of those who do a step, so many late: then it is the process
SEVERAL = 2  # people, or nothing can be said of everybody


class Closed(Struct, frozen=True, kw_only=True, gc=False):
    """A visit with a date that somebody closed."""

    process: str
    node: str
    department: str
    person: str
    is_late: bool


class Cause(Struct, frozen=True, kw_only=True):
    """A late step of somebody, and whether it is late for everybody."""

    process: str
    node: str
    late: int
    due: int
    people_late: int  # of all who do the step
    people: int

    @property
    def is_process(self) -> bool:
        return self.people >= SEVERAL and self.people_late >= EVERYBODY * self.people


def causes(mine: Iterable[Closed], everybody: Iterable[Closed]) -> list[Cause]:
    """Return the late steps of some work, causes in the process first, then the most frequent."""
    people: dict[tuple[str, str], set[str]] = {}
    late_people: dict[tuple[str, str], set[str]] = {}
    for one in everybody:
        people.setdefault((one.process, one.node), set()).add(one.person)
        if one.is_late:
            late_people.setdefault((one.process, one.node), set()).add(one.person)
    counts: dict[tuple[str, str], list[int]] = {}
    for one in mine:
        count = counts.setdefault((one.process, one.node), [0, 0])
        count[0] += one.is_late
        count[1] += 1
    found = [
        Cause(
            process=place[0], node=place[1], late=late, due=due,
            people_late=len(late_people.get(place, ())), people=len(people.get(place, ())),
        )
        for place, (late, due) in counts.items()
        if late
    ]  # fmt: skip
    return sorted(found, key=lambda one: (not one.is_process, -one.late, one.process, one.node))
