"""Which FEEL an expression in a BPMN file means."""

from collections.abc import Mapping

from msgspec import Struct

from shuli.core.bpmn.elements import Expression
from shuli.core.bpmn.juel import Untranslatable, is_juel, translate

# What the language attribute may say when FEEL is meant; the schema's default, XPath, is left in by many tools.
FEEL_LANGUAGES = ("feel", "xpath", "xml/xpath")


class Meaning(Struct, frozen=True, kw_only=True):
    """FEEL text, or why there is none."""

    feel: str | None = None
    problem: str = ""  # code of a finding
    params: Mapping[str, str] = {}


def meaning_of(expression: Expression | None) -> Meaning:
    """Return what a condition, timer or loop expression means; an empty one means nothing."""
    if expression is None or not expression.text.strip():
        return Meaning()
    language = expression.language.lower()
    if language and not is_juel(expression.text) and not any(known in language for known in FEEL_LANGUAGES):
        return Meaning(problem="language_unknown", params={"found": expression.language})
    return meaning(expression.text)


def meaning(text: str) -> Meaning:
    """Return what a text means where FEEL is expected: FEEL, `=FEEL` (Zeebe) or `${JUEL}` (Camunda)."""
    stripped = text.strip()
    if is_juel(stripped):
        return _from_juel(stripped)
    return Meaning(feel=stripped.removeprefix("=").strip() or None)


def value(text: str) -> Meaning:
    """Return what a text means where a plain value is expected: "demo" is the text demo, `=x` and `${x}` are FEEL."""
    stripped = text.strip()
    if stripped.startswith("=") or is_juel(stripped):
        return meaning(stripped)
    return Meaning(feel=quoted(stripped)) if stripped else Meaning()


def _from_juel(text: str) -> Meaning:
    feel = translate(text)
    if isinstance(feel, Untranslatable):
        return Meaning(problem=feel.why, params={"found": text, "what": feel.what})
    return Meaning(feel=feel)


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
