"""The grammar of JUEL (Unified Expression Language 2.2), one method for each rule.

whole    = one expression `${…}` or `#{…}`, or text with such expressions in it
choice   = binary [ "?" choice ":" choice ]
binary   = the operators of LEVELS, loosest first, each left to right
unary    = ( "!" | "-" | "empty" ) unary | path
path     = primary { "." name [ arguments ] | "[" choice "]" }
primary  = number | text | true | false | null | name [ arguments ] | "(" choice ")"
"""

import re
from typing import cast

from shuli.core.bpmn.juel import syntax as s
from shuli.core.bpmn.juel.tokens import Token, Unreadable, tokens_inside

OPENING = re.compile(r"[$#]\{")
LEVELS: tuple[frozenset[str], ...] = (
    frozenset({"||"}),
    frozenset({"&&"}),
    frozenset({"==", "!="}),
    frozenset({"<", "<=", ">", ">="}),
    frozenset({"+", "-"}),
    frozenset({"*", "/", "%"}),
)
FIXED = ("true", "false", "null")
# Each level of nesting costs the reader a dozen of Python's frames.
DEEPEST = 40


def parse(source: str) -> s.Syntax:
    """Return what a text with JUEL in it says. Raises Unreadable."""
    parts: list[s.Syntax] = []
    place = 0
    while opening := OPENING.search(source, place):
        if opening.start() > place:
            parts.append(s.Words(text=source[place : opening.start()], at=place))
        tokens, place = tokens_inside(source, opening.end())
        parts.append(_Reader(tokens).whole())
    if place < len(source):
        parts.append(s.Words(text=source[place:], at=place))
    if not parts:
        raise Unreadable(0)
    return parts[0] if len(parts) == 1 else s.Template(parts=tuple(parts))


class _Reader:
    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self.tokens = tokens
        self.place = 0
        self.depth = 0

    @property
    def now(self) -> Token:
        return self.tokens[self.place]

    def whole(self) -> s.Syntax:
        found = self.choice()
        if self.now.kind != "end":
            raise Unreadable(self.now.at)
        return found

    def choice(self) -> s.Syntax:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unreadable(self.now.at, "juel_too_long")
        condition = self.binary(0)
        if self.takes("?"):
            yes = self.choice()
            self.expect(":")
            condition = s.Choice(condition=condition, yes=yes, no=self.choice(), at=condition.at)
        self.depth -= 1
        return condition

    def binary(self, level: int) -> s.Syntax:
        if level == len(LEVELS):
            return self.unary()
        left = self.binary(level + 1)
        while self.now.kind == "sign" and self.now.word in LEVELS[level]:
            operator = cast(s.Operator, self.next().word)
            left = s.Binary(operator=operator, left=left, right=self.binary(level + 1), at=left.at)
        return left

    def unary(self) -> s.Syntax:
        """Read signs in a row without recursion: each stands before all that follow it."""
        signs: list[Token] = []
        while self.now.word in ("!", "-", "empty") and self.now.kind != "text":
            signs.append(self.next())
        found = self.path(self.primary())
        for sign in reversed(signs):
            operator = "!" if sign.word == "!" else "-" if sign.word == "-" else "empty"
            found = s.Unary(operator=operator, of=found, at=sign.at)  # type: ignore[arg-type]
        return found

    def path(self, base: s.Syntax) -> s.Syntax:
        while True:
            if self.takes("."):
                base = self.member(base)
            elif self.takes("["):
                base = s.Index(of=base, by=self.choice(), at=base.at)
                self.expect("]")
            else:
                return base

    def member(self, base: s.Syntax) -> s.Syntax:
        name = self.next()
        if name.kind != "name":
            raise Unreadable(name.at)
        if self.now.word != "(" or self.now.kind != "sign":
            return s.Member(of=base, name=name.word, at=base.at)
        return s.Call(what=f"{label(base)}{name.word}", arguments=self.arguments(), at=name.at)

    def primary(self) -> s.Syntax:
        token = self.next()
        if token.kind == "number":
            return s.Number(digits=token.word, at=token.at)
        if token.kind == "text":
            return s.Words(text=token.text, at=token.at)
        if token.kind == "name":
            return self.named(token)
        if token.word != "(" or token.kind == "end":
            raise Unreadable(token.at)
        inner = self.choice()
        self.expect(")")
        return inner

    def named(self, token: Token) -> s.Syntax:
        if token.word in FIXED:
            return s.Fixed(value=token.word, at=token.at)  # type: ignore[arg-type]
        if self.is_prefix(token):
            self.place += 1
            name = self.next().word
            return s.Call(what=f"{token.word}:{name}", arguments=self.arguments(), at=token.at)
        if self.now.kind == "sign" and self.now.word == "(":
            return s.Call(what=token.word, arguments=self.arguments(), at=token.at)
        return s.Name(name=token.word, at=token.at)

    def is_prefix(self, token: Token) -> bool:
        """Say whether the name is a function's prefix (`fn:now()`), and not one side of a choice."""
        colon, name, opening = (
            *self.tokens[self.place :],
            self.tokens[-1],
            self.tokens[-1],
            self.tokens[-1],
        )[:3]
        together = colon.at == token.at + len(token.word) and name.at == colon.at + 1
        return colon.word == ":" and name.kind == "name" and opening.word == "(" and together

    def arguments(self) -> int:
        """Read what is given to a call, and return how many."""
        self.expect("(")
        if self.takes(")"):
            return 0
        self.choice()
        count = 1
        while self.takes(","):
            self.choice()
            count += 1
        self.expect(")")
        return count

    def takes(self, sign: str) -> bool:
        if self.now.kind != "sign" or self.now.word != sign:
            return False
        self.place += 1
        return True

    def expect(self, sign: str) -> None:
        if not self.takes(sign):
            raise Unreadable(self.now.at)

    def next(self) -> Token:
        token = self.now
        if token.kind == "end":
            raise Unreadable(token.at)
        self.place += 1
        return token


def label(base: s.Syntax) -> str:
    """Return what stands before the name of a method, for a message."""
    if isinstance(base, s.Name):
        return f"{base.name}."
    if isinstance(base, s.Member):
        return f"{label(base.of)}{base.name}."
    return "(…)."
