"""Random models, random people: what must hold of every case after every command."""

import os
from collections import Counter
from typing import Union

import msgspec
import pytest

from core.engine.play import restarted
from core.engine.random_models import NESTING, SIMPLE, Players, graph_of_shapes, random_shapes
from core.engine.soundness import unsound
from shuli.core.engine import Accepted, Marking, apply, check_invariants, replay
from shuli.core.engine.applying import APPLIERS, owned

# SHULI_SEED plays one model again.
FIRST = int(os.environ.get("SHULI_SEED", "1"))
MODELS = 1 if "SHULI_SEED" in os.environ else int(os.environ.get("SHULI_MODELS", "300"))
BLOCK = min(25, MODELS)


class Watcher:
    """Checks every answer, and hands back the marking as a restarted server would read it."""

    def __init__(self, graph):
        self.graph = graph
        self.events = []
        self.replayed = Marking()

    def __call__(self, command, answer, before):
        if not isinstance(answer, Accepted):
            return before
        self.events += answer.events
        self.replayed = owned(self.replayed)
        for event in answer.events:
            apply(self.replayed, event)
        after = restarted(answer.marking)
        assert after == answer.marking, f"a restart changed the case after {command}"
        assert self.replayed == after, f"the events do not lead to the marking after {command}"
        assert check_invariants(self.graph, after) == (), f"after {command}"
        assert unsound(self.graph, after) == [], f"after {command}"
        return after


@pytest.mark.parametrize("first", range(FIRST, FIRST + MODELS, BLOCK))
def test_every_case_ends_and_is_sound_after_every_command(first):
    for seed in range(first, first + BLOCK):
        graph = graph_of_shapes(random_shapes(seed))
        watcher = Watcher(graph)

        try:
            last = Players(graph, seed, watcher).play()
        except Exception as problem:
            raise AssertionError(f"seed {seed}: {problem}") from problem

        assert last.status in ("approved", "rejected"), f"seed {seed}"
        assert replay(watcher.events) == last, f"seed {seed}"


def test_the_models_hold_every_kind_of_block():
    kinds = Counter(
        shape.kind for seed in range(1, 301) for top in random_shapes(seed) for shape in top.walk()
    )

    assert set(kinds) == {*SIMPLE, *NESTING}
    assert min(kinds.values()) >= 30


def test_the_models_hold_every_pair_of_nested_blocks():
    pairs = Counter(
        (shape.kind, inner.kind)
        for seed in range(1, 301)
        for top in random_shapes(seed)
        for shape in top.walk()
        for branch in shape.branches
        for inner in branch
        if inner.kind in NESTING
    )

    assert set(pairs) == {(outer, inner) for outer in NESTING for inner in NESTING}


def test_events_written_as_json_are_read_back_as_they_were():
    graph = graph_of_shapes(random_shapes(7))
    watcher = Watcher(graph)
    Players(graph, 7, watcher).play()
    every_kind = Union[tuple(APPLIERS)]  # noqa: UP007 — built from the table

    read = msgspec.json.decode(msgspec.json.encode(watcher.events), type=list[every_kind])

    assert read == watcher.events
