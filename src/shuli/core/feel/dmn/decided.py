"""Decide by a model, and keep what a person needs to follow it: the rows that decided and the values that they saw."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from shuli.core.feel.dmn.model import Decision, Model, Table
from shuli.core.feel.dmn.recording import Problem
from shuli.core.feel.dmn.table import DecisionTable, HitPolicy, Rule
from shuli.core.feel.expression import compile_expression
from shuli.core.feel.text import brief


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One input column: what it is called, and the value that it had, as FEEL text."""

    column: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What a decision answered (None is null), by which of its versions and rows, from which values."""

    value: Any
    decision: str = ""
    version: int = 0
    # numbers of the rows, counted from 1, and what their annotation columns say
    rows: tuple[int, ...] = ()
    annotations: tuple[tuple[str, ...], ...] = ()
    inputs: tuple[Seen, ...] = ()
    problems: tuple[Problem, ...] = ()

    def record(self) -> dict[str, Any]:
        """Return what is kept with the case, as JSON."""
        return {
            "decision": self.decision,
            "version": self.version,
            "rows": list(self.rows),
            "annotations": [list(texts) for texts in self.annotations],
            "inputs": {seen.column: seen.value for seen in self.inputs},
        }


def main_decision(model: Model) -> Decision | None:
    """Return the decision that no other one needs; of several, the last."""
    decisions = [element for element in model.elements if isinstance(element, Decision)]
    needed = {href.rpartition("#")[2] for one in decisions for href in one.required_decisions}
    free = [one for one in decisions if one.id not in needed]
    found = free or decisions
    return found[-1] if found else None


def main_table(model: Model) -> DecisionTable | None:
    """Return the table of the main decision; None where it is another kind of expression."""
    found = main_decision(model)
    return found.expression.table if found is not None and isinstance(found.expression, Table) else None


def with_table(model: Model, table: DecisionTable) -> Model:
    """Return the model with another table as its main decision's; everything else stays as it is."""
    main = main_decision(model)
    if main is None or not isinstance(main.expression, Table):
        raise ValueError("Expected a model whose main decision is a table but found another one.")
    changed = replace(main, expression=replace(main.expression, table=table))
    elements = tuple(changed if element is main else element for element in model.elements)
    return replace(model, elements=elements)


def decide(model: Model, variables: Mapping[str, Any], now: dt.datetime | None = None) -> Decided:
    """Return what the model's main decision answers for these variables; whatever goes wrong is null with a problem."""
    main = main_decision(model)
    if main is None:
        return Decided(value=None)
    result = model.evaluate(main.id, variables, now)
    table = main_table(model)
    if table is None:
        return Decided(value=result.value, problems=result.problems)
    matched = next((one.rules for one in reversed(result.matches) if one.element == main.name), ())
    rows = deciding_rows(table, matched)
    return Decided(
        value=result.value,
        rows=rows,
        annotations=tuple(annotations_of(table.rules[number - 1]) for number in rows),
        inputs=seen_by(table, variables, now),
        problems=result.problems,
    )


def deciding_rows(table: DecisionTable, matched: tuple[int, ...]) -> tuple[int, ...]:
    """Return which of the rows that match gave the answer: by FIRST the first alone."""
    return matched[:1] if table.hit_policy is HitPolicy.FIRST else matched


def annotations_of(rule: Rule) -> tuple[str, ...]:
    """Return what all annotation columns of a row say."""
    return (rule.annotation, *rule.annotations)


def seen_by(
    table: DecisionTable, variables: Mapping[str, Any], now: dt.datetime | None = None
) -> tuple[Seen, ...]:
    """Return the value of every input column, under its label or its expression."""
    return tuple(
        Seen(column=part.id or part.expression, value=_value(part.expression, variables, now))
        for part in table.inputs
    )


def _value(source: str, variables: Mapping[str, Any], now: dt.datetime | None) -> str:
    outcome = compile_expression(source, tuple(variables)).explain(variables, now)
    return brief(outcome.value)
