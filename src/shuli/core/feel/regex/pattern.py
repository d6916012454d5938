"""The parts of a regular expression."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

Accepts = Callable[[str], bool]


class PatternError(ValueError):
    """The pattern, its flags or its replacement are not what XPath allows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Character:
    """One character out of a set."""

    accepts: Accepts
    literal: str = ""  # set when it is one certain character


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequence:
    parts: tuple["Pattern", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternatives:
    options: tuple["Pattern", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Repetition:
    part: "Pattern"
    fewest: int
    most: int | None
    greedy: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A part in parentheses; `number` is None when it is not captured."""

    number: int | None
    part: "Pattern"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """The text that a group matched, once more."""

    group: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    at_end: bool


Pattern: TypeAlias = Character | Sequence | Alternatives | Repetition | Group | Reference | Anchor
