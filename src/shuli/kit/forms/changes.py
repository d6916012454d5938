"""What differs between two versions of a form, in words."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shuli.core.forms import Change, Step
from shuli.core.text import Text
from shuli.kit.forms.parts import KINDS, PROPERTIES, TYPES
from shuli.kit.forms.shown import NOTHING, in_language

LONGEST = 120

SENTENCES: dict[str, Callable[[dict[str, str]], str]] = {
    "added": lambda said: _("New %(part)s “%(name)s”%(where)s.") % said,
    "removed": lambda said: _("The %(part)s “%(name)s”%(where)s is gone.") % said,
    "moved": lambda said: _("The %(part)s “%(name)s”%(where)s stands elsewhere.") % said,
    "changed": lambda said: _("%(name)s%(where)s: %(property)s was %(before)s, is %(after)s.") % said,
}


def change_words(change: Change) -> str:
    """Return one change as a sentence in the active language."""
    step, outer = change.place[-1], change.place[:-1]
    where = pgettext("place of a change", " in “%(name)s”") % {"name": _name(outer[-1])} if outer else ""
    before, after = both_values(change)
    said = {
        "part": str(KINDS[step.part]),
        "name": _name(step),
        "where": where,
        "property": str(PROPERTIES.get(change.property, change.property)),
        "before": before,
        "after": after,
    }
    return SENTENCES[change.kind](said)


def place_words(change: Change) -> str:
    """Return where in its form a change is: field “Amount”, column “Price”, label."""
    steps = [step for step in change.place if step.part != "form"]
    places = [_("%(part)s “%(name)s”") % {"part": str(KINDS[one.part]), "name": _name(one)} for one in steps]
    if change.kind == "changed":
        places.append(str(PROPERTIES.get(change.property, change.property)))
    return " · ".join(places)


def both_values(change: Change) -> tuple[str, str]:
    """Return the value before and the value after."""
    return (
        value_words(change.property, change.before, change.after),
        value_words(change.property, change.after, change.before),
    )


def _name(step: Step) -> str:
    named = in_language(step.name)
    if step.part == "section" and not named:
        return _("Section %(number)s") % {"number": step.key}
    return named or step.key


def value_words(name: str, value: Any, beside: Any = None) -> str:
    """Return a property's value; a wording whose other language changed is told in both."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, Text):
        alike = isinstance(beside, Text) and in_language(value) == in_language(beside)
        return _quoted(" / ".join(filter(None, [value.zh, value.en])) if alike else in_language(value))
    if value is None or value in ("", ()):
        return NOTHING
    if name == "type":
        return _quoted(str(TYPES.get(value, value)))
    if isinstance(value, tuple):
        return _quoted(pgettext("between items", ", ").join(map(str, value)))
    return _quoted(str(value))


def _quoted(words: str) -> str:
    if not words:
        return NOTHING
    short = words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
    return pgettext("quoted", "“%(words)s”") % {"words": short}
