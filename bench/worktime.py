"""Working time: additions and differences, one by one and over arrays.

There is no peer that knows make-up workdays, so the limit stands beside ours: the same arrays, subtracted once.
"""

import random
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from shuli.core.worktime import STANDARD, add_working_seconds, working_seconds_between
from shuli.core.worktime.arrays import add_working_seconds_all, working_seconds_between_all

RUNS = 5
SINGLE, MANY = 200_000, 4_000_000
YEAR, MONTH = 365 * 86_400, 30 * 86_400
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


def per_second(run: Callable[[], Any], times: int) -> float:
    """Return how many a second of processor time, so that a busy machine disturbs it less."""
    begun = time.process_time()
    run()
    return times / (time.process_time() - begun)


def row(name: str, ours: list[float], limit: list[float] | None = None) -> dict[str, Any]:
    return {
        "row": name,
        "unit": "M/s",
        "ours": round(statistics.median(ours) / 1e6, 2),
        "peer": "none",
        "peer_value": 0,
        "ratio": 0,
        "limit_value": round(statistics.median(limit) / 1e6, 1) if limit else None,
        "runs": [round(one / 1e6, 2) for one in ours],
    }


def one_by_one() -> list[dict[str, Any]]:
    """Measure a loop over moments of a year, with differences of up to a month and amounts of up to ten days' work."""
    draw = random.Random(1)
    starts = [BEGIN + timedelta(seconds=draw.randrange(YEAR)) for _ in range(SINGLE)]
    ends = [at + timedelta(seconds=draw.randrange(MONTH)) for at in starts]
    amounts = [draw.randrange(1, 80 * 3600) for _ in starts]

    def differences() -> None:
        for a, b in zip(starts, ends, strict=True):
            working_seconds_between(STANDARD, a, b)

    def sums() -> None:
        for a, amount in zip(starts, amounts, strict=True):
            add_working_seconds(STANDARD, a, amount)

    return [
        row("working time: difference, one by one", [per_second(differences, SINGLE) for _ in range(RUNS)]),
        row("working time: addition, one by one", [per_second(sums, SINGLE) for _ in range(RUNS)]),
    ]


def over_arrays() -> list[dict[str, Any]]:
    draw = np.random.default_rng(1)
    begin = np.datetime64(BEGIN.replace(tzinfo=None), "us")
    starts = begin + draw.integers(0, YEAR * 10**6, MANY).astype("timedelta64[us]")
    ends = starts + draw.integers(0, MONTH * 10**6, MANY).astype("timedelta64[us]")
    amounts = draw.integers(1, 80 * 3600, MANY).astype(np.float64)
    differences, sums, limit = [], [], []
    for _ in range(RUNS):
        differences.append(per_second(lambda: working_seconds_between_all(STANDARD, starts, ends), MANY))
        sums.append(per_second(lambda: add_working_seconds_all(STANDARD, starts, amounts), MANY))
        limit.append(per_second(lambda: np.subtract(ends, starts), MANY))
    return [
        row("working time: differences over arrays", differences, limit),
        row("working time: additions over arrays", sums, limit),
    ]


def worktime() -> list[dict[str, Any]]:
    return [*one_by_one(), *over_arrays()]
