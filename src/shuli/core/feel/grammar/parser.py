"""Read whole expressions and unary tests; go on after an error, so that all of them are reported."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from shuli.core.feel.errors import ExpressionError
from shuli.core.feel.grammar.cursor import MOST_LEVELS
from shuli.core.feel.grammar.names import NO_NAMES, NameTable, table_of
from shuli.core.feel.grammar.parse_primary import COMPARISONS, PrimaryParser
from shuli.core.feel.grammar.syntax import (
    AnyValue,
    Arithmetic,
    Between,
    Call,
    Comparison,
    Conjunction,
    Constant,
    Disjunction,
    Filter,
    InstanceOf,
    Membership,
    Negation,
    Node,
    Path,
    Tests,
)
from shuli.core.feel.numbers import Number, negative
from shuli.core.feel.types import TYPE_NAMES, FeelType

_OR, _AND, _COMPARE, _ADD, _MULTIPLY, _POWER = range(1, 7)
_LEVELS = (
    {"or": _OR, "and": _AND, "between": _COMPARE, "in": _COMPARE, "**": _POWER}
    | dict.fromkeys(COMPARISONS, _COMPARE)
    | dict.fromkeys("+-", _ADD)
    | dict.fromkeys("*/", _MULTIPLY)
)
_MOST_CHAINED = 200

# The built-in functions with a keyword in their name; the other ones are read word by word.
BUILT_IN_NAMES = NameTable(
    ["date and time", "years and months duration"],
)
_TYPE_TABLE = NameTable(TYPE_NAMES)


class Parsed(NamedTuple):
    """What an expression says, and what is wrong with it."""

    node: Node
    errors: tuple[ExpressionError, ...]


class Parser(PrimaryParser):
    """Adds operators, from the loosest to the tightest, and what follows a value."""

    def expression(self) -> Node:
        self.level += 1
        if self.level > MOST_LEVELS:
            self.error("too_deep", self.starts[self.index])
            self.index = len(self.kinds) - 1
        node = self._binary(0)
        self.level -= 1
        return node

    def endpoint(self) -> Node:
        return self._binary(_COMPARE)

    def _binary(self, floor: int) -> Node:
        left = self._unary()
        chained = 0
        while True:
            operator = self.texts[self.index]
            level = _LEVELS.get(operator, 0)
            if level <= floor:
                return left
            at = self.starts[self.index]
            self.index += 1
            chained += 1
            if chained > _MOST_CHAINED:
                self._stop_at(at)
            left = self._combined(left, operator, level, at)

    def _combined(self, left: Node, operator: str, level: int, at: int) -> Node:
        if level == _COMPARE:
            return self._comparison(left, operator, at)
        if level <= _AND:
            return self._logic(left, operator, level, at)
        return Arithmetic(at=at, operator=operator, left=left, right=self._binary(level))

    def _logic(self, left: Node, operator: str, level: int, at: int) -> Node:
        parts = [left, self._binary(level)]
        while self.accept(operator):
            parts.append(self._binary(level))
        kind = Disjunction if level == _OR else Conjunction
        return kind(at=at, parts=tuple(parts))

    def _comparison(self, left: Node, operator: str, at: int) -> Node:
        if operator == "in":
            test = self.test()
            self.stray_tests.discard(test.at if isinstance(test, Tests) else -1)
            return Membership(at=at, value=left, test=test)
        if operator == "between":
            low = self.endpoint()
            self.expect("and")
            return Between(at=at, value=left, low=low, high=self.endpoint())
        return Comparison(at=at, operator=operator, left=left, right=self.endpoint())

    def _unary(self) -> Node:
        if self.texts[self.index] != "-":
            return self._typed()
        at = self.starts[self.index]
        self.index += 1
        self.level += 1
        if self.level > MOST_LEVELS:
            self._stop_at(at)
        operand = self._unary()
        self.level -= 1
        if isinstance(operand, Constant) and type(operand.value) is Number:
            return Constant(at=at, value=negative(operand.value))
        return Negation(at=at, operand=operand)

    def _typed(self) -> Node:
        node = self._postfix()
        while self.texts[self.index] == "instance" and self.texts[self.index + 1] == "of":
            at = self.starts[self.index]
            self.index += 2
            node = InstanceOf(at=at, value=node, type=self.type())
        return node

    def _postfix(self) -> Node:
        node = self.primary()
        chained = 0
        while True:
            symbol, at = self.texts[self.index], self.starts[self.index]
            chained += 1
            if chained > _MOST_CHAINED:
                self._stop_at(at)
                return node
            if symbol == ".":
                node = self._path(node, at)
            elif symbol == "[" and not (self.may_close and self._closes_interval()):
                node = self._filter(node, at)
            elif symbol == "(":
                node = self._call(node, at)
            else:
                return node

    def _path(self, source: Node, at: int) -> Node:
        self.index += 1
        if self.kinds[self.index] != "name":
            return self.unexpected("name")
        return Path(at=at, source=source, name=self.name(self.names_and_keys()))

    def _filter(self, source: Node, at: int) -> Node:
        before, self.names = self.names, self.names_and_keys()
        self.index += 1
        condition = self._nested()
        self.names = before
        self.expect("]")
        return Filter(at=at, source=source, condition=condition)

    def _closes_interval(self) -> bool:
        following = self.index + 1
        kind, text = self.kinds[following], self.texts[following]
        return not (kind in ("number", "string") or text in _OPENS or (kind == "name" and text not in _JOINS))

    def _call(self, function: Node, at: int) -> Node:
        self.index += 1
        arguments: list[Node] = []
        names: list[str] = []
        going = not self.accept(")")
        while going:
            if self._is_named():
                names.append(self.new_name(":") or "")
                self.expect(":")
            arguments.append(self._nested())
            going = self.goes_on(")")
        if names and len(names) != len(arguments):
            self.error("unexpected_token", at, expected="names for all arguments", found="(")
            names = []
        return Call(at=at, function=function, arguments=tuple(arguments), names=tuple(names) or None)

    def _is_named(self) -> bool:
        index = self.index
        if self.kinds[index] != "name":
            return False
        while self._may_name(index):
            index += 1
        return self.texts[index] == ":"

    def _stop_at(self, at: int) -> None:
        self.error("too_deep", at)
        self.index = len(self.kinds) - 1

    def whole_expression(self) -> Node:
        node = self.expression()
        self._must_be_at_end()
        self._refuse_stray_tests()
        return node

    def whole_tests(self) -> Node:
        at = self.starts[0]
        if self.texts[:2] == ["-", ""]:
            return AnyValue(at=at)
        if self.texts[:2] == ["not", "("] and self._not_covers_all():
            self.index = 2
            tests = self._several_tests()
            self.expect(")")
            self._must_be_at_end()
            self._refuse_stray_tests()
            return Tests(at=at, tests=tests, negated=True)
        tests = self._several_tests()
        self._must_be_at_end()
        self._refuse_stray_tests()
        return Tests(at=at, tests=tests)

    def _several_tests(self) -> tuple[Node, ...]:
        tests = [self._one_test()]
        while self.accept(","):
            tests.append(self._one_test())
        return tuple(tests)

    def _one_test(self) -> Node:
        return self.test() if self.texts[self.index] in COMPARISONS else self.expression()

    def _not_covers_all(self) -> bool:
        """Return whether the bracket of a leading `not(` closes at the very end."""
        nested = 0
        for index in range(1, len(self.texts) - 1):
            nested += (self.texts[index] in ("(", "[")) - (self.texts[index] in (")", "]"))
            if nested == 0:
                return index == len(self.texts) - 2
        return False

    def _refuse_stray_tests(self) -> None:
        """Note every `(a, b)` that does not stand right after `in`."""
        for at in self.stray_tests:
            self.error("unexpected_token", at, expected="expression", found="(")

    def _must_be_at_end(self) -> None:
        while not self.at_end():
            self.unexpected("operator")
            self.index += not self.at_end()
            if not self.at_end():
                self.expression()


_OPENS = frozenset({"-", "(", "[", "{", "@"})
# words that may follow an interval: "x in [1..5[ and y"
_JOINS = frozenset({"and", "or", "then", "else", "return", "satisfies", "in", "between", "instance"})


def parse_expression(
    source: str,
    names: Iterable[str] = (),
    types: Mapping[str, FeelType] | None = None,
    entries: tuple[str, ...] = (),
) -> Parsed:
    """Return the syntax tree of an expression and every error found in it.

    `names` are known everywhere, `entries` only behind a dot and in filters.
    """
    parser = _parser(source, tuple(names), types, entries)
    node = parser.whole_expression()
    return Parsed(node, _sorted(parser.errors))


def parse_unary_tests(
    source: str,
    names: Iterable[str] = (),
    types: Mapping[str, FeelType] | None = None,
    entries: tuple[str, ...] = (),
) -> Parsed:
    """Return the syntax tree of a decision table cell and every error found in it."""
    parser = _parser(source, tuple(names), types, entries)
    node = parser.whole_tests()
    return Parsed(node, _sorted(parser.errors))


def _parser(
    source: str, names: tuple[str, ...], types: Mapping[str, FeelType] | None, entries: tuple[str, ...]
) -> Parser:
    table = table_of(names, BUILT_IN_NAMES)
    type_table = _types_of(tuple(types)) if types else _TYPE_TABLE
    parser = Parser(source, table, type_table)
    parser.known_types = dict(types or {})
    parser.declared = names + entries
    parser.keys = table_of(entries, NO_NAMES)
    return parser


@lru_cache(maxsize=128)
def _types_of(names: tuple[str, ...]) -> NameTable:
    return NameTable(names, _TYPE_TABLE)


def _sorted(errors: list[ExpressionError]) -> tuple[ExpressionError, ...]:
    return tuple(sorted(errors, key=lambda error: error.position))
