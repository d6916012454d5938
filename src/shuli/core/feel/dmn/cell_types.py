"""Hold the cells of a table against the types that its columns declare."""

from collections.abc import Iterator

from shuli.core.feel.dmn.compiled_table import parsed_cell
from shuli.core.feel.dmn.findings import Finding
from shuli.core.feel.dmn.place import Place
from shuli.core.feel.dmn.table import DecisionTable, Input, Output
from shuli.core.feel.expression import compile_expression
from shuli.core.feel.typecheck import result_kind
from shuli.core.feel.types import TYPE_NAMES, Simple

_ANYTHING = frozenset({Simple.ANY, Simple.NULL})


def cells_of_wrong_type(table: DecisionTable, names: tuple[str, ...]) -> Iterator[Finding]:
    """Yield every cell that can never fit its column: a text in a column of numbers. Cells that do not parse say so elsewhere."""
    for column, part in enumerate(table.inputs):
        declared = _declared(part)
        if declared is not None:
            yield from _tests(table, column, declared, names)
    for column, output in enumerate(table.outputs):
        declared = _declared(output)
        if declared is not None:
            yield from _outputs(table, column, declared, names)


def _declared(part: Input | Output) -> Simple | None:
    """Return the plain type of a column; None where it takes anything, or a type that the model names."""
    kind = TYPE_NAMES.get(part.type)
    return kind if isinstance(kind, Simple) and kind not in _ANYTHING else None


def _tests(table: DecisionTable, column: int, declared: Simple, names: tuple[str, ...]) -> Iterator[Finding]:
    place = Place(names=(*names, "?"))
    for number, rule in enumerate(table.rules, 1):
        for part in parsed_cell(rule.tests[column], place).parts or ():
            if part.kind not in (declared, *_ANYTHING):
                yield _finding(declared, part.kind, number, column + 1)
                break


def _outputs(
    table: DecisionTable, column: int, declared: Simple, names: tuple[str, ...]
) -> Iterator[Finding]:
    types = dict.fromkeys(names, Simple.ANY)
    for number, rule in enumerate(table.rules, 1):
        text = rule.outputs[column].strip()
        if text in ("", "-"):
            continue
        found = result_kind(compile_expression(text, names), types)
        if found not in (declared, *_ANYTHING):
            yield _finding(declared, found, number, len(table.inputs) + column + 1)


def _finding(declared: Simple, found: Simple, rule: int, column: int) -> Finding:
    params = {"expected": str(declared), "found": str(found)}
    return Finding(code="wrong_cell_type", rules=(rule,), column=column, params=params)
