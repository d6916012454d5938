"""Recognise names of several words, or with symbols in them, in a row of tokens."""

from collections.abc import Iterable
from functools import lru_cache

from shuli.core.feel.grammar.lexer import tokens_of

Words = tuple[str, ...]

KEYWORDS = frozenset(
    {"for", "return", "if", "then", "else", "some", "every", "satisfies", "between", "and", "or", "in",
     "function", "null", "true", "false"},
)  # fmt: skip


class NameTable:
    """Names by their first word, longest first, so that `date and time` wins over `date`."""

    __slots__ = ("by_first",)

    def __init__(self, names: Iterable[str] = (), base: "NameTable | None" = None) -> None:
        self.by_first: dict[str, tuple[tuple[Words, str], ...]] = dict(base.by_first) if base else {}
        for name in names:
            words = words_of(name)
            if needs_lookup(words):
                self._add(words, name)

    def extended(self, name: str) -> "NameTable":
        """Return a table that knows one name more."""
        return NameTable((name,), self) if needs_lookup(words_of(name)) else self

    def merged(self, other: "NameTable") -> "NameTable":
        """Return a table that knows the names of both."""
        if other is self or not other.by_first:
            return self
        table = NameTable(base=self)
        for entries in other.by_first.values():
            for words, name in entries:
                table._add(words, name)
        return table

    def longest_at(self, texts: list[str], index: int) -> tuple[Words, str] | None:
        """Return the longest known name that begins at a token."""
        for words, name in self.by_first.get(texts[index], ()):
            if tuple(texts[index : index + len(words)]) == words:
                return words, name
        return None

    def _add(self, words: Words, name: str) -> None:
        known = {entry[0]: entry for entry in self.by_first.get(words[0], ())}
        known[words] = (words, name)
        longest_first = sorted(known.values(), key=lambda entry: -len(entry[0]))
        self.by_first[words[0]] = tuple(longest_first)


NO_NAMES = NameTable()


@lru_cache(maxsize=8192)
def words_of(name: str) -> Words:
    """Return the tokens of a name, so that spaces in it do not matter."""
    return tuple(tokens_of(name).texts[:-1])


def needs_lookup(words: Words) -> bool:
    """Return whether a name cannot be read word by word: it has symbols or keywords in it."""
    return len(words) > 1 or (len(words) == 1 and words[0] in KEYWORDS)


@lru_cache(maxsize=512)
def table_of(names: tuple[str, ...], base: NameTable) -> NameTable:
    return NameTable(names, base) if names else base
