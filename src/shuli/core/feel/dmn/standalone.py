"""A decision table by itself, without a model around it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from shuli.core.feel.budget import STANDARD, Limits, Run, bounded
from shuli.core.feel.compiler.scope import ContextScope
from shuli.core.feel.dmn.compiled_table import CompiledTable
from shuli.core.feel.dmn.place import Place
from shuli.core.feel.dmn.table import DecisionTable
from shuli.core.feel.errors import ExpressionError, OutOfBudget


@dataclass(frozen=True, slots=True, kw_only=True)
class TableResult:
    """What a table answered: the value, the numbers of the rules that matched, and why something was null."""

    value: Any
    rules: tuple[int, ...] = ()
    warnings: tuple[ExpressionError, ...] = ()


class _TableRun(Run):
    """A run that keeps the rules that matched."""

    __slots__ = ("rules",)

    def __init__(self, limits: Limits, now: dt.datetime | None) -> None:
        super().__init__(limits, now, [])
        self.rules: tuple[int, ...] = ()


def _keep(env: Any, _: DecisionTable, rules: tuple[int, ...]) -> None:
    env.run.rules = rules


class RunnableTable:
    """A table that is ready to run; making it costs far more than running it."""

    def __init__(self, table: DecisionTable, names: tuple[str, ...] = ()) -> None:
        place = Place(names=names)
        self.table = table
        self._compiled = CompiledTable(table, place, _keep)
        self.errors: tuple[ExpressionError, ...] = tuple(place.found)

    def evaluate(
        self, context: Mapping[str, Any], now: dt.datetime | None = None, limits: Limits = STANDARD
    ) -> TableResult:
        """Return the answer for the variables; whatever goes wrong is null and stands among the warnings."""
        run = _TableRun(limits, now)
        try:
            value = bounded(self._compiled.run(ContextScope(context, run)), limits)
        except (OutOfBudget, RecursionError) as stopped:
            code = stopped.code if isinstance(stopped, OutOfBudget) else "too_deep"
            error = ExpressionError(code=code, expression=self.table.name)
            return TableResult(value=None, warnings=(*(run.warnings or ()), error))
        return TableResult(value=value, rules=run.rules, warnings=tuple(run.warnings or ()))


@lru_cache(maxsize=256)
def compile_table(table: DecisionTable, names: tuple[str, ...] = ()) -> RunnableTable:
    """Return the table ready to run, kept for the next time; `names` are the variables in scope."""
    return RunnableTable(table, names)
