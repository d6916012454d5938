"""Random expressions give a value or an ExpressionError, within their budget."""

import gc
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from shuli.core.feel import Expression, ExpressionError, compile_expression, compile_unary_tests, feel_text
from shuli.core.feel.functions.table import BUILTINS

ATOMS = st.sampled_from(
    ["1", "0", "-2.5", "1e30", '"a"', '"张三"', "true", "false", "null", "x", "y", "lines", '@"2020-02-29"', '@"P1D"',
     '@"10:00:00+08:00"', "[1..5]", "(< 3)", "[]", "{}", "item", "partial", "?", '@"P1Y"', "[1, 2, 3]", "{a: 1}"],
)  # fmt: skip
OPERATORS = st.sampled_from(["+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">=", "and", "or", "in"])
NAMES = st.sampled_from(sorted(BUILTINS))


def larger(inner):
    pair = st.tuples(inner, inner)
    return st.one_of(
        st.builds(lambda two, sign: f"({two[0]} {sign} {two[1]})", pair, OPERATORS),
        st.builds(lambda name, some: f"{name}({', '.join(some)})", NAMES, st.lists(inner, max_size=3)),
        st.builds(lambda two: f"({two[0]})[{two[1]}]", pair),
        st.builds(lambda two: f"(for i in {two[0]} return {two[1]})", pair),
        st.builds(lambda two: f"(some i in {two[0]} satisfies {two[1]})", pair),
        st.builds(lambda two: f"(if {two[0]} then {two[1]} else {two[0]})", pair),
        st.builds(lambda two: f"(function(f, x) {two[0]})(f: {two[1]}, x: 2)", pair),
        st.builds(lambda two: f"{{a: {two[0]}, b: {two[1]}}}.b", pair),
        st.builds(lambda two: f"[{two[0]}, {two[1]}]", pair),
        st.builds(lambda two: f"({two[0]} between {two[1]} and {two[0]})", pair),
        st.builds(lambda one: f"({one} instance of list<number>)", inner),
    )


expressions = st.recursive(ATOMS, larger, max_leaves=12)
CONTEXT = {"x": 5, "y": "text", "lines": [{"a": 1}, {"a": 2}]}


def outcome_of(text):
    try:
        return compile_expression(text).evaluate(CONTEXT)
    except ExpressionError as error:
        return error


@settings(max_examples=400, deadline=None)
@given(expressions)
def test_a_random_expression_gives_a_value_or_an_expression_error(text):
    gc.disable()  # a collection in the middle would count as the expression's time
    started = time.thread_time()

    outcome = outcome_of(text)

    seconds = time.thread_time() - started
    gc.enable()
    assert isinstance(outcome, ExpressionError) or feel_text(outcome)
    assert seconds < 0.15


@settings(max_examples=400, deadline=None)
@given(expressions)
def test_explaining_gives_the_same_value_as_evaluating(text):
    outcome = outcome_of(text)

    explained = compile_expression(text).explain(CONTEXT)

    if isinstance(outcome, ExpressionError):
        assert explained.value is None
    else:
        assert feel_text(explained.value) == feel_text(outcome)


@settings(max_examples=300, deadline=None)
@given(
    st.text(max_size=60)
    | st.lists(ATOMS | OPERATORS | st.sampled_from(list("()[]{},.:")), max_size=15).map(" ".join)
)
def test_any_text_is_an_expression_or_has_errors_in_it(text):
    for compiled in (compile_expression(text), compile_unary_tests(text)):
        assert isinstance(compiled, Expression)
        assert all(0 <= error.position <= len(text) for error in compiled.errors)


@settings(max_examples=200, deadline=None)
@given(st.integers(-(10**33), 10**33), st.integers(-(10**33), 10**33))
def test_whole_numbers_add_exactly(one, other):
    assert compile_expression("a + b - b = a").evaluate({"a": one, "b": other}) in (
        True,
        abs(one + other) < 10**34,
    )
