"""Random models, and people who use every verb: what must hold of every case after every command."""

import os
from collections import Counter

import msgspec
import pytest

from core.engine.random_models import graph_of_shapes, random_shapes
from core.engine.random_verbs import Colleagues
from core.engine.test_random_models import Watcher
from shuli.core.engine import Accepted, replay
from shuli.core.engine import commands as c

# SHULI_SEED plays one model again.
FIRST = int(os.environ.get("SHULI_SEED", "1"))
MODELS = 1 if "SHULI_SEED" in os.environ else int(os.environ.get("SHULI_MODELS", "120"))
BLOCK = min(20, MODELS)
SEEN: Counter[type[c.Command]] = Counter()


class Auditor(Watcher):
    """Checks too that a refusal changes nothing, and counts which verbs were accepted."""

    def __call__(self, command, answer, before):
        written = msgspec.json.encode(before)
        after = super().__call__(command, answer, before)
        assert msgspec.json.encode(before) == written, f"{command} changed the case that it was given"
        if isinstance(answer, Accepted):
            SEEN[type(command)] += 1
        return after


@pytest.mark.parametrize("first", range(FIRST, FIRST + MODELS, BLOCK))
def test_every_case_is_sound_after_every_verb(first):
    for seed in range(first, first + BLOCK):
        graph = graph_of_shapes(random_shapes(seed))
        auditor = Auditor(graph)

        try:
            last = Colleagues(graph, seed, auditor).play()
            reopen(graph, seed, auditor, last)
        except Exception as problem:
            raise AssertionError(f"seed {seed}: {problem}") from problem

        assert last.status in ("approved", "rejected"), f"seed {seed}"


def reopen(graph, seed, auditor, last):
    """Reopen the closed case at its first step and play it to its end once more."""
    sides = {node.id for node in graph.nodes.values() if node.kind == "boundary_event"}
    step = next((one for one in last.ended if not sides & {region.node for region in one.path}), None)
    if step is None:
        return
    colleagues = Colleagues(graph, seed + 1, auditor)
    colleagues.marking = last
    answer = colleagues.send(c.Reopen(actor="tom", to=step.node, reason="something was forgotten"))
    assert isinstance(answer, Accepted), answer
    colleagues.mischief = 0
    while colleagues.marking.status == "running":
        colleagues.send(colleagues.next_command())
    assert replay(auditor.events) == colleagues.marking


@pytest.mark.skipif(MODELS < 100, reason="a few models do not meet every verb")
def test_every_verb_was_accepted_somewhere():
    assert set(SEEN) >= USED


USED = {
    c.AddSigner, c.RemoveSigner, c.Delegate, c.Substitute, c.Copy, c.Urge, c.Correct, c.TakeBack, c.Jump, c.Reopen,
    c.Return, c.Transfer, c.Claim, c.Release, c.Complete, c.ChildEnded,
}  # fmt: skip
