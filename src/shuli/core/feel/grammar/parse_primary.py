"""Read what stands between operators: literals, names, brackets, and what begins with a keyword."""

from collections.abc import Callable

from shuli.core.feel.grammar.lexer import unescaped
from shuli.core.feel.grammar.names import KEYWORDS
from shuli.core.feel.grammar.parse_types import TypeParser
from shuli.core.feel.grammar.syntax import (
    Choice,
    Constant,
    ContextLiteral,
    FunctionDefinition,
    Interval,
    Iterator,
    ListLiteral,
    Loop,
    Name,
    Node,
    OpenInterval,
    Parameter,
    Quantified,
    Tests,
)
from shuli.core.feel.numbers import number_from_literal
from shuli.core.feel.temporal.reading import temporal_from

COMPARISONS = frozenset({"<", "<=", ">", ">=", "=", "!="})


class PrimaryParser(TypeParser):
    """Adds everything that begins with a token of its own."""

    # whether a "[" may close an interval ("[1..5[") rather than open a filter
    may_close = False

    def primary(self) -> Node:
        kind = self.kinds[self.index]
        if kind == "name":
            return self._word()
        if self.texts[self.index] in self.names.by_first:
            # a declared name may begin with a digit or a symbol, as 2026预算 or #编号
            at, known = self.starts[self.index], self.known_name()
            if known is not None:
                return Name(at=at, name=known)
        if kind == "number":
            return self._number()
        if kind == "string":
            self.index += 1
            return Constant(at=self.starts[self.index - 1], value=unescaped(self.texts[self.index - 1]))
        read = _BY_SYMBOL.get(self.texts[self.index])
        return read(self) if read else self.unexpected("expression")

    def test(self) -> Node:
        """Step over one test: `< 5`, an interval or any expression."""
        if self.texts[self.index] in COMPARISONS:
            return self._open_interval()
        return self.endpoint()

    def endpoint(self) -> Node:
        raise NotImplementedError

    def _word(self) -> Node:
        at, word = self.starts[self.index], self.texts[self.index]
        known = self.known_name()
        if known is not None:
            return Name(at=at, name=known)
        read = _BY_KEYWORD.get(word)
        if read is not None and not (word == "function" and self.texts[self.index + 1] != "("):
            return read(self)
        if word in KEYWORDS:
            return self.unexpected("expression")
        return Name(at=at, name=self.name())

    def _number(self) -> Node:
        at = self.starts[self.index]
        self.index += 1
        value = number_from_literal(self.texts[self.index - 1])
        if value is None:
            self.error("out_of_range", at, found=self.texts[self.index - 1])
        return Constant(at=at, value=value)

    def _at_literal(self) -> Node:
        at = self.starts[self.index]
        self.index += 1
        if self.kinds[self.index] != "string":
            return self.unexpected("literal")
        value = temporal_from(unescaped(self.texts[self.index]))
        if value is None:
            self.error("wrong_literal", at, found=self.texts[self.index])
        self.index += 1
        return Constant(at=at, value=value)

    def _bracket(self) -> Node:
        """Step over `[…]`: a list or an interval that includes its start."""
        at = self.starts[self.index]
        self.index += 1
        items: list[Node] = []
        going = not self.accept("]")
        while going:
            items.append(self._nested())
            if len(items) == 1 and self.accept(".."):
                return self._interval(at, items[0], low_closed=True)
            going = self.goes_on("]")
        return ListLiteral(at=at, items=tuple(items))

    def _reversed_bracket(self) -> Node:
        """Step over `]1..5]`, an interval that excludes its start."""
        at = self.starts[self.index]
        self.index += 1
        low = self._nested()
        self.expect("..")
        return self._interval(at, low, low_closed=False)

    def _interval(self, at: int, low: Node, *, low_closed: bool) -> Node:
        before, self.may_close = self.may_close, True
        high = self.expression()
        self.may_close = before
        closing = self.texts[self.index]
        if closing not in ("]", ")", "["):
            return self.unexpected("]")
        self.index += 1
        return Interval(at=at, low=low, high=high, low_closed=low_closed, high_closed=closing == "]")

    def _parenthesis(self) -> Node:
        """Step over `(…)`: an expression, an interval, or (after `in`) several tests."""
        at = self.starts[self.index]
        self.index += 1
        first = self._nested_test()
        if self.accept(".."):
            return self._interval(at, first, low_closed=False)
        if self.texts[self.index] != ",":
            self.expect(")")
            return first
        tests = [first]
        while self.accept(","):
            tests.append(self._nested_test())
        self.expect(")")
        self.stray_tests.add(at)
        return Tests(at=at, tests=tuple(tests))

    def _open_interval(self) -> Node:
        at, operator = self.starts[self.index], self.texts[self.index]
        self.index += 1
        return OpenInterval(at=at, operator=operator, endpoint=self.endpoint())

    def _nested_test(self) -> Node:
        if self.texts[self.index] in COMPARISONS:
            return self._inside(self._open_interval)
        return self._nested()

    def _nested(self) -> Node:
        return self._inside(self.expression)

    def _inside(self, read: Callable[[], Node]) -> Node:
        before, self.may_close = self.may_close, False
        node = read()
        self.may_close = before
        return node

    def _context(self) -> Node:
        at = self.starts[self.index]
        self.index += 1
        before = self.names
        entries: list[tuple[str, Node]] = []
        going = not self.accept("}")
        while going:
            entry = self._entry({name for name, _ in entries})
            if entry is not None:
                entries.append(entry)
            going = self.goes_on("}")
        self.names = before
        return ContextLiteral(at=at, entries=tuple(entries))

    def _entry(self, known: set[str]) -> tuple[str, Node] | None:
        at = self.starts[self.index]
        name = self._key()
        self.expect(":")
        value = self._nested()
        if name is None:
            return None
        if name in known:
            self.error("duplicate_entry", at, name=name)
        self.names = self.names.extended(name)
        self.keys = self.keys.extended(name)
        return name, value

    def _key(self) -> str | None:
        if self.kinds[self.index] == "string":
            self.index += 1
            return unescaped(self.texts[self.index - 1])
        return self.new_name(":", ",", "}")

    def _choice(self) -> Node:
        at = self.starts[self.index]
        self.index += 1
        condition = self._nested()
        self.expect("then")
        then = self._nested()
        self.expect("else")
        return Choice(at=at, condition=condition, then=then, otherwise=self.expression())

    def _loop(self) -> Node:
        at, before = self.starts[self.index], self.names
        self.index += 1
        iterators = self._iterators()
        self.expect("return")
        body = self.expression()
        self.names = before
        return Loop(at=at, iterators=iterators, body=body)

    def _quantified(self) -> Node:
        at, before = self.starts[self.index], self.names
        every = self.texts[self.index] == "every"
        self.index += 1
        iterators = self._iterators()
        self.expect("satisfies")
        condition = self.expression()
        self.names = before
        return Quantified(at=at, every=every, iterators=iterators, condition=condition)

    def _iterators(self) -> tuple[Iterator, ...]:
        iterators = [self._iterator()]
        while self.accept(","):
            iterators.append(self._iterator())
        return tuple(iterators)

    def _iterator(self) -> Iterator:
        at = self.starts[self.index]
        name = self.new_name("in", ",") or ""
        self.expect("in")
        source = self._nested()
        until = self._nested() if self.accept("..") else None
        self.names = self.names.extended(name)
        return Iterator(at=at, name=name, source=source, until=until)

    def _function(self) -> Node:
        at, before = self.starts[self.index], self.names
        self.index += 1
        self.expect("(")
        parameters = self._parameters()
        external = self.accept("external")
        body = self.expression()
        self.names = before
        return FunctionDefinition(at=at, parameters=parameters, body=body, external=external)

    def _parameters(self) -> tuple[Parameter, ...]:
        parameters: list[Parameter] = []
        going = not self.accept(")")
        while going:
            at = self.starts[self.index]
            name = self.new_name(":", ",", ")") or ""
            kind = self.type() if self.accept(":") else None
            if any(known.name == name for known in parameters):
                self.error("duplicate_parameter", at, name=name)
            parameters.append(Parameter(at=at, name=name, type=kind))
            self.names = self.names.extended(name)
            going = self.goes_on(")")
        return tuple(parameters)

    def _constant(self) -> Node:
        self.index += 1
        word = self.texts[self.index - 1]
        return Constant(at=self.starts[self.index - 1], value=_CONSTANTS[word])


_CONSTANTS = {"null": None, "true": True, "false": False}
_BY_KEYWORD: dict[str, Callable[[PrimaryParser], Node]] = {
    "if": PrimaryParser._choice,  # noqa: SLF001 — the table of this class's own readers
    "for": PrimaryParser._loop,  # noqa: SLF001
    "some": PrimaryParser._quantified,  # noqa: SLF001
    "every": PrimaryParser._quantified,  # noqa: SLF001
    "function": PrimaryParser._function,  # noqa: SLF001
    "null": PrimaryParser._constant,  # noqa: SLF001
    "true": PrimaryParser._constant,  # noqa: SLF001
    "false": PrimaryParser._constant,  # noqa: SLF001
}
_BY_SYMBOL: dict[str, Callable[[PrimaryParser], Node]] = {
    "(": PrimaryParser._parenthesis,  # noqa: SLF001
    "[": PrimaryParser._bracket,  # noqa: SLF001
    "]": PrimaryParser._reversed_bracket,  # noqa: SLF001
    "{": PrimaryParser._context,  # noqa: SLF001
    "@": PrimaryParser._at_literal,  # noqa: SLF001
}
