"""Which FEEL an expression in a BPMN file means."""

import re
from typing import Literal

from msgspec import Struct

from shuli.core.bpmn.compile.juel import is_juel, translate
from shuli.core.bpmn.elements import Expression

# What the language attribute may say when FEEL is meant; the schema's default, XPath, is left in by many tools.
FEEL_LANGUAGES = ("feel", "xpath", "xml/xpath")

# Text with JUEL in it; FEEL has no such sign outside of its own texts.
PARTLY_JUEL = re.compile(r'^[^"]*[$#]\{')


class Meaning(Struct, frozen=True, kw_only=True):
    """FEEL text, or why there is none."""

    feel: str | None = None
    problem: Literal["", "juel_not_translated", "language_unknown"] = ""
    text: str = ""


def meaning_of(expression: Expression | None) -> Meaning:
    """Return what a condition, timer or loop expression means; an empty one means nothing."""
    if expression is None or not expression.text.strip():
        return Meaning()
    language = expression.language.lower()
    if language and not any(known in language for known in FEEL_LANGUAGES):
        return Meaning(problem="language_unknown", text=expression.language)
    return meaning(expression.text)


def meaning(text: str) -> Meaning:
    """Return what a text means where FEEL is expected: FEEL, `=FEEL` (Zeebe) or `${JUEL}` (Camunda)."""
    stripped = text.strip()
    if is_juel(stripped):
        feel = translate(stripped)
        return Meaning(feel=feel) if feel else Meaning(problem="juel_not_translated", text=stripped)
    if PARTLY_JUEL.search(stripped):
        return Meaning(problem="juel_not_translated", text=stripped)
    return Meaning(feel=stripped.removeprefix("=").strip() or None)


def value(text: str) -> Meaning:
    """Return what a text means where a plain value is expected: "demo" is the text demo, `=x` and `${x}` are FEEL."""
    stripped = text.strip()
    if stripped.startswith("=") or is_juel(stripped):
        return meaning(stripped)
    return Meaning(feel=quoted(stripped)) if stripped else Meaning()


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
