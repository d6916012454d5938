"""Years of closed cases: some hundred were played through the engine with the clock of their days, the others are their copies.

They lie evenly over the working days of a year, in several processes and departments, some of them late, so that counting,
sampling and exporting find what a real company leaves.
"""

import itertools
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

import population
from django.db import connection

DAYS = 365
A_DAY = 2  # cases of each working day that are played
LATE = 0.15  # of the second steps, which have two working days
SATURDAY = 5
PROCESSES = tuple(f"P-SCALE-{n}" for n in range(1, 11))
CASES_A_PERSON = 5_000  # of the year: twenty on each working day
PARTITION = "SELECT cases_event_partition(%s)"


def found(until: datetime) -> None:
    """Let the company and its processes be there from the beginning on."""
    from shuli.apps.directory.example_company import load_example_company
    from shuli.kit import clock

    with clock.frozen(until - timedelta(days=DAYS + 1)):
        load_example_company()
        for key in (population.PROCESS, *PROCESSES):
            population.publish(key)
    with connection.cursor() as cursor:
        for months in range(DAYS // 28 + 1):
            cursor.execute(PARTITION, [(until - timedelta(days=28 * months)).date()])


def play(until: datetime) -> list[int]:
    """Play the cases that are copied later; return their ids."""
    dice = Random(1)
    kinds = itertools.cycle(PROCESSES)
    units = itertools.cycle(population.DEPARTMENTS)
    return [
        closed(key, unit, at, dice) for at, key, unit in zip(_mornings(until), kinds, units, strict=False)
    ]


def _mornings(until: datetime) -> Iterator[datetime]:
    """Yield moments of the working days of a year, the first first; the last days are left for cases to end in."""
    day = (until - timedelta(days=DAYS)).replace(hour=1, minute=0, second=0, microsecond=0)
    while day < until - timedelta(days=10):
        if day.weekday() < SATURDAY:
            yield from (day + timedelta(minutes=47 * n) for n in range(A_DAY))
        day += timedelta(days=1)


def closed(key: str, unit: str, at: datetime, dice: Random, *, in_no_time: bool = False) -> int:
    """Play one case of a process from its start at a moment to its end; return its id."""
    from shuli.apps.cases import execution, filled_forms
    from shuli.apps.cases.models import Task
    from shuli.apps.directory import queries as directory
    from shuli.core.engine import Refused
    from shuli.core.engine import commands as c
    from shuli.kit import clock

    member = next(iter(directory.members(f"department:{unit}")))
    values = {"what": f"维修 {population.NUMBER}", "unit": unit}
    with clock.frozen(at):
        case_id, answer = execution.start(
            key, c.Start(actor=population.PERSON, variables=values, start="start")
        )
        filled_forms.record(case_id, "start", None, "asked", "", values, population.PERSON)
    days = 4 + dice.randrange(3) if dice.random() < LATE else dice.randrange(2)
    for actor, wait in (
        (population.PERSON, timedelta(hours=1 + dice.randrange(4))),
        (member, timedelta(days=days, hours=1)),
    ):
        at += timedelta() if in_no_time else wait
        with clock.frozen(at):
            seat = Task.objects.get(case_id=case_id, state="open").seat
            execution.execute(case_id, c.Claim(actor=actor, seat=seat))
            answer = execution.execute(case_id, c.Complete(actor=actor, seat=seat, answers={}))
        if isinstance(answer, Refused):
            raise TypeError(answer)
    return case_id


def copy(played: list[int], cases: int, first: int, people: tuple[int, int]) -> int:
    """Copy the played cases until there are so many more, for these people; return the id behind the last one."""
    with connection.cursor() as cursor, population.bare(cursor):
        for at, case_id in enumerate(played):
            number = cases * (at + 1) // len(played) - cases * at // len(played)
            if number:
                population.copy(case_id, first, number, people)
                first += number
        cursor.execute("SELECT setval('cases_case_id_seq', %s)", [first + 100_000_000])
        cursor.execute("DELETE FROM procrastinate_jobs")
    return first
