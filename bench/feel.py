"""FEEL and decision tables: how fast they run after compilation, and how fast text is read.

There is no peer in Python that is right, so the limit stands beside ours: the same condition as a bare closure.
"""

import statistics
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from shuli.core.feel import ExpressionError, compile_expression
from shuli.core.feel.dmn import DecisionTable, Input, Output, Rule, compile_table
from shuli.core.feel.expression import parse

RUNS = 5
KIT = Path(__file__).resolve().parents[2] / "shared" / "data" / "dmn-tck"
SOURCE = 'amount > 10000 and dept = "市场部"'
CONTEXT = {"amount": 20_000, "dept": "市场部"}
ENDLESS = "for i in 1..100000 return missing"


def per_second(run: Callable[[], Any], times: int) -> float:
    """Return how often something runs in a second of processor time, so that a busy machine disturbs it less."""
    begun = time.process_time()
    for _ in range(times):
        run()
    return times / (time.process_time() - begun)


def row(name: str, unit: str, ours: list[float], limit: list[float] | None = None) -> dict[str, Any]:
    """Return a row in the form that all benchmarks share."""
    mine = statistics.median(ours)
    beside = statistics.median(limit) if limit else None
    return {
        "row": name,
        "unit": unit,
        "ours": round(mine, 1) if mine < 1_000 else round(mine),
        "peer": "none in Python",
        "peer_value": 0,
        "ratio": 0,
        "limit_value": round(beside) if beside else None,
        "runs": [round(one, 1) for one in ours],
    }


def evaluations() -> dict[str, Any]:
    evaluate = compile_expression(SOURCE, tuple(CONTEXT)).evaluate

    def bare(values: dict[str, Any]) -> bool:
        return values["amount"] > 10_000 and values["dept"] == "市场部"

    ours, limit = [], []
    for _ in range(RUNS):
        ours.append(per_second(lambda: evaluate(CONTEXT), 300_000))
        limit.append(per_second(lambda: bare(CONTEXT), 300_000))
    return row("FEEL: compiled condition", "evaluations/s", ours, limit)


def table() -> DecisionTable:
    rows = tuple(
        Rule(tests=(f"[{n * 10}..{n * 10 + 9}]", '"a", "x"'), outputs=(f'"r{n}"',)) for n in range(1_000)
    )
    inputs = (Input(expression="amount", type="number"), Input(expression="dept", type="string"))
    return DecisionTable(inputs=inputs, outputs=(Output(name="r", type="string"),), rules=rows)


def decisions() -> dict[str, Any]:
    compiled, context = compile_table(table(), ("amount", "dept")), {"amount": Decimal(5_005), "dept": "x"}
    ours = [1e6 / per_second(lambda: compiled.evaluate(context), 10_000) for _ in range(RUNS)]
    return row("DMN: table of 1,000 rows", "µs a decision", ours)


def readings() -> dict[str, Any]:
    numbers = iter(range(10**9))
    ours = [
        per_second(lambda: parse(f'amount > {next(numbers)} and dept = "市场部"', ("amount", "dept")), 5_000)
        for _ in range(RUNS)
    ]
    return row("FEEL: reading a new expression", "expressions/s", ours)


def budgets() -> dict[str, Any]:
    """Return how long an expression runs that uses up its whole budget."""

    def run() -> None:
        try:
            compile_expression(ENDLESS).evaluate({})
        except ExpressionError:
            return

    return row("FEEL: until the budget is gone", "ms", [1e3 / per_second(run, 3) for _ in range(RUNS)])


def kit() -> list[dict[str, Any]]:
    """Return how many cases of the public compatibility kit pass, where it is there."""
    if not KIT.is_dir():
        return []
    from shuli.server.tck import run_kit

    results = run_kit(KIT)
    found = []
    for level in sorted({one.level for one in results}):
        passed = [one.result.passed for one in results if one.level == level]
        found.append(row(f"DMN kit, {level}, of {len(passed):,}", "cases passed", [float(sum(passed))]))
    return found


def feel() -> list[dict[str, Any]]:
    return [evaluations(), decisions(), readings(), budgets(), *kit()]
