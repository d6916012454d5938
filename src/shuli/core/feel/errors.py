"""What can go wrong with an expression, as values that name the place and what was seen."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

NOTHING: Mapping[str, str] = MappingProxyType({})

# One English sentence per code, for logs; the pages have their own wording per code.
SENTENCES: Mapping[str, str] = {
    "unexpected_token": "Expected {expected} but found {found}",
    "unexpected_end": "Expected {expected} but found the end of the expression",
    "unknown_character": "Expected FEEL text but found the character {found}",
    "fullwidth_character": "Expected {expected} but found its full-width form {found}",
    "unclosed_string": "Expected a closing quotation mark but found the end of the expression",
    "unclosed_comment": "Expected the end of the comment (*/) but found the end of the expression",
    "wrong_literal": "Expected a date, time or duration in @{found} but could not read one",
    "unknown_type": "Expected the name of a type but found {found}",
    "duplicate_entry": "Expected every entry of a context once but found {name} twice",
    "duplicate_parameter": "Expected every parameter once but found {name} twice",
    "too_long": "Expected at most {limit} but found {found}; split the expression",
    "too_deep": "Expected fewer levels of nesting; split the expression",
    "too_many_steps": "Expected the expression to end within its step budget but it went on",
    "too_much_memory": "Expected the expression to stay within its size budget but it grew beyond it",
    "unknown_name": "Expected a known name but found {name}",
    "wrong_types": "Expected values that {operator} can work on but found {left} and {right}",
    "wrong_type": "Expected {expected} but found {found}",
    "division_by_zero": "Expected a divisor other than 0 but found 0",
    "out_of_range": "Expected a value within the range of its type but found {found}",
    "no_entry": "Expected an entry {name} but found none in {found}",
    "no_property": "Expected a property of {found} but found {name}",
    "not_a_function": "Expected a function but found {found}",
    "wrong_arguments": "Expected arguments that {function} accepts but found {found}",
    "wrong_argument": "Expected {expected} as {name} of {function} but found {found}",
    "wrong_pattern": "Expected a regular expression but found {found}",
    "external_function": "Expected a FEEL function but found one that runs outside ({found})",
    "unsupported_value": "Expected a FEEL value but found {found}",
    "missing_input": "Expected a value for the input {name} but found none",
    "no_expression": "Expected an expression but found none",
    "unknown_language": "Expected FEEL but found the language {found}",
    "unknown_reference": "Expected a known element but found {found}",
    "circular_requirement": "Expected requirements without a circle but {name} requires itself",
    "not_allowed": "Expected one of the allowed values of {name} but found {found}",
    "no_rule": "Expected a rule that matches but found none, and no default",
    "several_rules": "Expected one answer by policy {policy} but found the rules {rules}",
    "no_clock": "Expected the present moment to be given but found none",
}


class ExpressionError(Exception):
    """One reason why an expression cannot be compiled, went over its budget or became null.

    `position` counts characters from 0, `line` and `column` from 1. `params` belong to the code;
    `values` are the variables that the expression read, as short FEEL text.
    """

    _fields: tuple[str, str, int, Mapping[str, str], Mapping[str, str]]

    def __init__(
        self,
        *,
        code: str,
        expression: str = "",
        position: int = 0,
        params: Mapping[str, str] = NOTHING,
        values: Mapping[str, str] = NOTHING,
    ) -> None:
        fields = (code, expression, position, MappingProxyType(dict(params)), MappingProxyType(dict(values)))
        super().__init__(code)
        object.__setattr__(self, "_fields", fields)

    def __setattr__(self, name: str, value: Any) -> None:
        # Python itself attaches tracebacks and causes to whatever is raised.
        if not name.startswith("__"):
            raise AttributeError(f"Expected an unchanged ExpressionError but found a new value for {name}")
        super().__setattr__(name, value)

    def __reduce__(self) -> tuple[Any, ...]:
        return (_rebuilt, (self.code, self.expression, self.position, dict(self.params), dict(self.values)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ExpressionError) and self._fields == other._fields

    def __hash__(self) -> int:
        return hash(self._fields[:3])

    def __str__(self) -> str:
        sentence = SENTENCES.get(self.code, self.code).format_map(_Blank(self.params))
        return f"{sentence}, at line {self.line}, column {self.column} of: {self.expression}"

    def __repr__(self) -> str:
        return f"ExpressionError({self})"

    @property
    def code(self) -> str:
        return self._fields[0]

    @property
    def expression(self) -> str:
        return self._fields[1]

    @property
    def position(self) -> int:
        return self._fields[2]

    @property
    def params(self) -> Mapping[str, str]:
        return self._fields[3]

    @property
    def values(self) -> Mapping[str, str]:
        return self._fields[4]

    @property
    def line(self) -> int:
        return self.expression.count("\n", 0, self.position) + 1

    @property
    def column(self) -> int:
        return self.position - self.expression.rfind("\n", 0, self.position)


class Failure:
    """Why an operation or a built-in function has no value; the caller turns it into null and a warning."""

    __slots__ = ("code", "params")

    def __init__(self, code: str, **params: str) -> None:
        self.code = code
        self.params = params

    def __repr__(self) -> str:
        return f"Failure({self.code}, {self.params})"


class OutOfBudget(Exception):  # noqa: N818 — it is caught inside and becomes an ExpressionError
    """The running expression used up its steps, its memory or its depth."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"


def _rebuilt(
    code: str, expression: str, position: int, params: dict[str, str], values: dict[str, str]
) -> ExpressionError:
    return ExpressionError(code=code, expression=expression, position=position, params=params, values=values)
