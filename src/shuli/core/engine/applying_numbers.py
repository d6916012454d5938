"""What several changes of a marking have in common: the numbers given so far, and steps put together."""

from shuli.core.engine.marking import (
    Marking,
    Step,
)


def together(one: tuple[Step, ...], other: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return two trails as one: each node once, with its latest visit, oldest first."""
    if not other or one == other:
        return one
    if not one:
        return other
    latest = {step.node: step for step in sorted((*one, *other), key=lambda step: step.visit)}
    return tuple(sorted(latest.values(), key=lambda step: step.visit))


def count(m: Marking, number: int) -> None:
    if number > m.last_id:  # noqa: PLR1730 — half the time of max() at every event
        m.last_id = number
