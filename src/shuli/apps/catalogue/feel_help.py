"""The built-in functions of FEEL for people: their signatures from the code, their words from the library."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shuli.core.feel.functions.contexts import CONTEXTS
from shuli.core.feel.functions.conversion import CONVERSION
from shuli.core.feel.functions.intervals import INTERVALS
from shuli.core.feel.functions.lists import LISTS
from shuli.core.feel.functions.logic import LOGIC
from shuli.core.feel.functions.moments import MOMENTS
from shuli.core.feel.functions.numeric import NUMERIC_FUNCTIONS
from shuli.core.feel.functions.patterns import PATTERNS
from shuli.core.feel.functions.ranges import RANGES
from shuli.core.feel.functions.signature import BuiltIn, Form, Parameter
from shuli.core.feel.functions.statistics import STATISTICS
from shuli.core.feel.functions.strings import STRINGS
from shuli.core.feel.types import Simple

# In the order in which people look for them.
GROUPS: tuple[tuple[str, str | Promise, tuple[BuiltIn, ...]], ...] = (
    ("conversion", _("From one type to another"), tuple(CONVERSION)),
    ("strings", _("Texts"), (*STRINGS, *PATTERNS)),
    ("numbers", _("Numbers"), tuple(NUMERIC_FUNCTIONS)),
    ("statistics", _("Adding up and comparing"), tuple(STATISTICS)),
    ("lists", pgettext_lazy("functions", "Lists"), tuple(LISTS)),
    ("contexts", _("Contexts"), tuple(CONTEXTS)),
    ("moments", _("Dates and times"), tuple(MOMENTS)),
    ("ranges", _("Ranges"), (*RANGES, *INTERVALS)),
    ("logic", _("Logic"), tuple(LOGIC)),
)


@dataclass(frozen=True, kw_only=True)
class Example:
    feel: str
    gives: str


@dataclass(frozen=True, kw_only=True)
class Help:
    """One function as the reference shows it."""

    name: str
    signatures: tuple[str, ...]
    text: str
    examples: tuple[Example, ...]

    @property
    def anchor(self) -> str:
        return self.name.replace(" ", "-")


@cache
def words() -> dict[str, Any]:
    """Return what the library says of each function: text in both languages, examples."""
    file = resources.files("shuli.library") / "guide" / "functions.json"
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def help_of(function: BuiltIn, language: str) -> Help:
    """Return a function's help in a language."""
    said = words()[function.name]
    return Help(
        name=function.name,
        signatures=tuple(dict.fromkeys(signature(function.name, form) for form in function.forms)),
        text=said["zh" if language.startswith("zh") else "en"],
        examples=tuple(_example(one, language) for one in said["examples"]),
    )


def _example(said: Mapping[str, Any], language: str) -> Example:
    chosen = said if language.startswith("zh") else said.get("en", said)
    return Example(feel=chosen["feel"], gives=chosen["gives"])


def signature(name: str, form: Form) -> str:
    """Return how a function is called: `substring(string: string, start position: number, length?: number)`."""
    return f"{name}({', '.join(_parameter(one) for one in form.parameters)})"


def _parameter(one: Parameter) -> str:
    mark = "..." if one.variadic else "?" if one.optional else ""
    return f"{one.name}{mark}: {_kinds(one.kinds)}"


def _kinds(kinds: frozenset[Simple]) -> str:
    if Simple.ANY in kinds:
        return "any"
    named = sorted(kind.value for kind in kinds if kind is not Simple.NULL)
    return "point" if len(named) > 4 else " | ".join(named)


def all_help(language: str) -> list[Help]:
    return [help_of(function, language) for _key, _name, group in GROUPS for function in group]
