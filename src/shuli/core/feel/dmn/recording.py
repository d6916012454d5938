"""Keep what happened while a model was evaluated: errors by element, rules by table."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shuli.core.feel.budget import MOST_WARNINGS, Limits, Run
from shuli.core.feel.dmn.table import DecisionTable
from shuli.core.feel.errors import ExpressionError

# A model is many expressions; each evaluation has one budget for all of them.
MODEL_LIMITS = Limits(steps=400_000, room=150_000, depth=40)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why a value became null, and in which element of the model."""

    element: str
    error: ExpressionError


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The rules of a table that matched, counted from 1."""

    element: str
    table: str
    rules: tuple[int, ...]


class ModelRun(Run):
    """The run of a whole model, which knows the element that is being evaluated."""

    __slots__ = ("element", "matches", "problems")

    def __init__(self, limits: Limits = MODEL_LIMITS, now: dt.datetime | None = None) -> None:
        super().__init__(limits, now)
        self.element = ""
        self.problems: list[Problem] = []
        self.matches: list[Match] = []

    def warn(self, source: str, at: int, code: str, params: Mapping[str, str]) -> None:
        if len(self.problems) < MOST_WARNINGS:
            error = ExpressionError(code=code, expression=source, position=at, params=params)
            self.problems.append(Problem(element=self.element, error=error))


def record_match(env: Any, table: DecisionTable, rules: tuple[int, ...]) -> None:
    """Keep which rules of a table matched, where the run is one of a model."""
    run = env.run
    if isinstance(run, ModelRun) and len(run.matches) < MOST_WARNINGS:
        run.matches.append(Match(element=run.element, table=table.name or table.id, rules=rules))
