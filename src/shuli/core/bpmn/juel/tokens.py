"""Cut JUEL into tokens."""

import re
from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

Kind = Literal["number", "text", "name", "sign", "end"]

_TOKEN = re.compile(
    r"""
    (?P<space>\s+)
    |(?P<number>(?:\d+\.\d*|\.\d+|\d+)(?:[eE][+-]?\d+)?)
    |(?P<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
    |(?P<name>[^\W\d]\w*|\$\w+)
    |(?P<sign>&&|\|\||[=!<>]=|[-+*/%<>!?:()\[\].,}])
    |(?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
# Operators that may be written as words.
SPELLED: Mapping[str, str] = {
    "and": "&&", "or": "||", "not": "!", "eq": "==", "ne": "!=",
    "lt": "<", "gt": ">", "le": "<=", "ge": ">=", "div": "/", "mod": "%",
}  # fmt: skip
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
# Longer than any condition that a person has written; deeper nesting than this would not be understood either.
MOST_TOKENS = 400


class Token(Struct, frozen=True, kw_only=True):
    kind: Kind
    word: str
    at: int

    @property
    def text(self) -> str:
        """Return what a quoted text means."""
        return _ESCAPED.sub(r"\1", self.word[1:-1])


class Unreadable(Exception):  # noqa: N818 — never leaves this package
    """The text is no JUEL, or too much of it."""

    def __init__(self, at: int, problem: Literal["juel_broken", "juel_too_long"] = "juel_broken") -> None:
        super().__init__(at, problem)
        self.at = at
        self.problem: Literal["juel_broken", "juel_too_long"] = problem


def tokens_inside(source: str, start: int) -> tuple[tuple[Token, ...], int]:
    """Return the tokens of the expression that begins after `${`, and the place behind its `}`."""
    found: list[Token] = []
    for match in _TOKEN.finditer(source, start):
        kind, word, at = match.lastgroup, match.group(), match.start()
        if kind == "space":
            continue
        if word == "}":
            return (*found, Token(kind="end", word="", at=at)), match.end()
        if kind == "other":
            raise Unreadable(at)
        if len(found) == MOST_TOKENS:
            raise Unreadable(at, "juel_too_long")
        found.append(_token(kind or "", word, at))
    raise Unreadable(len(source))


def _token(kind: str, word: str, at: int) -> Token:
    if kind == "name" and word in SPELLED:
        return Token(kind="sign", word=SPELLED[word], at=at)
    kinds: Mapping[str, Kind] = {"number": "number", "text": "text", "name": "name"}
    return Token(kind=kinds.get(kind, "sign"), word=word, at=at)
