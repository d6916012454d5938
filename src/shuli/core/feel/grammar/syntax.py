"""The parts of an expression, as the parser finds them and the compiler reads them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from shuli.core.feel.types import FeelType


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    at: int  # position of the first character, or of the operator


@dataclass(frozen=True, slots=True, kw_only=True)
class Constant(Node):
    value: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Name(Node):
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Path(Node):
    source: Node
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter(Node):
    source: Node
    condition: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(Node):
    function: Node
    arguments: tuple[Node, ...]
    names: tuple[str, ...] | None = None  # of the arguments, when they are given by name


@dataclass(frozen=True, slots=True, kw_only=True)
class Negation(Node):
    operand: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Arithmetic(Node):
    operator: str  # + - * / **
    left: Node
    right: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison(Node):
    operator: str  # = != < <= > >=
    left: Node
    right: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Conjunction(Node):
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Disjunction(Node):
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Between(Node):
    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership(Node):
    """`value in test`."""

    value: Node
    test: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Tests(Node):
    """A list of tests after `in`, or the content of a decision table cell."""

    tests: tuple[Node, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyValue(Node):
    """The cell `-`, which everything passes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval(Node):
    low: Node
    high: Node
    low_closed: bool
    high_closed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenInterval(Node):
    """`< 5` as a test, `(< 5)` as a value."""

    operator: str
    endpoint: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Node):
    condition: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Iterator(Node):
    name: str
    source: Node
    until: Node | None = None  # the last value of `from..until`


@dataclass(frozen=True, slots=True, kw_only=True)
class Loop(Node):
    iterators: tuple[Iterator, ...]
    body: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantified(Node):
    every: bool
    iterators: tuple[Iterator, ...]
    condition: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter(Node):
    name: str
    type: FeelType | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionDefinition(Node):
    parameters: tuple[Parameter, ...]
    body: Node
    external: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextLiteral(Node):
    entries: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLiteral(Node):
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceOf(Node):
    value: Node
    type: FeelType


@dataclass(frozen=True, slots=True, kw_only=True)
class Invalid(Node):
    """A place where the parser found an error and went on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Embedded(Node):
    """A part that is compiled already, such as a boxed expression inside another one."""

    closure: Callable[[Any], Any]
    cost: int = 1
