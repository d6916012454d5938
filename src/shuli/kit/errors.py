"""Refusals: why a command was not carried out, as a code with parameters, and as a sentence in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

STATUSES = frozenset({403, 404, 409, 413, 422})

SENTENCES: dict[str, str | Promise] = {
    "denied": _("You have no right to do this."),
    "key_reused": _("This Idempotency-Key was used before for something else."),
    "key_missing": _("A request that changes something needs the header Idempotency-Key."),
    "token_has_other_scope": _("This needs a program's token that was issued for it."),
    "token_reads_only": _("This token may only read."),
}


class Refusal(Exception):  # noqa: N818 -- not an error of the program
    """A command that the rules do not allow now.

    Operations return it; a view or endpoint may raise it, and the middleware answers with its page.
    """

    def __init__(self, code: str, *, status: int = 422, **params: Any) -> None:
        if status not in STATUSES:
            raise ValueError(f"Expected a status of {sorted(STATUSES)} but found {status}.")
        super().__init__(code)
        self.code = code
        self.status = status
        self.params: Mapping[str, Any] = params


class Denied(Refusal):
    """This person has no right to it."""

    def __init__(self, code: str = "denied", **params: Any) -> None:
        super().__init__(code, status=403, **params)


def register_sentences(sentences: Mapping[str, str | Promise]) -> None:
    """Add an app's sentences; the same code twice with other words is a mistake of ours."""
    for code, words in sentences.items():
        if str(SENTENCES.setdefault(code, words)) != str(words):
            raise ValueError(f"Expected one sentence for {code} but found a second one.")


def sentence(refusal: Refusal) -> str:
    """Return the refusal as a sentence in the active language."""
    words = SENTENCES.get(refusal.code, _("This cannot be done now."))
    return str(words) % {key: str(value) for key, value in refusal.params.items()}
