"""JUEL becomes FEEL that means the same, or its refusal says what stands in the way."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.bpmn.juel.random_juel import VARIABLES, meanings
from shuli.core.bpmn.juel import Untranslatable, is_juel, translate
from shuli.core.feel import compile_expression

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def value_of(feel, **names):
    context = {**VARIABLES, **names}
    return compile_expression(feel, context).evaluate(context, now=NOW)


@given(meanings())
def test_a_translation_means_what_the_original_means(drawn):
    text, meaning = drawn

    feel = translate("${" + text + "}")

    assert isinstance(feel, str), feel
    assert value_of(feel) == meaning


@pytest.mark.parametrize(
    ("juel", "feel"),
    [
        ("${x > 5 && y == 'a'}", 'x > 5 and y = "a"'),
        ("#{ input == 1 }", "input = 1"),
        ("${a == 'right' && !done}", 'a = "right" and not(done)'),
        ("${a.b.c eq 3 or not x}", "a.b.c = 3 or not(x)"),
        ("${orders[1].price >= 250}", "orders[2].price >= 250"),
        ("${order['price'] <= 100}", "order.price <= 100"),
        ("${order['unit price']}", 'get value(order, "unit price")'),
        ("${x ? 'a' : 'b'}", 'if x then "a" else "b"'),
        ("${(a + 2) * 3}", "(a + 2) * 3"),
        ("${a - (b - c)}", "a - (b - c)"),
        ("${客户.等级 == '重大'}", '客户.等级 = "重大"'),
        ('${a == "it\'s \\"so\\""}', 'a = "it\'s \\"so\\""'),
        ("${true}", "true"),
        ("${nrOfCompletedInstances/nrOfInstances >= 0.6 }", "numberOfCompletedInstances / numberOfInstances >= 0.6"),
        ("${loopCounter}", "(loopCounter - 1)"),
        ("PO-${n}/${m + 1}", '"PO-" + string(n) + "/" + string(m + 1)'),
        ("${now()}", "now()"),
    ],
)  # fmt: skip
def test_what_is_written_stays_readable(juel, feel):
    assert translate(juel) == feel
    assert compile_expression(feel).errors == ()


@pytest.mark.parametrize(
    ("juel", "why", "what"),
    [
        ("${order.isGold()}", "juel_call", "order.isGold()"),
        ("${a.b.run(x, 1)}", "juel_call", "a.b.run()"),
        ("${f(x)}", "juel_call", "f()"),
        ("${fn:length(x)}", "juel_call", "fn:length()"),
        ("${x ? y : f(z)}", "juel_call", "f()"),
        ("${execution.processBusinessKey}", "juel_engine_object", "execution"),
        ("${list[i]}", "juel_index", "list[…]"),
        ("${for > 1}", "juel_name", "${for > 1}"),
        ("${x >}", "juel_broken", "}"),
        ("${'open}", "juel_broken", "'open}"),
        ("${a..b}", "juel_broken", ".b}"),
        ("${}", "juel_broken", "}"),
        ("${a = b}", "juel_broken", "= b}"),
        ("${" + "(" * 60 + "1" + ")" * 60 + "}", "juel_too_long", "(" * 20),
        ("${" + "+".join(["1"] * 300) + "}", "juel_too_long", None),
    ],
)
def test_what_feel_cannot_say_is_named(juel, why, what):
    found = translate(juel)

    assert isinstance(found, Untranslatable)
    assert found.why == why
    assert what is None or found.what == what


def test_a_remainder_has_the_sign_of_the_dividend_as_in_java():
    assert value_of(translate("${y % 2}"), y=-3) == -1
    assert value_of(translate("${y % 2}"), y=3) == 1


@given(st.text(max_size=40) | st.text("${}()[]!?:.,'\"=<>&|+-*/% ax1emptynot", max_size=60))
def test_translating_never_raises(text):
    found = translate("${" + text + "}")

    assert isinstance(found, Untranslatable) or compile_expression(found).errors == ()


def test_feel_with_such_a_sign_in_a_text_is_no_juel():
    assert not is_juel('x = "costs ${5}"')
    assert is_juel("costs ${x}")
