"""The examples of docs/feel.md have the values that stand beside them."""

import datetime as dt
import re
from pathlib import Path

import pytest

from shuli.core.feel import compile_expression, feel_text
from shuli.core.feel.errors import SENTENCES

TEXT = (Path(__file__).parents[3] / "docs" / "feel.md").read_text(encoding="utf-8")
BLOCK = re.search(r"```feel\n(.*?)```", TEXT, re.DOTALL).group(1)
EXAMPLES = [tuple(part.strip() for part in line.split("→")) for line in BLOCK.splitlines()]
CONTEXT = {
    "amount": 20000,
    "dept": "市场部",
    "phone": "13812345678",
    "due": dt.date(2026, 3, 5),
    "lines": [{"price": 20, "数 量": 2}, {"price": 5, "数 量": 1}],
}
NOW = dt.datetime(2026, 3, 1, 9, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(("text", "expected"), EXAMPLES)
def test_an_example_has_the_value_beside_it(text, expected):
    value = compile_expression(text).evaluate(CONTEXT, NOW)

    assert feel_text(value) == expected


def test_every_code_is_documented():
    missing = [code for code in SENTENCES if f"`{code}`" not in TEXT]

    assert missing == []
