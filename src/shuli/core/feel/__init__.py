"""FEEL expressions and DMN decision tables: parse, compile, evaluate."""

from shuli.core.feel.budget import Limits
from shuli.core.feel.errors import ExpressionError
from shuli.core.feel.expression import (
    Expression,
    Outcome,
    compile_expression,
    compile_unary_tests,
)
from shuli.core.feel.json import from_json, to_json
from shuli.core.feel.text import feel_text
from shuli.core.feel.typecheck import check_types

Compiled = Expression

__all__ = [
    "Compiled",
    "Expression",
    "ExpressionError",
    "Limits",
    "Outcome",
    "check_types",
    "compile_expression",
    "compile_unary_tests",
    "feel_text",
    "from_json",
    "to_json",
]
