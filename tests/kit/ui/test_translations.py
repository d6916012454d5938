"""The kit speaks Chinese completely, in the tone that the house asks for."""

from pathlib import Path

from babel.messages.pofile import read_po
from django.utils import translation

from shuli.kit.failure_pages import EXPIRED, PAGES
from shuli.kit.forms.sentences import SENTENCES

LOCALE = Path(__file__).resolve().parents[3] / "src/shuli/kit/locale/zh_Hans/LC_MESSAGES/django.po"


def messages():
    with LOCALE.open("rb") as file:
        return [message for message in read_po(file) if message.id]


def wordings(message):
    return message.string if isinstance(message.string, tuple) else (message.string,)


def test_every_message_is_translated():
    assert [message.id for message in messages() if not all(wordings(message)) or message.fuzzy] == []


def test_the_tone_is_polite_and_calm():
    rough = [word for message in messages() for word in wordings(message) if set(word) & set("你！!")]

    assert rough == []


def test_sentences_take_full_width_punctuation():
    wrong = [
        word
        for message in messages()
        for word in wordings(message)
        if any(word.endswith(sign) for sign in (".", ",", ";", "?")) or ", " in word
    ]

    assert wrong == []


def test_all_that_a_page_says_of_a_failure_is_translated():
    with translation.override("zh-hans"):
        said = [
            str(words)
            for page in [*PAGES.values(), EXPIRED]
            for words in (page.title, page.sentence, page.what_next)
        ]
        said += [str(words) for words in SENTENCES.values()]

    assert [words for words in said if not any("一" <= sign <= "鿿" for sign in words)] == []
