"""How long and how large one evaluation may become, and what it met on the way."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shuli.core.feel.errors import ExpressionError, OutOfBudget


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The budget of one evaluation. The defaults stay below 50 ms and 20 MB on a small machine."""

    steps: int = 40_000  # parts of the expression that are run, regular expressions included
    room: int = 30_000  # list items, context entries and 100-character pieces of text that are made
    depth: int = 60  # function calls inside one another


STANDARD = Limits()


def bounded(value: Any, limits: Limits) -> Any:
    """Return a result unless it is too large to be written out.

    A list may hold another one many times over: what takes little memory here may fill gigabytes as JSON.
    """
    if type(value) is not list and type(value) is not dict:
        return value
    left, waiting = 2 * limits.room, [value]
    while waiting:
        part = waiting.pop()
        left -= len(part)
        if left < 0:
            raise OutOfBudget("too_much_memory")
        inner = part.values() if type(part) is dict else part
        waiting.extend(item for item in inner if type(item) is list or type(item) is dict)
    return value


MOST_WARNINGS = 50


class Run:
    """One evaluation: what is left of its budget, the present moment, and the warnings so far."""

    __slots__ = ("depth", "now", "room", "steps", "warnings")

    def __init__(
        self,
        limits: Limits = STANDARD,
        now: dt.datetime | None = None,
        warnings: list[ExpressionError] | None = None,
    ) -> None:
        self.steps = limits.steps
        self.room = limits.room
        self.depth = limits.depth
        self.now = now
        self.warnings = warnings  # None: nobody asks for them

    def spend(self, steps: int) -> None:
        self.steps -= steps
        if self.steps < 0:
            raise OutOfBudget("too_many_steps")

    def take_room(self, items: int) -> None:
        self.room -= items
        if self.room < 0:
            raise OutOfBudget("too_much_memory")

    def warn(self, source: str, at: int, code: str, params: Mapping[str, str]) -> None:
        if self.warnings is not None and len(self.warnings) < MOST_WARNINGS:
            self.warnings.append(ExpressionError(code=code, expression=source, position=at, params=params))


def warn(env: Any, source: str, at: int, code: str, **params: str) -> None:
    """Note why something became null, when somebody asked for it."""
    run = getattr(env, "run", None)
    if run is not None:
        run.warn(source, at, code, params)
