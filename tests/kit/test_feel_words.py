"""Every code of FEEL and DMN has a sentence of its own for people, in both languages."""

import re

import pytest
from django.utils.translation import override

from shuli.core.feel import compile_expression
from shuli.core.feel.errors import SENTENCES as CODES
from shuli.kit import feel_words

CHINESE = re.compile(r"[\u4e00-\u9fff]")
PARAMS = dict.fromkeys(("expected", "found", "name", "limit", "operator", "left", "right", "function", "where", "policy", "rules"), "x")  # fmt: skip


def test_every_code_of_an_expression_has_a_sentence():
    assert set(CODES) - set(feel_words.SENTENCES) == set()


@pytest.mark.parametrize("code", sorted(feel_words.SENTENCES))
def test_a_sentence_is_chinese_on_a_chinese_page_and_english_on_an_english_one(code):
    with override("zh-hans"):
        chinese = feel_words.sentence(code, PARAMS)
    with override("en"):
        english = feel_words.sentence(code, PARAMS)

    assert CHINESE.search(chinese)
    assert not CHINESE.search(english)
    assert "{" not in chinese + english


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("1 +", "末尾缺少表达式。"),
        ("amount ＞ 1", "＞ 是全角字符，请改用 >。"),
        ('"a', "文字缺少右引号。"),
    ],
)  # fmt: skip
def test_an_error_reads_like_a_sentence(source, words):
    with override("zh-hans"):
        assert feel_words.error_words(compile_expression(source).errors[0]) == words


def test_types_are_called_by_their_chinese_names():
    warning = compile_expression('1 + "a"').explain({}).warnings[0]

    with override("zh-hans"):
        assert feel_words.error_words(warning) == "+ 不能用于数字和文字。"
