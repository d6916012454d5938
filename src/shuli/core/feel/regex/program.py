"""Compile a pattern to a small program and run it without ever trying a state twice.

Without references to groups a state (instruction, position) that failed once fails always, so each is
tried once and the time is bounded by pattern × text. With references the captured groups belong to the
state, and the caller's budget is the bound.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from shuli.core.feel.regex.pattern import (
    Alternatives,
    Anchor,
    Character,
    Group,
    Pattern,
    PatternError,
    Reference,
    Repetition,
    Sequence,
)
from shuli.core.feel.regex.reader import Reader

_CHARACTER, _SPLIT, _JUMP, _SAVE, _START, _END, _SAME, _DONE = range(8)
_MOST_INSTRUCTIONS = 4000
# One step costs as much as this many parts of an expression.
_COST = 3
_MOST_UNPAID = 500
_FLAGS = frozenset("smixq")

# Where groups begin and end: group n at 2n and 2n+1, the whole match at 0 and 1.
Captures = tuple[int, ...]
# The next instruction, the position in the text, the groups so far.
Thread = tuple[int, int, Captures]
# Told how many steps were taken; stops the search when they are too many.
Spend = Callable[[int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A compiled pattern."""

    code: tuple[tuple[int, Any, Any], ...]
    groups: int
    has_references: bool
    first: str  # a character that every match begins with, "" when there is none
    multiline: bool
    ignores_case: bool

    def search(self, text: str, start: int, spend: Spend) -> Captures | None:
        """Return the leftmost match from a position on; None when there is none."""
        seen: set[Any] = set()
        for position in self._starts(text, start):
            found = self._match(text, position, seen, spend)
            if found is not None:
                return found
        return None

    def _starts(self, text: str, start: int) -> Iterator[int]:
        """Yield the positions at which a match may begin."""
        if not self.first:
            yield from range(start, len(text) + 1)
            return
        position = text.find(self.first, start)
        while position >= 0:
            yield position
            position = text.find(self.first, position + 1)

    def _match(self, text: str, start: int, seen: set[Any], spend: Spend) -> Captures | None:
        waiting: list[Thread] = [(0, start, (-1,) * (2 * self.groups + 2))]
        while waiting:
            thread: Thread | None = waiting.pop()
            steps = len(seen)
            while thread is not None:
                state = thread if self.has_references else thread[:2]
                if state in seen:
                    break
                seen.add(state)
                if len(seen) - steps > _MOST_UNPAID:
                    spend(_COST * (len(seen) - steps))
                    steps = len(seen)
                if self.code[thread[0]][0] == _DONE:
                    return thread[2]
                thread = self._advanced(text, thread, waiting)
            spend(_COST * (len(seen) - steps))
        return None

    def _advanced(self, text: str, thread: Thread, waiting: list[Thread]) -> Thread | None:
        """Return where a thread is after one instruction; None when it fails."""
        at, position, captures = thread
        kind, one, other = self.code[at]
        if kind == _CHARACTER:
            passes = position < len(text) and one(text[position])
            return (at + 1, position + 1, captures) if passes else None
        if kind == _SPLIT:
            waiting.append((other, position, captures))
            return one, position, captures
        if kind == _JUMP:
            return one, position, captures
        if kind == _SAVE:
            return at + 1, position, (*captures[:one], position, *captures[one + 1 :])
        moved = self._condition(kind, one, text, position, captures)
        return None if moved is None else (at + 1, moved, captures)

    def _condition(self, kind: int, group: Any, text: str, position: int, captures: Captures) -> int | None:
        """Return the position after an anchor or a reference; None when it does not hold."""
        if kind == _START:
            holds = position == 0 or (self.multiline and text[position - 1] == "\n")
            return position if holds else None
        if kind == _END:
            holds = position == len(text) or (self.multiline and text[position] == "\n")
            return position if holds else None
        start, end = captures[2 * group : 2 * group + 2]
        if start < 0 or end < 0:
            # a group that took no part matched nothing
            return position
        return self._repeated(text, text[start:end], position)

    def _repeated(self, text: str, expected: str, position: int) -> int | None:
        end = position + len(expected)
        found = text[position:end]
        if self.ignores_case:
            expected, found = expected.casefold(), found.casefold()
        return end if expected == found else None


@lru_cache(maxsize=512)
def program_of(pattern: str, flags: str = "") -> Program:
    """Return the program of a pattern; PatternError when the pattern or a flag is wrong."""
    if set(flags) - _FLAGS:
        raise PatternError(f"Expected the flags s, m, i, x and q but found {flags}")
    known = frozenset(flags)
    reader = Reader(pattern, known)
    tree = reader.read()
    writer = _Writer()
    writer.write(Group(number=0, part=tree))
    writer.add(_DONE)
    return Program(
        code=tuple(writer.code),
        groups=reader.groups,
        has_references=writer.has_references,
        first=_first(tree),
        multiline="m" in known,
        ignores_case="i" in known,
    )


def _first(pattern: Pattern) -> str:
    if isinstance(pattern, Character):
        return pattern.literal
    if isinstance(pattern, Sequence) and pattern.parts:
        return _first(pattern.parts[0])
    return _first(pattern.part) if isinstance(pattern, Group) else ""


class _Writer:
    """Writes the instructions of a pattern."""

    def __init__(self) -> None:
        self.code: list[tuple[int, Any, Any]] = []
        self.has_references = False

    def add(self, kind: int, one: Any = None, other: Any = None) -> int:
        if len(self.code) >= _MOST_INSTRUCTIONS:
            raise PatternError("Expected a pattern with fewer repetitions")
        self.code.append((kind, one, other))
        return len(self.code) - 1

    def write(self, pattern: Pattern) -> None:
        _WRITERS[type(pattern)](self, pattern)

    def character(self, pattern: Character) -> None:
        self.add(_CHARACTER, pattern.accepts)

    def sequence(self, pattern: Sequence) -> None:
        for part in pattern.parts:
            self.write(part)

    def alternatives(self, pattern: Alternatives) -> None:
        ends: list[int] = []
        for option in pattern.options[:-1]:
            split = self.add(_SPLIT)
            self.write(option)
            ends.append(self.add(_JUMP))
            self.code[split] = (_SPLIT, split + 1, len(self.code))
        self.write(pattern.options[-1])
        for end in ends:
            self.code[end] = (_JUMP, len(self.code), None)

    def repetition(self, pattern: Repetition) -> None:
        for _ in range(pattern.fewest):
            self.write(pattern.part)
        if pattern.most is None:
            self._any_number(pattern)
        else:
            self._optional(pattern, pattern.most - pattern.fewest)

    def _any_number(self, pattern: Repetition) -> None:
        split = self.add(_SPLIT)
        self.write(pattern.part)
        self.add(_JUMP, split)
        self._set_split(split, pattern, len(self.code))

    def _optional(self, pattern: Repetition, times: int) -> None:
        splits: list[int] = []
        for _ in range(times):
            splits.append(self.add(_SPLIT))
            self.write(pattern.part)
        for split in splits:
            self._set_split(split, pattern, len(self.code))

    def _set_split(self, split: int, pattern: Repetition, after: int) -> None:
        inside = split + 1
        self.code[split] = (_SPLIT, inside, after) if pattern.greedy else (_SPLIT, after, inside)

    def group(self, pattern: Group) -> None:
        if pattern.number is None:
            self.write(pattern.part)
            return
        self.add(_SAVE, 2 * pattern.number)
        self.write(pattern.part)
        self.add(_SAVE, 2 * pattern.number + 1)

    def reference(self, pattern: Reference) -> None:
        self.has_references = True
        self.add(_SAME, pattern.group)

    def anchor(self, pattern: Anchor) -> None:
        self.add(_END if pattern.at_end else _START)


_WRITERS: dict[type, Callable[[_Writer, Any], None]] = {
    Character: _Writer.character,
    Sequence: _Writer.sequence,
    Alternatives: _Writer.alternatives,
    Repetition: _Writer.repetition,
    Group: _Writer.group,
    Reference: _Writer.reference,
    Anchor: _Writer.anchor,
}
