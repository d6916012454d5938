"""Evaluate a FEEL expression and print its value as JSON.

shuli feel 'if level = "major" then 5 else 3' --context '{"level": "major"}'
"""

import json
import sys
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

NEEDS_DATA = False


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("expression", metavar="EXPR")
    parser.add_argument(
        "--context", metavar="JSON", default="{}", help="the names that the expression may use"
    )
    parser.add_argument("--json", action="store_true", help="print value and warnings as one JSON object")


def run(asked: Namespace) -> int:
    from shuli.core.feel import ExpressionError, compile_expression

    try:
        context = json.loads(asked.context)
    except json.JSONDecodeError as error:
        print(f"shuli feel: Expected JSON in --context but found: {error}", file=sys.stderr)
        return 2
    if not isinstance(context, dict):
        print("shuli feel: Expected a JSON object in --context but found something else.", file=sys.stderr)
        return 2
    try:
        value, warnings = compile_expression(asked.expression, context).explain(context, datetime.now(UTC))
    except ExpressionError as error:
        value, warnings = None, (error,)
    return show(value, warnings, as_json=asked.json)


def show(value: Any, warnings: tuple[Exception, ...], *, as_json: bool) -> int:
    """Print the value, and why something became null; return 1 when nothing came out of it."""
    words = [str(warning) for warning in warnings]
    if as_json:
        print(json.dumps({"value": value, "warnings": words}, ensure_ascii=False, default=plain))
    else:
        print(json.dumps(value, ensure_ascii=False, default=plain))
        for word in words:
            print(f"shuli feel: {word}", file=sys.stderr)
    return 1 if warnings and value is None else 0


def plain(value: Any) -> Any:
    """Return a FEEL value as JSON has it."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value)
