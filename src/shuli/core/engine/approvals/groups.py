"""Seats that were added to another one: whose turn it is, who is no longer needed, and when the holder goes on."""

from collections.abc import Iterable

from shuli.core.engine import events as e
from shuli.core.engine.approvals.votes import has_spoken, verdict_of_group
from shuli.core.engine.marking import Seat, Visit
from shuli.core.engine.run import Run

HANGING = frozenset({"before", "after", "delegate"})


def tend(run: Run, visit: Visit) -> Visit:
    """Open and close the seats that hang on others, after a seat has decided or was removed."""
    for number, group in groups_of(visit.seats.values()).items():
        owner = visit.seats.get(number[0])
        if owner is not None:
            tend_group(run, visit, owner, group)
    return run.marking.visits[visit.id]


def groups_of(seats: Iterable[Seat]) -> dict[tuple[int, str, int], list[Seat]]:
    """Return the seats that hang on others, by whom they hang on, their role and their group."""
    groups: dict[tuple[int, str, int], list[Seat]] = {}
    for seat in seats:
        if seat.parent is not None and seat.role in HANGING:
            groups.setdefault((seat.parent, seat.role, seat.group), []).append(seat)
    return groups


def tend_group(run: Run, visit: Visit, owner: Seat, group: list[Seat]) -> None:
    if is_over(owner, group):
        for seat in group:
            if seat.decision is None:
                run.emit(
                    e.SeatRemoved(visit=visit.id, seat=seat.id, person=run.actor, reason="others decided")
                )
    elif group[0].role != "after" or owner.decision == "approve":
        open_in_turn(run, visit, group)
    wake(run, run.marking.visits[visit.id], owner)


def is_over(owner: Seat, group: list[Seat]) -> bool:
    """Say whether nobody else of the group needs to be heard."""
    if group[0].role != "after":
        return has_spoken(group)
    return verdict_of_group(group) != "open" or owner.decision in ("reject", "abstain")


def open_in_turn(run: Run, visit: Visit, group: list[Seat]) -> None:
    """Open the seats of a group: all at once, or the next one of a sequence."""
    waiting = sorted((seat for seat in group if not seat.open), key=lambda seat: seat.order)
    speaking = any(seat.open and seat.decision is None for seat in group)
    if group[0].rule == "sequence":
        waiting = [] if speaking else waiting[:1]
    for seat in waiting:
        run.emit(e.SeatOpened(visit=visit.id, seat=seat.id))


def wake(run: Run, visit: Visit, owner: Seat) -> None:
    """Tell the holder that whoever was asked first has spoken."""
    if owner.decision is not None:
        return
    asked = [seat for seat in visit.seats.values() if seat.parent == owner.id and seat.role != "after"]
    if asked and all(seat.decision is not None for seat in asked):
        run.emit(e.SeatOpened(visit=visit.id, seat=owner.id))
