"""FEEL expressions and DMN decision tables: parse, compile, evaluate."""

from shuli.core.feel.budget import Limits
from shuli.core.feel.errors import ExpressionError
from shuli.core.feel.expression import (
    Expression,
    Outcome,
    compile_expression,
    compile_unary_tests,
)

Compiled = Expression

__all__ = [
    "Compiled",
    "Expression",
    "ExpressionError",
    "Limits",
    "Outcome",
    "compile_expression",
    "compile_unary_tests",
]
