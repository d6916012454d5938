"""What a JUEL expression is made of."""

from typing import Literal

from msgspec import Struct

Operator = Literal["||", "&&", "==", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "%"]


class Syntax(Struct, frozen=True, kw_only=True):
    """One part of an expression; `at` is the place of its first character."""

    at: int = 0


class Number(Syntax, frozen=True, kw_only=True):
    digits: str


class Words(Syntax, frozen=True, kw_only=True):
    """A fixed text."""

    text: str


class Fixed(Syntax, frozen=True, kw_only=True):
    value: Literal["true", "false", "null"]


class Name(Syntax, frozen=True, kw_only=True):
    name: str


class Member(Syntax, frozen=True, kw_only=True):
    """`of.name`."""

    of: Syntax
    name: str


class Index(Syntax, frozen=True, kw_only=True):
    """`of[by]`."""

    of: Syntax
    by: Syntax


class Call(Syntax, frozen=True, kw_only=True):
    """`order.isGold()` or `fn(x)`: somebody's program, which is why only its name is kept."""

    what: str
    arguments: int = 0


class Unary(Syntax, frozen=True, kw_only=True):
    operator: Literal["!", "-", "empty"]
    of: Syntax


class Binary(Syntax, frozen=True, kw_only=True):
    operator: Operator
    left: Syntax
    right: Syntax


class Choice(Syntax, frozen=True, kw_only=True):
    """`condition ? yes : no`."""

    condition: Syntax
    yes: Syntax
    no: Syntax


class Template(Syntax, frozen=True, kw_only=True):
    """Fixed text with expressions in it, such as `PO-${number}`; one expression alone is not a template."""

    parts: tuple[Syntax, ...]
