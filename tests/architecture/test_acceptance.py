"""A test claims only acceptance rows that there are."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROW = re.compile(r"^\| ([A-Z]\d+-\d+) \|", re.MULTILINE)


def rows():
    return set(ROW.findall((ROOT / "docs/acceptance.md").read_text(encoding="utf-8")))


def claims(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.accepts":
            for argument in node.args:
                yield argument.value if isinstance(argument, ast.Constant) else ast.unparse(argument)


def test_the_list_has_the_rows_of_four_handbooks():
    found = rows()

    assert {row[:2] for row in found} >= {"H0", "H1", "H2", "H3"}
    assert len(found) > 300


def test_every_claimed_row_is_in_the_list(tests):
    known = rows()

    assert [f"{path.name}: {row}" for path in tests for row in claims(path) if row not in known] == []
