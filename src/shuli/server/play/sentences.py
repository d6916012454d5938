"""The engine's codes in the same sentences as on the pages; loaded when one is needed, for it loads the applications."""

from collections.abc import Mapping
from typing import Any

from shuli.core.engine import Refused
from shuli.core.forms import FieldError

LANGUAGES = {"zh": "zh-hans", "en": "en"}


def _ready() -> None:
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()


def incident_sentence(code: str, params: Mapping[str, Any], node: str, language: str) -> str:
    """Return why a case has stopped."""
    _ready()
    from django.utils import translation

    from shuli.apps.cases import wording

    with translation.override(LANGUAGES[language]):
        sentence = wording.INCIDENTS.get(code)
        words = {**params, "node": node}
        return wording.fill(sentence, words) if sentence is not None else code


def refusal_sentence(refused: Refused, language: str) -> str:
    """Return why the engine did not do what was asked."""
    _ready()
    from django.utils import translation

    from shuli.apps.cases import wording

    with translation.override(LANGUAGES[language]):
        sentence = wording.REFUSALS.get(refused.code)
        if sentence is None:
            return refused.code
        return str(sentence) % _Gaps({key: _words(value, language) for key, value in refused.params.items()})


def field_sentence(error: FieldError, language: str) -> str:
    """Return what is wrong with one answer of a form."""
    _ready()
    from django.utils import translation

    from shuli.kit.forms.sentences import error_words

    with translation.override(LANGUAGES[language]):
        return error_words(error)


def _words(value: Any, language: str) -> str:
    if isinstance(value, Mapping):
        return str(value.get(language) or value.get("zh") or "")
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return str(value)


class _Gaps(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""
