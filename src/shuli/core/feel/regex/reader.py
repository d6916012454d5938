"""Read the text of a regular expression (XPath and XQuery Functions 3.1, section 5.6)."""

from collections.abc import Callable

from shuli.core.feel.regex import classes
from shuli.core.feel.regex.pattern import (
    Accepts,
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

_NORMAL_ENDS = frozenset("|)")
_NOT_NORMAL = frozenset("?*+{}]")
_MOST_LEVELS = 50
MOST_REPEATS = 1000
_DIGITS = frozenset("0123456789")


class Reader:
    """The place in a pattern up to which it has been read."""

    def __init__(self, text: str, flags: frozenset[str]) -> None:
        self._text = text
        self._flags = flags
        self._index = 0
        self._level = 0
        self._closed: set[int] = set()
        self.groups = 0

    def read(self) -> Pattern:
        """Return the whole pattern; PatternError when it is none."""
        if "q" in self._flags:
            return Sequence(parts=tuple(self._literal(character) for character in self._text))
        pattern = self._alternatives()
        if self._index < len(self._text):
            raise self._unexpected()
        return pattern

    def _alternatives(self) -> Pattern:
        self._level += 1
        if self._level > _MOST_LEVELS:
            raise PatternError("Expected fewer groups inside one another")
        options = [self._sequence()]
        while self._accept("|"):
            options.append(self._sequence())
        self._level -= 1
        return options[0] if len(options) == 1 else Alternatives(options=tuple(options))

    def _sequence(self) -> Pattern:
        parts: list[Pattern] = []
        while (character := self._peek()) and character not in _NORMAL_ENDS:
            parts.append(self._quantified(self._atom()))
        return Sequence(parts=tuple(parts))

    def _atom(self) -> Pattern:
        character = self._next()
        read = _ATOMS.get(character)
        if read is not None:
            return read(self)
        if character in _NOT_NORMAL:
            self._index -= 1
            raise self._unexpected()
        return self._literal(character)

    def _quantified(self, part: Pattern) -> Pattern:
        character = self._peek()
        if character in ("?", "*", "+"):
            self._next()
            fewest, most = _QUANTIFIERS[character]
        elif character == "{":
            self._next()
            fewest, most = self._quantity()
        else:
            return part
        return Repetition(part=part, fewest=fewest, most=most, greedy=not self._accept("?"))

    def _quantity(self) -> tuple[int, int | None]:
        fewest = self._number()
        most: int | None = fewest
        if self._accept(","):
            most = self._number() if self._peek() in _DIGITS else None
        self._expect("}")
        if fewest > MOST_REPEATS or (most is not None and not fewest <= most <= MOST_REPEATS):
            raise PatternError(f"Expected at most {MOST_REPEATS} repetitions, the smaller number first")
        return fewest, most

    def _number(self) -> int:
        digits = ""
        while self._peek() in _DIGITS and len(digits) < 6:
            digits += self._next()
        if not digits:
            raise self._unexpected()
        return int(digits)

    def _group(self) -> Pattern:
        number: int | None = None
        if self._accept("?"):
            self._expect(":")
        else:
            self.groups += 1
            number = self.groups
        part = self._alternatives()
        self._expect(")")
        if number is not None:
            self._closed.add(number)
        return Group(number=number, part=part)

    def _dot(self) -> Pattern:
        return Character(accepts=_anything if "s" in self._flags else _no_line_end)

    def _start(self) -> Pattern:
        return Anchor(at_end=False)

    def _end(self) -> Pattern:
        return Anchor(at_end=True)

    def _escape(self) -> Pattern:
        character = self._peek()
        if character in _DIGITS and character != "0":
            return self._reference()
        if character in classes.SINGLE:
            self._next()
            return self._literal(classes.SINGLE[character])
        return Character(accepts=classes.remembered(self._multiple_escape()))

    def _reference(self) -> Pattern:
        number = int(self._next())
        while self._peek() in _DIGITS and number * 10 + int(self._peek()) <= self.groups:
            number = number * 10 + int(self._next())
        if number not in self._closed:
            raise PatternError(f"Expected a reference to a group that is closed but found \\{number}")
        return Reference(group=number)

    def _multiple_escape(self) -> Accepts:
        character = self._next()
        if character in classes.MULTIPLE:
            return classes.MULTIPLE[character]
        if character not in ("p", "P"):
            raise PatternError(f"Expected an escape that XPath knows but found \\{character}")
        self._expect("{")
        name = ""
        while self._peek() not in ("}", ""):
            name += self._next(skip=False)
        self._expect("}")
        accepts = classes.category(name)
        return classes.negated(accepts) if character == "P" else accepts

    def _class(self) -> Pattern:
        return Character(accepts=classes.remembered(self._class_set()))

    def _class_set(self) -> Accepts:
        is_negated = self._accept("^", skip=False)
        parts: list[Accepts] = []
        taken_out: Accepts | None = None
        while not self._accept("]", skip=False):
            if parts and self._text.startswith("-[", self._index):
                self._index += 2
                taken_out = self._class_set()
                self._expect("]", skip=False)
                break
            parts.append(self._class_part(is_first=not parts))
        if not parts:
            raise self._unexpected()
        accepts = classes.either(parts)
        accepts = classes.negated(accepts) if is_negated else accepts
        return accepts if taken_out is None else classes.without(accepts, taken_out)

    def _class_part(self, *, is_first: bool) -> Accepts:
        start = self._class_character(is_first=is_first)
        if not isinstance(start, str):
            return start
        if self._peek(skip=False) != "-" or self._text[self._index + 1 : self._index + 2] in ("]", "[", ""):
            return classes.one_in_any_case(start) if "i" in self._flags else classes.one(start)
        self._index += 1
        end = self._class_character(is_first=False)
        if not isinstance(end, str) or end < start:
            raise self._unexpected()
        return self._in_any_case(classes.within(((ord(start), ord(end)),)))

    def _class_character(self, *, is_first: bool) -> str | Accepts:
        character = self._next(skip=False)
        if character == "[" or (character == "-" and not is_first and self._peek(skip=False) != "]"):
            raise self._unexpected()
        if character != "\\":
            return character
        escaped = self._peek(skip=False)
        if escaped in classes.SINGLE:
            self._index += 1
            return classes.SINGLE[escaped]
        return self._multiple_escape()

    def _literal(self, character: str) -> Pattern:
        if "i" in self._flags and len(classes.variants(character)) > 1:
            return Character(accepts=classes.remembered(classes.one_in_any_case(character)))
        return Character(accepts=classes.one(character), literal=character)

    def _in_any_case(self, accepts: Accepts) -> Accepts:
        return classes.ignoring_case(accepts) if "i" in self._flags else accepts

    def _peek(self, *, skip: bool = True) -> str:
        if skip and "x" in self._flags:
            while self._text[self._index : self._index + 1] in (" ", "\t", "\n", "\r"):
                self._index += 1
        return self._text[self._index : self._index + 1]

    def _next(self, *, skip: bool = True) -> str:
        character = self._peek(skip=skip)
        if not character:
            raise PatternError("Expected more but found the end of the pattern")
        self._index += 1
        return character

    def _accept(self, character: str, *, skip: bool = True) -> bool:
        if self._peek(skip=skip) != character:
            return False
        self._index += 1
        return True

    def _expect(self, character: str, *, skip: bool = True) -> None:
        if not self._accept(character, skip=skip):
            raise self._unexpected()

    def _unexpected(self) -> PatternError:
        found = self._text[self._index : self._index + 1] or "the end"
        return PatternError(f"Expected a regular expression but found {found} at position {self._index}")


def _anything(_: str) -> bool:
    return True


def _no_line_end(character: str) -> bool:
    return character not in "\n\r"


_QUANTIFIERS: dict[str, tuple[int, int | None]] = {"?": (0, 1), "*": (0, None), "+": (1, None)}
_ATOMS: dict[str, Callable[[Reader], Pattern]] = {
    "(": Reader._group,  # noqa: SLF001 — the table of this class's own readers
    "[": Reader._class,  # noqa: SLF001
    "\\": Reader._escape,  # noqa: SLF001
    ".": Reader._dot,  # noqa: SLF001
    "^": Reader._start,  # noqa: SLF001
    "$": Reader._end,  # noqa: SLF001
}
