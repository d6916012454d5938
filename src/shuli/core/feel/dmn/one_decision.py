"""Make a whole model around one decision table, to be written as a file that other tools open."""

from collections.abc import Mapping

from shuli.core.feel.dmn.model import Decision, InputData, Model, Table, Variable
from shuli.core.feel.dmn.table import DecisionTable
from shuli.core.feel.expression import compile_expression, compile_unary_tests


def model_of_table(
    table: DecisionTable,
    *,
    name: str,
    namespace: str,
    types: Mapping[str, str] | None = None,
) -> Model:
    """Return a model with one decision of that name, and input data for every variable that the table reads.

    `types` are the FEEL types of the variables where they are known; an input column that is just a
    variable gives its own type to it.
    """
    known = {part.expression: part.type for part in table.inputs} | dict(types or {})
    inputs = tuple(
        InputData(
            id=f"input-{number}",
            name=variable,
            variable=Variable(name=variable, type=known.get(variable, "")),
        )
        for number, variable in enumerate(variables_of_table(table), 1)
    )
    output_type = table.outputs[0].type if len(table.outputs) == 1 else ""
    decision = Decision(
        id="decision",
        name=name,
        variable=Variable(name=name, type=output_type if not table.hit_policy.answers_list else ""),
        expression=Table(table=table),
        required_inputs=tuple(f"#{part.id}" for part in inputs),
    )
    return Model(namespace=namespace, name=name, id="definitions", elements=(*inputs, decision))


def variables_of_table(table: DecisionTable) -> tuple[str, ...]:
    """Return the variables that a table reads in its inputs, tests and outputs, in alphabetical order."""
    texts = [part.expression for part in table.inputs]
    texts += [output.default for output in table.outputs]
    texts += [text for rule in table.rules for text in rule.outputs if text.strip() != "-"]
    found = {name for text in texts if text.strip() for name in compile_expression(text).variables}
    tests = [text for rule in table.rules for text in rule.tests if text.strip() not in ("", "-")]
    found |= {name for text in tests for name in _tested(text)}
    return tuple(sorted(found))


def _tested(text: str) -> frozenset[str]:
    return compile_unary_tests(text).variables - {"?"}
