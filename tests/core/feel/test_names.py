"""Names may hold spaces, Chinese and symbols; the longest known name wins."""

import pytest

from shuli.core.feel import compile_expression, compile_unary_tests


@pytest.mark.parametrize(
    ("text", "names", "context", "expected"),
    [
        ("申请 金额 > 100", (), {"申请 金额": 200}, True),
        ("申请   金额 > 100", (), {"申请 金额": 200}, True),
        ("金额（元） > 100", (), {"金额（元）": 200}, True),
        ("a-b + 1", ("a-b",), {"a-b": 1, "a": 5, "b": 2}, 2),
        ("a-b + 1", ("a", "b"), {"a": 5, "b": 2}, 4),
        ("a - b", ("a-b",), {"a-b": 7}, 7),
        ("date and place", ("date and place",), {"date and place": "Xi'an"}, "Xi'an"),
        ("line 2 of 3", (), {"line 2 of 3": "x"}, "x"),
        ("boss's share", ("boss's share",), {"boss's share": 3}, 3),
        ("profit/loss * 2", ("profit/loss",), {"profit/loss": 3}, 6),
        ("金额(元) > 100", ("金额(元)",), {"金额(元)": 200}, True),
        ("完成率% > 50", ("完成率%",), {"完成率%": 80}, True),
        ("2026预算 + 1", ("2026预算",), {"2026预算": 1}, 2),
        ("#编号 = 5", ("#编号",), {"#编号": 5}, True),
        ("🐎 + 1", (), {"🐎": 1}, 2),
        ("order.delivery date", (), {"order": {"delivery date": "x"}}, "x"),
        ("if x then y else z", (), {"x": True, "y": 1, "z": 2}, 1),
    ],
)
def test_a_name_is_found(text, names, context, expected):
    expression = compile_expression(text, names)

    assert expression.errors == ()
    assert expression.evaluate(context) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{first name: "a"}.first name', "a"),
        ('{"a-b": 1}.a-b', 1),
        ("for 单 价 in [1, 2] return 单 价 * 2", [2, 4]),
        ("some a b in [1, 2] satisfies a b > 1", True),
        ("(function(x y) x y + 1)(2)", 3),
        ("{a b: 1, c: a b + 1}.c", 2),
    ],
)
def test_a_name_that_the_expression_introduces_is_found(text, expected):
    assert compile_expression(text).evaluate({}) == expected


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("amount > 10 and dept = 部门", (), {"amount", "dept", "部门"}),
        ("for x in xs return x + y", (), {"xs", "y"}),
        ("xs[price > 10]", (), {"xs", "price"}),
        ("xs[price > 10]", ("xs",), {"xs"}),
        ("xs[price > limit]", ("xs", "limit"), {"xs", "limit"}),
        ("order.total", (), {"order"}),
        ("sum(items)", (), {"items"}),
        ("{a: 1, b: a + c}", (), {"c"}),
        ("function(a) a + b", (), {"b"}),
        ("every a in b satisfies a > c", (), {"b", "c"}),
    ],
)
def test_the_variables_that_are_read_are_known(text, names, expected):
    assert compile_expression(text, names).variables == expected


def test_the_value_under_test_is_a_variable_of_a_cell():
    assert compile_unary_tests("? > limit").variables == {"limit"}


def test_a_variable_may_have_the_name_of_a_built_in_function():
    expression = compile_expression('date > date("2020-01-01") and count > 1', ("date", "count"))

    result = expression.evaluate({"date": compile_expression('@"2021-01-01"').evaluate({}), "count": 2})

    assert result is True


@pytest.mark.parametrize("text", ["金额＞100", "金额 ＞ 100", "a，b", "a = “x”", "金额：5"])
def test_a_full_width_operator_is_named_with_the_form_that_is_meant(text):
    expression = compile_expression(text)

    assert "fullwidth_character" in [error.code for error in expression.errors]


def test_a_full_width_operator_in_a_known_name_is_a_part_of_it():
    expression = compile_expression("甲：乙 + 1", ("甲：乙",))

    assert expression.evaluate({"甲：乙": 1}) == 2
