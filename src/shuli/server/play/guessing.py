"""Make up what a person would type: variables that expressions read, and the answers of a form."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from random import Random
from typing import Any

from shuli.core.bpmn.graph import Node, ProcessGraph
from shuli.core.engine import Marking
from shuli.core.engine.expressions import condition
from shuli.core.feel import compile_expression
from shuli.core.forms import FormDefinition, answer_keys
from shuli.server.play.offers import Offer
from shuli.server.play.reading import ITEM, Candidates, Path, Read, conditions_of, expressions_of

TRIES = 60  # draws until a condition is given up


class Guesses:
    """Draw values by chance, always the same for the same seed."""

    def __init__(self, graph: ProcessGraph, forms: Mapping[str, FormDefinition], seed: int) -> None:
        self.graph = graph
        self.chance = Random(seed)  # noqa: S311 — play, not secrets
        self.candidates = Candidates()
        for expression in expressions_of(graph):
            self.candidates.read(expression)
        self.by_forms = frozenset(key for form in forms.values() for key in answer_keys(form))
        self.by_process = frozenset(_written(graph))
        self.in_conditions = frozenset(_read(conditions_of(node) for node in graph.nodes.values()))

    def at_start(self) -> dict[str, Any]:
        """Return a value for everything that is read and that nothing in the model gives."""
        given = self.by_forms | self.by_process
        return self.draw(name for name in self.candidates.names if name not in given)

    def at_completion(self) -> dict[str, Any]:
        """Return new values for what the choices read and nobody in the model writes: a person would have decided it."""
        free = self.in_conditions - self.by_forms - self.by_process
        return self.draw(name for name in self.candidates.names if name in free)

    def draw(self, names: Iterable[str]) -> dict[str, Any]:
        return {name: self._draw((name,)) for name in names}

    def _draw(self, path: Path) -> Any:
        below = {other[len(path)] for other in self.candidates.values if other[: len(path)] == path != other}
        if ITEM in below:
            return [self._draw((*path, ITEM)) for _ in range(3)]
        if below:
            return {name: self._draw((*path, name)) for name in sorted(below)}
        return self.chance.choice(self.candidates.values.get(path, ["text"]))

    def opening(self, node: Node, marking: Marking, now: datetime) -> dict[str, Any] | None:
        """Return variables with which one of the ways out of a node opens, or None."""
        sources = [read.source for read in conditions_of(node)]
        return next(
            (
                found
                for source in self.shuffled(sources)
                if (found := self.making(source, marking, now)) is not None
            ),
            None,
        )

    def making(self, source: str, marking: Marking, now: datetime) -> dict[str, Any] | None:
        """Return variables with which a condition holds in this case, or None where none was found."""
        names = compile_expression(source).variables
        self.candidates.read(Read(source=source, role="bool"))
        for _ in range(TRIES):
            drawn = self.draw(sorted(names & frozenset(self.candidates.names)))
            if condition(source, {**marking.variables, **drawn}, now) is True:
                return drawn
        return None

    def shuffled(self, sources: Iterable[str]) -> list[str]:
        ordered = list(sources)
        self.chance.shuffle(ordered)
        return ordered

    def shuffled_offers(self, offers: list[Offer]) -> list[Offer]:
        return self.chance.sample(offers, len(offers))

    def for_sources(self, sources: Iterable[str]) -> dict[str, Any]:
        """Return a value for every variable that these expressions read."""
        names = sorted({name for source in sources for name in compile_expression(source).variables})
        for source in sources:
            self.candidates.read(Read(source=source, role="any"))
        return self.draw(name for name in names if (name,) in self.candidates.values)

    def given_by(self, node: Node | None) -> dict[str, Any]:
        """Return the variables that a program would have set."""
        return {node.result: self.result_of(node)} if node is not None and node.result else {}

    def result_of(self, node: Node) -> Any:
        """Return what a decision or a program would have found: a value for its result, or nothing."""
        return self._draw((node.result,)) if node.result else {}


def _written(graph: ProcessGraph) -> Iterable[str]:
    for node in graph.nodes.values():
        yield from (rule.name for rule in node.duty.assign)
        if node.result:
            yield node.result
        if node.multiple is not None:
            yield from filter(None, (node.multiple.item, node.multiple.output_collection))
        if node.call is not None:
            yield from (rule.name for rule in node.call.outputs)


def _read(groups: Iterable[Iterable[Read]]) -> Iterable[str]:
    for group in groups:
        for read in group:
            yield from compile_expression(read.source).variables
