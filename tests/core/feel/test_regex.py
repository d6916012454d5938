"""Regular expressions are XPath's, and take time in proportion to pattern and text."""

import time

import pytest

from shuli.core.feel import ExpressionError, compile_expression


def value(expression, **context):
    return compile_expression(expression).evaluate(context)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('replace("abracadabra", "bra", "*")', "a*cada*"),
        ('replace("abracadabra", "a.*a", "*")', "*"),
        ('replace("abracadabra", "a.*?a", "*")', "*c*bra"),
        ('replace("abracadabra", "a(.)", "a$1$1")', "abbraccaddabbra"),
        ('replace("AAAA", "A+?", "b")', "bbbb"),
        ('replace("darted", "^(.*?)d(.*)$", "$1c$2")', "carted"),
        ('replace("a.b", ".", "x", "q")', "axb"),
        ('replace("abc", "b", "\\\\$")', "a$c"),
        ('replace("abc", "(b)", "$12")', "ab2c"),
        ('replace("abc", "b", "$")', None),
        ('replace("abc", "b", "\\\\x")', None),
        ('replace("abc", ".*?", "x")', None),
        ('split("John  Doe", "\\s+")', ["John", "Doe"]),
        ('split("abc", "")', None),
        ('matches("hello world", "hello\\ sworld", "x")', True),
        ('matches("helloworld", "hello world", "x")', True),
        ('matches("hello world", "hello[ ]world", "x")', True),
        ('matches("ab\\ncd", "^cd$", "m")', True),
        ('matches("ab\\ncd", "b.c", "s")', True),
        ('matches("ab\\ncd", "b.c")', False),
        ('matches("ABC", "abc", "i")', True),
        ('matches("\\u212A", "k", "i")', True),
        ('matches("q", "[^Q]", "i")', False),
        ('matches("O", "[A-Z-[OI]]", "i")', False),
        ('matches("X", "[A-Z-[OI]]", "i")', True),
        ('matches("aba", "(.)b\\1")', True),
        ('matches("张三", "^\\p{IsCJKUnifiedIdeographs}+$")', True),
        ('matches("x1", "^\\p{L}\\p{Nd}$")', True),
        ('matches("a1", "^\\i\\c*$")', True),
        ('matches("13812345678", "^1[3-9]\\d{9}$")', True),
        ('matches("ab", "^(a|b){2}$")', True),
        ('matches("aaa", "^a{2,}$")', True),
        ('matches("-", "[a-]")', True),
        ('matches("a", "a{2,1}")', None),
        ('matches("a", "(")', None),
        ('matches("a", "a)")', None),
        ('matches("a", "*a")', None),
        ('matches("a", "[z-a]")', None),
        ('matches("a", "[]")', None),
        ('matches("a", "\\\\y")', None),
        ('matches("a", "\\p{Xx}")', None),
        ('matches("a", "\\p{IsNowhere}")', None),
        ('matches("a", "(a\\1)")', None),
        ('matches("a", "\\2(a)")', None),
        ('matches("a", "a", "g")', None),
    ],
)
def test_a_pattern_means_what_xpath_says(text, expected):
    assert value(text) == expected


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+b",
        "(a|aa)*c",
        "(a*)*b",
        "(.*)(.*)(.*)(.*)x",
        "(a?){50}a{50}",
        "(a+)\\1+b",
        "(x+x+)+y",
        "^(([a-z])+.)+[A-Z]([a-z])+$",
    ],
)
def test_a_hostile_pattern_ends_within_its_budget(pattern):
    expression = compile_expression("matches(text, pattern)")
    started = time.thread_time()

    try:
        result = expression.evaluate({"text": "a" * 5000, "pattern": pattern})
    except ExpressionError as error:
        result = error.code

    assert result in (True, False, "too_many_steps")
    assert time.thread_time() - started < 1


def test_a_long_text_is_searched_for_a_literal_at_once():
    assert value('matches(text, "needle")', text="hay" * 100_000 + "needle") is True
