"""JUEL, the expression language of Camunda's files, translated to FEEL where it says the same.

Values, comparisons, logic, arithmetic, properties and indexes have a counterpart. Method calls do not: they run somebody's
program, so they are not understood.
"""

import re
from collections.abc import Callable, Mapping

WRAPPED = re.compile(r"^\s*[$#]\{(.*)\}\s*$", re.DOTALL)
TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<text>'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
    r"|(?P<name>[^\W\d]\w*)|(?P<sign>&&|\|\||[=!<>]=|[-+*/%<>!?:()\[\].,]))"
)
WORDS: Mapping[str, str] = {
    "and": "&&", "or": "||", "not": "!", "eq": "==", "ne": "!=",
    "lt": "<", "gt": ">", "le": "<=", "ge": ">=", "div": "/", "mod": "%",
}  # fmt: skip

# Loosest first; how each operator is written in FEEL.
LEVELS: tuple[Mapping[str, str], ...] = (
    {"||": "{} or {}"},
    {"&&": "{} and {}"},
    {"==": "{} = {}", "!=": "{} != {}"},
    {"<": "{} < {}", ">": "{} > {}", "<=": "{} <= {}", ">=": "{} >= {}"},
    {"+": "{} + {}", "-": "{} - {}"},
    {"*": "{} * {}", "/": "{} / {}", "%": "modulo({}, {})"},
)
MOST_TOKENS = 400


class _NotTranslatable(Exception):  # noqa: N818 — never leaves this file
    pass


def is_juel(text: str) -> bool:
    return WRAPPED.match(text) is not None


def translate(text: str) -> str | None:
    """Return `${…}` as FEEL, or None where FEEL cannot say the same."""
    wrapped = WRAPPED.match(text)
    if wrapped is None:
        return None
    try:
        return _Translation(_tokens(wrapped[1])).whole()
    except _NotTranslatable:
        return None


def _tokens(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    position = 0
    while text[position:].strip():
        match = TOKEN.match(text, position)
        if match is None or len(found) > MOST_TOKENS:
            raise _NotTranslatable
        kind = match.lastgroup or ""
        word = match[kind]
        found.append(("sign", WORDS[word]) if kind == "name" and word in WORDS else (kind, word))
        position = match.end()
    return found


class _Translation:
    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens = tokens
        self.position = 0

    def whole(self) -> str:
        text = self.choice()
        if self.position < len(self.tokens):
            raise _NotTranslatable
        return text

    def choice(self) -> str:
        condition = self.operation(0)
        if not self.takes("?"):
            return condition
        yes = self.choice()
        self.expect(":")
        return f"if {condition} then {yes} else {self.choice()}"

    def operation(self, level: int) -> str:
        if level == len(LEVELS):
            return self.unary()
        left = self.operation(level + 1)
        while self.sign() in LEVELS[level]:
            form = LEVELS[level][self.next()[1]]
            left = form.format(left, self.operation(level + 1))
        return left

    def unary(self) -> str:
        if self.takes("!"):
            return f"not({self.unary()})"
        if self.takes("-"):
            return f"-{self.unary()}"
        return self.path(self.primary())

    def path(self, base: str) -> str:
        while True:
            if self.takes("."):
                kind, word = self.next()
                if kind != "name" or self.sign() == "(":
                    raise _NotTranslatable
                base = f"{base}.{word}"
            elif self.takes("["):
                base = self.index(base)
            else:
                return base

    def index(self, base: str) -> str:
        kind, word = self.next()
        self.expect("]")
        if kind == "number" and "." not in word:
            return f"{base}[{int(word) + 1}]"  # FEEL counts from 1
        if kind == "text" and word[1:-1].isidentifier():
            return f"{base}.{word[1:-1]}"
        raise _NotTranslatable

    def primary(self) -> str:
        kind, word = self.next()
        if kind == "sign":
            if word != "(":
                raise _NotTranslatable
            inner = self.choice()
            self.expect(")")
            return f"({inner})"
        if kind == "name" and (word == "empty" or self.sign() == "("):
            raise _NotTranslatable
        return PRIMARY[kind](word)

    def sign(self) -> str:
        kind, word = self.tokens[self.position] if self.position < len(self.tokens) else ("", "")
        return word if kind == "sign" else ""

    def takes(self, sign: str) -> bool:
        if self.sign() != sign:
            return False
        self.position += 1
        return True

    def expect(self, sign: str) -> None:
        if not self.takes(sign):
            raise _NotTranslatable

    def next(self) -> tuple[str, str]:
        if self.position >= len(self.tokens):
            raise _NotTranslatable
        self.position += 1
        return self.tokens[self.position - 1]


def _quoted(word: str) -> str:
    plain = re.sub(r"\\(.)", r"\1", word[1:-1])
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


PRIMARY: Mapping[str, Callable[[str], str]] = {"number": str, "text": _quoted, "name": str}
