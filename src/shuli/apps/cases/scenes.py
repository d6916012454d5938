"""What the writers of row changes may know of a command, and the row with which every seat begins."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from shuli.apps.cases.changes import Change
from shuli.core.engine.marking import Marking, Seat, Visit
from shuli.core.engine.world import World
from shuli.core.worktime import WorkCalendar


@dataclass(kw_only=True)
class Scene:
    """What the writers may know: the case before and after, the moment, who acted."""

    case_id: int
    before: Marking
    after: Marking
    world: World
    actor: str
    touched: dict[int, datetime] = field(default_factory=dict)  # visit number -> first touched
    return_reason: str = ""  # why this command sent the work back, for whom it now waits
    # What this command has done so far: visits opened (it may close them again), seats decided, visits first touched.
    opened: dict[int, Visit] = field(default_factory=dict)
    decided: set[int] = field(default_factory=set)
    touching: set[int] = field(default_factory=set)
    calendars: dict[str, WorkCalendar] = field(
        default_factory=dict
    )  # by which visits were closed, to be kept

    @property
    def now(self) -> datetime:
        return self.world.now

    def visit(self, number: int) -> Visit:
        """Return the visit as it was, or as it is where this command opened it."""
        return self.before.visits.get(number) or self.after.visits.get(number) or self.opened[number]

    def touch(self, visit: int) -> None:
        """Note that somebody has begun: from here on the time is handling, not waiting."""
        if visit not in self.touched:
            self.touching.add(visit)

    def holder(self, visit: int, seat: int) -> str | None:
        """Return who had the seat before this command."""
        found = self.before.visits[visit].seats.get(seat) if visit in self.before.visits else None
        return found.holder if found else None


def seat_row(
    scene: Scene, visit: Visit, seat: Seat, sender: str, reason: str, at: datetime
) -> Iterator[Change]:
    """Yield the row of a seat that begins now, and the access of whoever has to do with it."""
    yield (
        "open_task",
        (
            scene.case_id, visit.id, seat.id, visit.node, seat.role, seat.key,
            seat.department or visit.department or "", seat.holder or "", seat.pool or "",
            "open" if seat.open else "waiting", at, visit.due_at, sender, reason,
            seat.substitute or "", seat.principal or "", seat.added_by or "", seat.parent,
        ),
    )  # fmt: skip
    if seat.department:
        yield "give_access", (scene.case_id, f"involved:{seat.department}")
    people = [f"person:{name}" for name in (seat.holder, seat.substitute) if name]
    for subject in (*people, seat.pool):
        if subject:
            yield "give_access", (scene.case_id, subject)
