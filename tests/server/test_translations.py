"""Source strings find their way into the .po files and nothing else does."""

import gettext

import pytest

from shuli.server import translations
from shuli.server.translations import Gap, conflicts, gaps, po_file, translated, update

PYTHON = """
from django.utils.translation import gettext as _, ngettext_lazy, pgettext
TITLE = _("My work")
COUNT = ngettext_lazy("%(n)s day", "%(n)s days", "n")
MAY = pgettext("month", "May")
PLAIN = "not a message"
"""
PAGE = """{% load i18n %}
  <h1>{% translate "Tasks" %}</h1> it's plain
    {% blocktranslate with name=who %}Hello {{ name }}{% endblocktranslate %}
"""


@pytest.fixture
def room(tmp_path, monkeypatch):
    monkeypatch.setattr(translations, "SOURCE", tmp_path / "shuli")
    return room_of(tmp_path, "tried")


def room_of(tmp_path, name):
    folder = tmp_path / "shuli" / "apps" / name
    (folder / "templates" / "tried").mkdir(parents=True)
    (folder / "wording.py").write_text(PYTHON, encoding="utf-8")
    (folder / "templates" / "tried" / "page.html").write_text(PAGE, encoding="utf-8")
    return folder


def fill(room, *replacements):
    text = po_file(room).read_text(encoding="utf-8")
    for source, chinese in replacements:
        text = text.replace(f'msgid "{source}"\nmsgstr ""', f'msgid "{source}"\nmsgstr "{chinese}"')
    po_file(room).write_text(text, encoding="utf-8")


def test_python_and_pages_give_their_strings(room):
    update(room)

    found = {gap.text for gap in gaps(room)}
    assert found == {"My work", "%(n)s day", "May", "Tasks", "Hello %(name)s"}
    assert {gap.kind for gap in gaps(room)} == {"missing"}


def test_an_update_keeps_what_is_translated_and_drops_what_is_gone(room):
    update(room)
    fill(room, ("My work", "工作台"), ("Tasks", "任务"))
    (room / "templates" / "tried" / "page.html").write_text("{% load i18n %}", encoding="utf-8")
    assert Gap(app="tried", kind="obsolete", text="Tasks") in gaps(room)

    update(room)

    assert translated(room).get("My work").string == "工作台"
    assert translated(room).get("Tasks") is None


def test_an_update_without_a_change_changes_nothing(room):
    update(room)
    before = po_file(room).read_bytes()

    update(room)

    assert po_file(room).read_bytes() == before


def test_a_translation_with_other_placeholders_is_found(room):
    update(room)
    fill(room, ("Hello %(name)s", "您好 %(nom)s"))

    assert Gap(app="tried", kind="placeholders", text="Hello %(name)s") in gaps(room)


def test_a_fuzzy_translation_does_not_count(room):
    update(room)
    text = po_file(room).read_text(encoding="utf-8")
    translated_fuzzily = '#, fuzzy\nmsgid "My work"\nmsgstr "工作台"'
    po_file(room).write_text(text.replace('msgid "My work"\nmsgstr ""', translated_fuzzily), encoding="utf-8")

    kinds = {gap.kind for gap in gaps(room) if gap.text == "My work"}

    assert kinds == {"fuzzy"}


def test_contexts_keep_equal_words_apart(room):
    update(room)

    assert translated(room).get("May", "month") is not None
    assert translated(room).get("May") is None


def test_compiled_files_are_what_gettext_reads(room, monkeypatch):
    update(room)
    fill(room, ("My work", "工作台"))
    monkeypatch.setattr(translations, "rooms", lambda: [room])

    assert translations.compile_all() == 1

    with po_file(room).with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("My work") == "工作台"


def test_two_rooms_with_two_meanings_of_one_word_are_found(room, tmp_path):
    other = room_of(tmp_path, "further")
    for each, words in ((room, "任务"), (other, "待办")):
        update(each)
        fill(each, ("Tasks", words), ("My work", "工作台"), ("May", words))

    # "May" has a context, and there too one wording is due
    assert {(gap.app, gap.kind, gap.text) for gap in conflicts([room, other])} == {
        ("tried and further", "conflict", "Tasks"),
        ("tried and further", "conflict", "May"),
    }
