"""What a step costs does not depend on how old the case is. Work is counted, not time."""

import sys

import msgspec
import pytest

from shuli.core.engine import FixedWorld, Marking, decide
from shuli.core.engine import commands as c
from shuli.core.engine.building import parallel, process, repeat, sub_process, task
from shuli.core.worktime import Offset, WorkingHours

LIMITED = {"limits": (WorkingHours(amount=4),), "reminders": (Offset(amount=1, when="before"),)}
INSIDE = [
    task("a", person="ann", **LIMITED),
    parallel([task("b", person="bob")], [task("c", person="eve")]),
    sub_process("part", task("d", person="ann")),
]
GRAPH = process(repeat("again", *INSIDE))
TASKS = 4


def calls(function):
    """Return how many functions were called in it, Python's and C's."""
    count = 0

    def seen(_frame, event, _argument):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(seen)
    try:
        result = function()
    finally:
        sys.setprofile(None)
    return count, result


def rounds(number):
    """Play so many rounds of the loop and yield, for each, its calls, its events and the size of the marking."""
    world = FixedWorld()
    marking = decide(GRAPH, Marking(), c.Start(actor="ann", variables={"again": True}), world).marking
    for at in range(number):
        total = events = 0
        for _ in range(TASKS):
            seat = next(seat for visit in marking.visits.values() for seat in visit.seats.values())
            command = c.Complete(actor=seat.holder, seat=seat.id)
            if at in (10, number - 1):
                count, answer = calls(lambda command=command, m=marking: decide(GRAPH, m, command, world))
                total += count
            else:
                answer = decide(GRAPH, marking, command, world)
            events += len(answer.events)
            marking = answer.marking
        yield total, events, len(msgspec.json.encode(marking)) if at in (10, number - 1) else 0


@pytest.fixture(scope="module")
def young_and_old():
    played = list(rounds(10_000))
    return played[10], played[-1]


def test_a_step_in_round_10_000_calls_as_many_functions_as_in_round_10(young_and_old):
    (young, _, _), (old, _, _) = young_and_old

    assert old == young


def test_it_leads_to_as_many_events(young_and_old):
    (_, young, _), (_, old, _) = young_and_old

    assert old == young


def test_the_marking_stays_as_small_but_for_longer_numbers(young_and_old):
    (_, _, young), (_, _, old) = young_and_old

    assert old < young * 1.15
