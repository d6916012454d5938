"""The mistakes of a draft's forms, in words, each with the field at which it is mended."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from shuli.core.forms import Finding
from shuli.core.text import Text
from shuli.kit.forms.mistakes import mistake_words

LANGUAGES = {"zh": "zh-hans", "en": "en"}


def form_sentence(key: str, definition: Any, mistake: Finding) -> Text:
    """Return a mistake with the form and the field by the names that people gave them."""
    said = {}
    for short, language in LANGUAGES.items():
        with override(language):
            named = {
                "form": _name(definition, "title", short) or key,
                "field": " › ".join(_fields(definition, mistake.path, short)),
                "words": mistake_words(mistake),
            }
            whole = _("Form “%(form)s”: %(words)s")
            said[short] = (_("Form “%(form)s”, “%(field)s”: %(words)s") if named["field"] else whole) % named
    return Text(**said)


def _fields(definition: Any, path: str, language: str) -> Iterator[str]:
    """Yield the names of the field, and of the column or option in it, to which a path leads."""
    found = definition
    for step in path.split("."):
        found = _inner(found, step)
        if isinstance(found, Mapping) and ("key" in found or "code" in found):
            yield _name(found, "label", language) or str(found.get("key") or found.get("code"))


def _inner(found: Any, step: str) -> Any:
    if isinstance(found, Mapping):
        return found.get(step)
    is_there = isinstance(found, list) and step.isdecimal() and int(step) < len(found)
    return found[int(step)] if is_there else None


def _name(found: Any, part: str, language: str) -> str:
    words = found.get(part) if isinstance(found, Mapping) else None
    if not isinstance(words, Mapping):
        return ""
    return str(words.get(language) or words.get("zh") or words.get("en") or "")
