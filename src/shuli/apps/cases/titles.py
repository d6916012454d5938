"""What a case is called in lists: the model's title expression, or its number."""

from typing import Any

from shuli.core.bpmn.graph import ProcessGraph
from shuli.core.feel import ExpressionError, compile_expression

LONGEST = 300


def case_title(graph: ProcessGraph, variables: dict[str, Any], number: str) -> str:
    """Return the case's title; a title that cannot be made is never a reason to refuse the step."""
    if not graph.title:
        return number
    try:
        title = compile_expression(graph.title, tuple(variables)).evaluate(variables)
    except ExpressionError:
        return number
    return str(title)[:LONGEST] if title else number
