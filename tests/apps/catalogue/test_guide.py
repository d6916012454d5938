"""The guide says what the program does: its examples run, its reference is complete, its files are those of docs/guide."""

import re
from datetime import UTC, datetime

import pytest

from shuli.apps.catalogue import feel_help, guide
from shuli.apps.directory.models import Person
from shuli.core.engine.coverage import coverage
from shuli.core.feel import compile_expression
from shuli.core.feel.functions.table import BUILTINS
from shuli.core.feel.text import feel_text
from shuli.server.documents import guide_pages, limits_page

NOW = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)
LANGUAGES = ("zh", "en")
CHINESE = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")
CALLS = [(language, one.name, example) for language in LANGUAGES for one in feel_help.all_help(language) for example in one.examples]  # fmt: skip
EXAMPLES = [
    (block.values, feel, gives)
    for language in LANGUAGES
    for key in guide.PAGES
    for block in guide.page(key, language).blocks
    for feel, gives in block.examples
]


def test_every_built_in_function_is_in_the_reference_and_no_other():
    assert {one.name for one in feel_help.all_help("zh")} == set(BUILTINS) == set(feel_help.words())


@pytest.mark.parametrize(("language", "name", "example"), CALLS)
def test_an_example_of_a_function_calls_it_and_gives_what_is_said(language, name, example):
    value = compile_expression(example.feel).evaluate({}, NOW)

    assert f"{name}(" in example.feel
    assert feel_text(value) == example.gives


@pytest.mark.parametrize(("values", "feel", "gives"), EXAMPLES)
def test_an_example_of_the_guide_gives_what_is_said(values, feel, gives):
    context = compile_expression(values).evaluate({}, NOW) if values else {}

    assert feel_text(compile_expression(feel, tuple(context)).evaluate(context, NOW)) == gives


@pytest.mark.parametrize("key", guide.PAGES)
def test_the_english_page_has_no_chinese(key):
    assert CHINESE.findall(guide.markdown(key, "en")) == []


def test_the_files_of_the_guide_are_those_that_the_program_writes():
    stale = [str(path) for path, text in guide_pages().items() if path.read_text(encoding="utf-8") != text]

    assert stale == [], "run `python -m shuli.server.documents`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_about_elements_has_every_row_of_the_engines_table(language):
    said = {row for block in guide.page("elements", language).blocks for row in block.rows}

    assert said == {(row.name.in_language(language), row.does.in_language(language)) for row in coverage()}


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "words"), [("zh-hans", "排他网关"), ("en", "Exclusive gateway")])
def test_the_page_about_elements_is_in_the_product_and_in_its_contents(client, language, words):
    client.force_login(Person.objects.create(username="li", name="李"))
    client.cookies["shuli_language"] = language

    page = client.get("/guide/elements/").content.decode()

    assert words in page
    assert "/guide/elements/" in client.get("/guide/").content.decode()


def test_the_limits_of_expressions_stand_beside_the_others():
    assert "| steps of one evaluation | 40,000 |" in limits_page()


def test_a_signature_says_what_may_be_left_out_and_what_may_come_several_times():
    substring = feel_help.help_of(BUILTINS["substring"], "en")

    assert substring.signatures == ("substring(string: string, start position: number, length?: number)",)
    assert feel_help.help_of(BUILTINS["append"], "en").signatures == ("append(list: list, item...: any)",)
