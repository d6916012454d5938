"""What the year is made of: how many cases of which process, how long things take, what goes wrong how often."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import cache
from importlib import resources
from random import Random
from typing import Any

from msgspec import Struct

from shuli.apps.directory import queries as directory
from shuli.core.worktime import roll_forward

DEPARTMENTS = (
    "responsible_department",
    "implementing_department",
    "measure_department",
    "handling_department",
)
DAY_MINUTES = 9 * 60
SPREAD = 0.6  # of the logarithm of how long things take


class Arrival(Struct, frozen=True, kw_only=True, order=True):
    at: datetime
    process: str
    starter: str


@cache
def facts() -> dict[str, Any]:
    text = (resources.files("shuli.library") / "company" / "year.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


class Story:
    """The year's chances, always the same for the same seed."""

    departments = DEPARTMENTS

    def __init__(self, seed: int, half: int) -> None:
        self.chance = Random(f"{seed}/{half}")  # noqa: S311 -- an example, not secrets
        self.facts, self.half = facts(), half

    def happens(self, name: str) -> bool:
        return self.chance.random() < float(self.facts[f"{name}_share"])

    def one_of(self, name: str) -> str:
        return str(self.chance.choice(self.facts[name]))

    def topic(self, process: str) -> Mapping[str, Any]:
        """Return what a case of the process is about; empty where it is about nothing in particular."""
        topics = self.facts["topics"].get(process)
        if not topics:
            return {}
        weights = [one["weight"] for one in topics]
        found: Mapping[str, Any] = self.chance.choices(topics, weights)[0]
        return found

    def told(self, process: str, field: str, topic: Mapping[str, Any]) -> Any:
        """Return what is said to a field, None where the story says nothing of it."""
        said = self.facts["answers"]
        return topic.get(field) or said.get(f"{process}.{field}") or said.get(field)

    def minutes(self, process: str, node: str) -> tuple[float, float]:
        """Return how many working minutes pass until somebody looks at a task, and how many it takes."""
        said = self.facts["minutes"]
        of_process = said.get(process, {})
        reading, work = of_process.get(node) or of_process.get("*") or said["*"]
        return self.chance.lognormvariate(0, SPREAD) * reading, self.chance.lognormvariate(0, SPREAD) * work

    def arrivals(self, count: int, first: datetime, last: datetime) -> Iterator[Arrival]:
        """Give so many starts, by the year's season, within working time."""
        season = self.facts["season"]
        days = [first + timedelta(days=n) for n in range((last - first).days)]
        calendar = directory.calendar_for(None)
        working = [day for day in days if roll_forward(calendar, day) < day + timedelta(days=1)]
        weights = [season[day.month - 1] for day in working]
        for process, number in self.shares(count):
            starters = directory.members(process["starters"])
            for day in self.chance.choices(working, weights, k=number):
                later = timedelta(
                    minutes=self.chance.randrange(DAY_MINUTES), seconds=self.chance.randrange(60)
                )
                begins = roll_forward(calendar, day)
                at = roll_forward(calendar, begins + later)
                yield Arrival(at=at, process=process["process"], starter=self.chance.choice(starters))

    def shares(self, count: int) -> Iterator[tuple[dict[str, Any], int]]:
        """Give each process of this half with its number of cases; with the other's and those that are called they are `count`."""
        kinds = self.facts["processes"]
        whole = sum(one["share"] for one in kinds) + self.facts["called_share"]
        for one in kinds:
            if one["half"] == self.half:
                yield one, max(round(count * one["share"] / whole), 1)
