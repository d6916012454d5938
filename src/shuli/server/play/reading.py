"""What the expressions of a process let one guess about its variables: which there are, and which values make a difference."""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from shuli.core.bpmn.graph import Node, ProcessGraph
from shuli.core.engine.expressions import plain
from shuli.core.engine.iso import looks_iso
from shuli.core.feel import compile_expression
from shuli.core.feel.compiler.variables import parts_of
from shuli.core.feel.grammar import syntax as f
from shuli.core.worktime import ByExpression

# What the engine gives to expressions itself.
BUILT_IN = frozenset(
    {"case", "loopCounter", "numberOfInstances", "numberOfActiveInstances", "numberOfCompletedInstances",
     "numberOfTerminatedInstances"}
)  # fmt: skip
ITEM = "[]"  # stands for any place of a list within a path
MOST_VALUES = 12  # of one variable: enough to take every way, few enough to try them

Path = tuple[str, ...]


class Read(Struct, frozen=True, kw_only=True):
    """One expression, and what its value is for: "bool", "list", "count", "person", "minutes", "duration", "date", "cycle", "any"."""

    source: str
    role: str


def expressions_of(graph: ProcessGraph) -> Iterator[Read]:
    """Yield every expression of a process with what it is for."""
    for node in graph.nodes.values():
        yield from conditions_of(node)
        yield from _of_events(node)
        yield from _of_repetition(node)
        yield from _of_duty(node)
        if node.script:
            yield Read(source=node.script, role="any")
        if node.call is not None:
            yield from (Read(source=one.value, role="any") for one in node.call.inputs)


def conditions_of(node: Node) -> Iterator[Read]:
    """Yield the conditions of the ways out of a node."""
    for flow in node.outgoing:
        if flow.condition:
            yield Read(source=flow.condition, role="bool")


def _of_events(node: Node) -> Iterator[Read]:
    if node.event.condition:
        yield Read(source=node.event.condition, role="bool")
    yield from (Read(source=one.value, role="any") for one in node.event.send)
    if node.service is not None:
        rules = (*node.service.headers, *node.service.inputs)
        yield from (Read(source=one.value, role="any") for one in rules)
    if node.event.correlation:
        yield Read(source=node.event.correlation, role="text")
    timer = node.event.timer
    if timer is not None and timer.expression and not looks_iso(timer.expression):
        yield Read(source=timer.expression, role=timer.kind)


def _of_repetition(node: Node) -> Iterator[Read]:
    if node.loop is not None and node.loop.condition:
        yield Read(source=node.loop.condition, role="bool")
    if node.multiple is None:
        return
    roles = {"collection": "list", "cardinality": "count", "completion": "bool", "output_item": "any"}
    for name, role in roles.items():
        source = getattr(node.multiple, name)
        if source:
            yield Read(source=source, role=role)


def _of_duty(node: Node) -> Iterator[Read]:
    duty = node.duty
    yield from (Read(source=guard.condition, role="bool") for guard in duty.guards)
    yield from (Read(source=one.value, role="any") for one in duty.assign)
    for limit in duty.limits:
        if isinstance(limit, ByExpression):
            yield Read(source=limit.expression, role="minutes")
    performers = [duty.performer, *(seat.performer for seat in duty.seats)]
    for performer in performers:
        if performer is not None and performer.value:
            yield Read(source=performer.value, role="person" if performer.kind == "person" else "text")
    for department in filter(None, (duty.lead, *duty.cooperating)):
        yield Read(source=department, role="department")


# Values -------------------------------------------------------------------------------------------------


class Candidates:
    """Values worth trying, by the place in a variable: ("order", "price")."""

    def __init__(self) -> None:
        self.values: dict[Path, list[Any]] = {}

    def read(self, expression: Read) -> None:
        """Learn from one expression."""
        compiled = compile_expression(expression.source)
        if not compiled.errors:
            self._visit(compiled.node, expression.role)

    @property
    def names(self) -> tuple[str, ...]:
        found = dict.fromkeys(path[0] for path in self.values)
        return tuple(name for name in found if name not in BUILT_IN)

    def add(self, path: Path, *values: Any) -> None:
        known = self.values.setdefault(path, [])
        for value in values:
            # True and 1 are equal to Python and different to FEEL
            if len(known) < MOST_VALUES and (type(value), value) not in [(type(one), one) for one in known]:
                known.append(value)

    def _visit(self, node: f.Node, role: str) -> None:
        path = path_of(node)
        if path is not None:
            self.add(path, *DEFAULTS.get(role, DEFAULTS["any"]))
            return
        for kind, visit in VISITS.items():
            if isinstance(node, kind):
                visit(self, node, role)
                return
        for part in parts_of(node):
            self._visit(part, "any")

    def both(self, left: f.Node, right: f.Node, role: str) -> None:
        """Learn from two parts that are compared or reckoned with."""
        for one, other in ((left, right), (right, left)):
            path = path_of(one)
            if path is not None and isinstance(other, f.Constant):
                self.add(path, *around(plain(other.value)))
            else:
                self._visit(one, role)


def path_of(node: f.Node) -> Path | None:
    """Return the place that a part names: a variable, a property of it, an item of a list."""
    if isinstance(node, f.Name):
        return (node.name,)
    if isinstance(node, f.Path):
        source = path_of(node.source)
        return (*source, node.name) if source else None
    if isinstance(node, f.Filter):
        source = path_of(node.source)
        return (*source, ITEM) if source else None
    return None


def around(value: Any) -> tuple[Any, ...]:
    """Return a value with what lies beside it, so that a comparison goes either way."""
    if isinstance(value, bool):
        return (value, not value)
    if isinstance(value, int | float):
        return (value, value + 1, value - 1)
    if isinstance(value, str):
        return (value, f"not {value}")
    return (value, "something") if value is None else (value,)


def _compared(found: Candidates, node: f.Comparison, _role: str) -> None:
    plain_names = path_of(node.left) is not None and path_of(node.right) is not None
    found.both(node.left, node.right, "count" if plain_names or node.operator not in ("=", "!=") else "any")


def _logic(found: Candidates, node: f.Conjunction | f.Disjunction, _role: str) -> None:
    for part in node.parts:
        found._visit(part, "bool")  # noqa: SLF001 — one table of this file


def _reckoned(found: Candidates, node: f.Arithmetic | f.Negation, _role: str) -> None:
    parts = tuple(parts_of(node))
    is_text = any(isinstance(part, f.Constant) and isinstance(part.value, str) for part in parts)
    for part in parts:
        if not isinstance(part, f.Constant):
            found._visit(part, "text" if is_text else "count")  # noqa: SLF001


def _member(found: Candidates, node: f.Membership, _role: str) -> None:
    path = path_of(node.value)
    if path is None:
        return
    for part in _constants(node.test):
        found.add(path, *around(plain(part.value)))


def _between(found: Candidates, node: f.Between, _role: str) -> None:
    for bound in (node.low, node.high):
        found.both(node.value, bound, "count")


def _choice(found: Candidates, node: f.Choice, role: str) -> None:
    found._visit(node.condition, "bool")  # noqa: SLF001
    found._visit(node.then, role)  # noqa: SLF001
    found._visit(node.otherwise, role)  # noqa: SLF001


def _call(found: Candidates, node: f.Call, _role: str) -> None:
    name = node.function.name if isinstance(node.function, f.Name) else ""
    for part in node.arguments:
        found._visit(part, {"not": "bool", "count": "list"}.get(name, "any"))  # noqa: SLF001


def _constants(node: f.Node) -> Iterator[f.Constant]:
    if isinstance(node, f.Constant):
        yield node
    for part in parts_of(node):
        yield from _constants(part)


VISITS: Mapping[type[f.Node], Any] = {
    f.Comparison: _compared,
    f.Conjunction: _logic,
    f.Disjunction: _logic,
    f.Arithmetic: _reckoned,
    f.Negation: _reckoned,
    f.Membership: _member,
    f.Between: _between,
    f.Choice: _choice,
    f.Call: _call,
}
# Values of a variable of which nothing but its use is known.
DEFAULTS: Mapping[str, tuple[Any, ...]] = {
    "bool": (True, False),
    "list": (["a", "b"],),
    "count": (1, 2, 3),
    "person": ("somebody",),
    "department": ("service",),
    "text": ("text",),
    "minutes": (60, 240),
    "duration": ("PT1H",),
    "date": ("2026-03-10T09:00:00+08:00",),
    "cycle": ("R2/PT1H",),
    "any": (1, 2, True, "text"),
}
