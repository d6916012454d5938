"""FEEL has one entrance: nothing outside of it reads, compiles or runs expressions by other means."""

import ast
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src/shuli"
INSIDE = SOURCE / "core" / "feel"
# what is inside: the grammar, the compiler and the closures that they make
CLOSED = ("shuli.core.feel.compiler", "shuli.core.feel.grammar.parser", "shuli.core.feel.grammar.lexer")
# tells from the syntax which values lead somewhere; it evaluates nothing
READERS = {"server/play/reading.py"}
FORBIDDEN = {"eval", "exec", "compile"}


def modules():
    return [path for path in SOURCE.rglob("*.py") if INSIDE not in path.parents]


def imported(tree):
    return {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}


def called(tree):
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {function.id for function in calls if isinstance(function, ast.Name)}


def test_conditions_due_dates_assignees_forms_and_routing_come_in_by_the_one_door():
    reaching = [
        str(path.relative_to(SOURCE))
        for path in modules()
        if any(name.startswith(CLOSED) for name in imported(ast.parse(path.read_text(encoding="utf-8"))))
    ]

    assert set(reaching) <= READERS


def test_no_module_runs_text_as_python():
    guilty = [
        path
        for path in SOURCE.rglob("*.py")
        if called(ast.parse(path.read_text(encoding="utf-8"))) & FORBIDDEN
    ]

    assert [str(path.relative_to(SOURCE)) for path in guilty] == []
