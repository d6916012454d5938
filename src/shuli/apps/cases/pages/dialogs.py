"""What a verb asks before it is done: a dialog with a few fields, each drawn by its kind."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from shuli.kit.components.values import Option


@dataclass(frozen=True, kw_only=True, slots=True)
class Ask:
    """One field of a dialog: choice, person, people, words or tick."""

    kind: str
    name: str
    label: str
    options: Sequence[Option] = ()
    is_required: bool = True
    hint: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Dialog:
    """A verb's dialog: where it sends what was filled in, and what its button says."""

    id: str
    heading: str
    url: str
    asks: Sequence[Ask] = ()
    # what will happen, before somebody presses
    text: str = ""
    button: str = ""


def reason(label: str = "", *, name: str = "reason", is_required: bool = True) -> Ask:
    """Return the field that most verbs have: why."""
    return Ask(kind="words", name=name, label=label or _("Reason"), is_required=is_required)


def person(name: str = "to", label: str = "") -> Ask:
    return Ask(kind="person", name=name, label=label or _("To"))


def people(name: str = "people", label: str = "") -> Ask:
    return Ask(kind="people", name=name, label=label or _("People"))


def choice(name: str, label: str, pairs: Sequence[tuple[str, str]], chosen: str = "") -> Ask:
    """Return a choice of one, the first of them unless it is said."""
    picked = chosen or (pairs[0][0] if pairs else "")
    options = [Option(value=value, label=words, is_chosen=value == picked) for value, words in pairs]
    return Ask(kind="choice", name=name, label=label, options=options)


def tick(name: str, label: str, hint: str = "") -> Ask:
    return Ask(kind="tick", name=name, label=label, is_required=False, hint=hint)
