"""JUEL → FEEL. What FEEL cannot say the same is not guessed: the answer then names what it is.

Where the two languages differ the translation keeps JUEL's meaning: lists count from 0 there and from 1 in FEEL, a
remainder has the sign of the dividend, and Camunda's own names have names of BPMN's here.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Literal

from msgspec import Struct

from shuli.core.bpmn.juel import syntax as s
from shuli.core.bpmn.juel.parsing import OPENING, parse
from shuli.core.bpmn.juel.tokens import Unreadable
from shuli.core.feel import compile_expression

Why = Literal["juel_broken", "juel_too_long", "juel_call", "juel_engine_object", "juel_index", "juel_name"]


class Untranslatable(Struct, frozen=True, kw_only=True):
    """Why there is no FEEL for a text; `what` is the part that stands in the way."""

    why: Why
    what: str


class _No(Exception):  # noqa: N818 — never leaves this file
    def __init__(self, why: Why, what: str) -> None:
        super().__init__(why, what)
        self.answer = Untranslatable(why=why, what=what)


# What Camunda counts of a multi-instance, by the names that BPMN gives; its loopCounter begins at 0.
RENAMED: Mapping[str, str] = {
    "nrOfInstances": "numberOfInstances",
    "nrOfActiveInstances": "numberOfActiveInstances",
    "nrOfCompletedInstances": "numberOfCompletedInstances",
    "nrOfTerminatedInstances": "numberOfTerminatedInstances",
    "loopCounter": "(loopCounter - 1)",
}
# Parts of Camunda's program that every expression there can reach.
ENGINE_OBJECTS = frozenset(
    {"execution", "task", "caseExecution", "authenticatedUserId", "externalTask", "delegateExecution",
     "variableScope"}
)  # fmt: skip
# How tightly FEEL binds; what binds less tightly than its place asks for is put into parentheses.
CHOICE, OR, AND, COMPARED, SUM, PRODUCT, NEGATED, PATH = range(8)
OPERATORS: Mapping[str, tuple[int, str]] = {
    "||": (OR, "or"), "&&": (AND, "and"),
    "==": (COMPARED, "="), "!=": (COMPARED, "!="), "<": (COMPARED, "<"), "<=": (COMPARED, "<="),
    ">": (COMPARED, ">"), ">=": (COMPARED, ">="),
    "+": (SUM, "+"), "-": (SUM, "-"), "*": (PRODUCT, "*"), "/": (PRODUCT, "/"),
}  # fmt: skip
PLAIN_NAME = re.compile(r"[^\W\d]\w*")


def is_juel(text: str) -> bool:
    """Say whether a text has JUEL in it: FEEL has no such sign outside of its own texts."""
    found = OPENING.search(text)
    return found is not None and '"' not in text[: found.start()]


def translate(text: str) -> str | Untranslatable:
    """Return the FEEL that says what `${…}`, or text with `${…}` in it, says; or why there is none."""
    try:
        tree = parse(text.strip())
        feel, _ = _written(tree)
    except Unreadable as unreadable:
        return Untranslatable(why=unreadable.problem, what=text.strip()[unreadable.at :][:20])
    except _No as no:
        return no.answer
    if compile_expression(feel).errors:
        return Untranslatable(why="juel_name", what=text.strip())
    return feel


def _written(tree: s.Syntax) -> tuple[str, int]:
    """Return FEEL text and how tightly it binds."""
    return WRITERS[type(tree)](tree)


def _inside(tree: s.Syntax, binding: int) -> str:
    """Return the text of a part, in parentheses where its place needs them."""
    text, own = _written(tree)
    return text if own >= binding else f"({text})"


def _number(tree: s.Number) -> tuple[str, int]:
    digits = tree.digits
    return ("0" + digits if digits.startswith(".") else re.sub(r"\.(?=$|[eE])", "", digits)), PATH


def _words(tree: s.Words) -> tuple[str, int]:
    return quoted(tree.text), PATH


def _fixed(tree: s.Fixed) -> tuple[str, int]:
    return tree.value, PATH


def _name(tree: s.Name) -> tuple[str, int]:
    if tree.name in ENGINE_OBJECTS:
        raise _No("juel_engine_object", tree.name)
    return RENAMED.get(tree.name, tree.name), PATH


def _member(tree: s.Member) -> tuple[str, int]:
    return f"{_inside(tree.of, PATH)}.{tree.name}", PATH


def _index(tree: s.Index) -> tuple[str, int]:
    """Write `of[by]`: a list's place, counted from 1, or a name; a bare variable may be either."""
    of = _inside(tree.of, PATH)
    if isinstance(tree.by, s.Number) and tree.by.digits.isdecimal():
        return f"{of}[{int(tree.by.digits) + 1}]", PATH
    if isinstance(tree.by, s.Words):
        member = PLAIN_NAME.fullmatch(tree.by.text)
        return (f"{of}.{tree.by.text}" if member else f"get value({of}, {quoted(tree.by.text)})"), PATH
    raise _No("juel_index", f"{of}[…]")


def _call(tree: s.Call) -> tuple[str, int]:
    if tree.what == "now" and not tree.arguments:
        return "now()", PATH
    raise _No("juel_call", f"{tree.what}()")


def _unary(tree: s.Unary) -> tuple[str, int]:
    if tree.operator == "-":
        return f"-{_inside(tree.of, PATH)}", NEGATED
    inner = _written(tree.of)[0]
    if tree.operator == "!":
        return f"not({inner})", PATH
    # JUEL calls null, the empty text, the empty list and the empty map empty.
    return f'list contains([null, "", [], {{}}], {inner})', PATH


def _binary(tree: s.Binary) -> tuple[str, int]:
    if tree.operator == "%":
        left, right = _inside(tree.left, PRODUCT), _inside(tree.right, NEGATED)
        return f"{left} - {right} * round down({left} / {right}, 0)", SUM
    level, sign = OPERATORS[tree.operator]
    # FEEL compares no comparisons; of the others the left operand may be of the same kind.
    left = _inside(tree.left, level + (level == COMPARED))
    return f"{left} {sign} {_inside(tree.right, level + 1)}", level


def _choice(tree: s.Choice) -> tuple[str, int]:
    condition, yes = _inside(tree.condition, OR), _inside(tree.yes, OR)
    return f"if {condition} then {yes} else {_inside(tree.no, CHOICE)}", CHOICE


def _template(tree: s.Template) -> tuple[str, int]:
    parts = [
        _written(part)[0] if isinstance(part, s.Words) else f"string({_written(part)[0]})"
        for part in tree.parts
    ]
    return " + ".join(parts), SUM


def quoted(text: str) -> str:
    """Return a text as FEEL writes it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


# Each row takes the type that it stands for.
WRITERS: Mapping[type[s.Syntax], Callable[[Any], tuple[str, int]]] = {
    s.Number: _number,
    s.Words: _words,
    s.Fixed: _fixed,
    s.Name: _name,
    s.Member: _member,
    s.Index: _index,
    s.Call: _call,
    s.Unary: _unary,
    s.Binary: _binary,
    s.Choice: _choice,
    s.Template: _template,
}
