"""What orders work on: the case, what is known of the model, and the language; and how an order answers."""

from typing import Any

import msgspec
from msgspec import Struct

from shuli.core.engine import Refused
from shuli.server.play.answering import validated
from shuli.server.play.doing import Answer, do
from shuli.server.play.guessing import Guesses
from shuli.server.play.model import Model
from shuli.server.play.offers import Offer
from shuli.server.play.session import Session
from shuli.server.play.shown import Screen
from shuli.server.play.words import Words


class Said(Struct, frozen=True, kw_only=True):
    """What an order came to: whether it was done, and what to print."""

    ok: bool
    lines: tuple[str, ...] = ()
    show: bool = False  # the screen anew
    leave: bool = False


class Table:
    """Everything that orders need: the case, what is known of the model, and the language."""

    def __init__(self, session: Session, words: Words) -> None:
        self.session = session
        self.words = words
        self.screen = Screen(session, words)

    @property
    def model(self) -> Model:
        return self.session.case.part.model

    @property
    def guesses(self) -> Guesses:
        return self.session.case.part.guesses

    def node(self, word: str) -> str | None:
        """Return the node that a word means: by its id or its name."""
        nodes = self.session.graph.nodes
        return word if word in nodes else next((one for one in nodes if self.screen.name(one) == word), None)

    def no(self, code: str, **params: Any) -> Said:
        return Said(ok=False, lines=(self.words(code, **params),))

    def answered(self, answer: Answer) -> Said:
        if isinstance(answer, Refused):
            return Said(ok=False, lines=(self.screen.refusal(answer),))
        return Said(ok=True, show=True)

    def values(self, words: list[str]) -> dict[str, Any] | Said:
        """Return name=value as a mapping; a value is JSON, or else the text that it is."""
        found: dict[str, Any] = {}
        for word in words:
            name, sign, text = word.partition("=")
            if not sign or not name:
                return self.no("pair", word=word)
            found[name] = value_of(text)
        return found

    def complete(self, offer: Offer, values: dict[str, Any], **how: Any) -> Said:
        """Decide a task; what its form does not take is told field by field."""
        checked = self.check(offer, values)
        if isinstance(checked, Said):
            return checked
        return self.answered(do(self.session, offer, checked, **how))

    def check(self, offer: Offer, values: dict[str, Any]) -> dict[str, Any] | Said:
        form = self.model.forms.get(offer.form or "")
        if form is None or not values:
            return values
        node = self.session.graph.nodes[offer.node]
        rights = node.duty.rights if offer.role != "contribute" else {}
        found = validated(form, values, self.session.marking.variables, rights, self.session.now)
        if not found.errors:
            return {**values, **found.values}
        from shuli.server.play.sentences import field_sentence

        lines = (f"{error.path}: {field_sentence(error, self.words.language)}" for error in found.errors)
        return Said(ok=False, lines=(self.words("refused", why=""), *lines))


def value_of(text: str) -> Any:
    """Return what was typed: JSON where it is JSON, yes and no as such, else the text."""
    if text in ("是", "yes"):
        return True
    if text in ("否", "no"):
        return False
    try:
        return msgspec.json.decode(text.encode())
    except msgspec.DecodeError:
        return text
