"""The shape of the code: short files, short functions, honest names, a pure core."""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LONGEST_FILE = 500
LONGEST_FUNCTION = 50
EMPTY_NAMES = re.compile(r"(Manager|Helper|Util|Utils|Handler)$")
NOW = {"now", "today", "utcnow"}
INPUT_AND_OUTPUT = {"open", "print", "input"}
# put together here, so that this file does not find itself
LATER = re.compile("|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X")))


@cache
def tree_of(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path):
    return [
        node for node in ast.walk(tree_of(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def place(path, node):
    return f"{path.relative_to(ROOT)}:{node.lineno} {getattr(node, 'name', '')}"


def is_text(path):
    return path.is_file() and b"\0" not in path.read_bytes()


def test_no_file_is_longer_than_a_reader_bears(everything):
    lengths = {str(p.relative_to(ROOT)): len(p.read_bytes().splitlines()) for p in everything if is_text(p)}

    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_longer_than_a_screen(source):
    found = [(path, node) for path in source for node in functions(path)]

    assert [place(*one) for one in found if one[1].end_lineno - one[1].lineno >= LONGEST_FUNCTION] == []


def test_nothing_is_left_for_later(everything):
    found = [path for path in everything if is_text(path) and LATER.search(path.read_text(encoding="utf-8"))]

    assert [str(path.relative_to(ROOT)) for path in found] == []


def test_no_class_has_an_empty_name(source):
    classes = [
        (path, node) for path in source for node in ast.walk(tree_of(path)) if isinstance(node, ast.ClassDef)
    ]

    assert [place(*one) for one in classes if EMPTY_NAMES.search(one[1].name)] == []


def test_the_core_asks_neither_clock_nor_chance_nor_files():
    """import-linter sees modules; this sees calls."""
    core = sorted((ROOT / "src/shuli/core").rglob("*.py"))
    calls = [(path, node) for path in core for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)]

    assert [f"{place(*one)}{ast.unparse(one[1].func)}" for one in calls if is_impure(one[1].func)] == []


def is_impure(called):
    if isinstance(called, ast.Name):
        return called.id in INPUT_AND_OUTPUT
    if not isinstance(called, ast.Attribute):
        return False
    owner = ast.unparse(called.value)
    is_clock = called.attr in NOW and owner.split(".")[-1] in {"datetime", "date", "timezone", "clock"}
    return is_clock or owner == "random" or called.attr in {"uuid1", "uuid4"}


def test_test_folders_are_no_packages():
    assert list((ROOT / "tests").rglob("__init__.py")) == []
