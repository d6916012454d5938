"""Walk over the tokens of an expression, note errors and find a place to go on."""

from collections.abc import Container

from shuli.core.feel.errors import ExpressionError
from shuli.core.feel.grammar.lexer import END, FULLWIDTH, FULLWIDTH_OPERATORS, tokens_of
from shuli.core.feel.grammar.names import KEYWORDS, NO_NAMES, NameTable
from shuli.core.feel.grammar.syntax import Invalid, Node

MOST_CHARACTERS = 32_000
MOST_TOKENS = 6_000
MOST_LEVELS = 48
MOST_ERRORS = 20

_OPENING = frozenset("([{")
_CLOSING = frozenset(")]}")
# Where reading can go on after an error.
_RESUME = frozenset({",", ")", "]", "}", "then", "else", "return", "satisfies"})
_IN_NAMES = frozenset("-+*/.'")


class Cursor:
    """The place in an expression up to which it has been read."""

    def __init__(self, source: str, names: NameTable, types: NameTable) -> None:
        self.source = source
        self.names = names
        # names of entries that values may have, for paths and filters
        self.keys = NO_NAMES
        self._merged = (names, self.keys, names)
        self.types = types
        # names that the caller knows, full-width operators or not
        self.declared: Container[str] = ()
        self.errors: list[ExpressionError] = []
        # where several tests stand in parentheses, until an `in` takes them
        self.stray_tests: set[int] = set()
        self.index = 0
        self.level = 0
        tokens = tokens_of(source if len(source) <= MOST_CHARACTERS else "")
        self.kinds, self.texts, self.starts, cut_off = tokens
        self.errors += cut_off
        self._refuse_too_long()

    def names_and_keys(self) -> NameTable:
        """Return the names that are known behind a dot and in a filter."""
        names, keys, merged = self._merged
        if names is not self.names or keys is not self.keys:
            merged = self.names.merged(self.keys)
            self._merged = (self.names, self.keys, merged)
        return merged

    def expression(self) -> Node:
        raise NotImplementedError

    def error(self, code: str, at: int, **params: str) -> None:
        if len(self.errors) < MOST_ERRORS and all(known.position != at for known in self.errors):
            self.errors.append(
                ExpressionError(code=code, expression=self.source, position=at, params=params),
            )

    def unexpected(self, expected: str) -> Invalid:
        """Note that something else was expected here, and skip to where reading can go on."""
        at, found = self.starts[self.index], self.texts[self.index]
        if self.kinds[self.index] == END:
            self.error("unexpected_end", at, expected=expected)
        elif found[0] in FULLWIDTH:
            self.error("fullwidth_character", at, expected=FULLWIDTH[found[0]], found=found[0])
        elif self.kinds[self.index] == "other":
            self.error("unknown_character", at, found=found)
        else:
            self.error("unexpected_token", at, expected=expected, found=found)
        self._skip()
        return Invalid(at=at)

    def accept(self, text: str) -> bool:
        """Step over a token if it is the given one."""
        if self.texts[self.index] == text:
            self.index += 1
            return True
        return False

    def expect(self, text: str) -> None:
        if not self.accept(text):
            self.unexpected(text)
            self.accept(text)

    def goes_on(self, closing: str) -> bool:
        """Return whether another item follows in a row; otherwise step over what closes the row."""
        if not self.accept(","):
            self.expect(closing)
            return False
        if self.texts[self.index] != closing:
            return True
        self.error("unexpected_token", self.starts[self.index], expected="expression", found=closing)
        self.index += 1
        return False

    def at_end(self) -> bool:
        return self.kinds[self.index] == END

    def known_name(self, table: NameTable | None = None) -> str | None:
        """Step over the longest known name of several words that begins here."""
        found = (table or self.names).longest_at(self.texts, self.index)
        if found is None:
            return None
        after = self.index + len(found[0])
        if self.kinds[after] == "name" and not self._ends_name(after):
            return None
        self.index = after
        return found[1]

    def name(self, table: NameTable | None = None) -> str:
        """Step over a name; words that follow one another without an operator are one name."""
        known = self.known_name(table)
        if known is not None:
            return known
        first = self.index
        self.index += 1
        while self.kinds[self.index] in ("name", "number") and not self._ends_name(self.index):
            self.index += 1
        name = self.texts[first]
        if self.index > first + 1:
            name = " ".join(self.texts[first : self.index])
        if not name.isascii():
            self._refuse_fullwidth(name, self.starts[first])
        return name

    def new_name(self, *stops: str) -> str | None:
        """Step over a name that is being introduced and ends before one of the given tokens."""
        first = self.index
        while not self.at_end() and self.texts[self.index] not in stops and self._may_name(self.index):
            self.index += 1
        if self.index == first or self.kinds[first] != "name":
            self.unexpected("name")
            return None
        end = self.starts[self.index - 1] + len(self.texts[self.index - 1])
        return " ".join(self.source[self.starts[first] : end].split())

    def _refuse_fullwidth(self, name: str, at: int) -> None:
        """Note an operator in its full-width form, which FEEL takes for a part of the name."""
        found = next((character for character in name if character in FULLWIDTH_OPERATORS), None)
        if found is not None and name not in self.declared:
            place = self.source.find(found, at)
            self.error("fullwidth_character", place, expected=FULLWIDTH[found], found=found)

    def _may_name(self, index: int) -> bool:
        return self.kinds[index] in ("name", "number") or self.texts[index] in _IN_NAMES

    def _ends_name(self, index: int) -> bool:
        word = self.texts[index]
        return word in KEYWORDS or (word == "instance" and self.texts[index + 1] == "of")

    def _skip(self) -> None:
        nested = 0
        while not self.at_end():
            text = self.texts[self.index]
            if nested == 0 and text in _RESUME:
                return
            nested += (text in _OPENING) - (text in _CLOSING)
            self.index += 1

    def _refuse_too_long(self) -> None:
        if len(self.source) > MOST_CHARACTERS:
            self._too_long(f"{MOST_CHARACTERS} characters", str(len(self.source)))
        elif len(self.texts) > MOST_TOKENS:
            self._too_long(f"{MOST_TOKENS} tokens", str(len(self.texts)))

    def _too_long(self, limit: str, found: str) -> None:
        self.error("too_long", 0, limit=limit, found=found)
        self.kinds, self.texts, self.starts = [END], [""], [0]
