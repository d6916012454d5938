"""Check a decision table without running it: gaps, overlaps, rules that never match, cells that cannot be read."""

from collections.abc import Iterator

from shuli.core.feel.dmn.cell_types import cells_of_wrong_type
from shuli.core.feel.dmn.cells import Cell
from shuli.core.feel.dmn.compiled_table import parsed_cell
from shuli.core.feel.dmn.findings import Finding, where_text
from shuli.core.feel.dmn.grid import Grid, MostSearched
from shuli.core.feel.dmn.place import Place
from shuli.core.feel.dmn.table import DecisionTable, HitPolicy
from shuli.core.feel.errors import ExpressionError
from shuli.core.feel.expression import parse

_MOST_FINDINGS = 20
_SINGLE = frozenset({HitPolicy.UNIQUE, HitPolicy.ANY})
_ORDERED = frozenset({HitPolicy.FIRST})


def check_table(table: DecisionTable, names: tuple[str, ...] = ()) -> tuple[Finding, ...]:
    """Return everything that is wrong or doubtful about a table; `names` are the variables in scope.

    Errors: no_output, no_rules, no_expression, missing_priorities, wrong_aggregation,
    duplicate_output, missing_output_name, wrong_cell_count, wrong_cell_type, the codes of expressions, rules_overlap (policy UNIQUE, or ANY with
    different outputs). Warnings: gap, unreachable_rule, masked_rule (policy FIRST), missing_output, cells_not_checked, gaps_not_checked.
    """
    found = [*_shape(table), *_expressions(table, names)]
    if any(finding.severity == "error" for finding in found):
        return tuple(found)
    # what other cells leave over says nothing as long as one tests for something else
    if wrong := tuple(cells_of_wrong_type(table, names)):
        return (*found, *wrong)
    columns = [_column(table, index, names) for index in range(len(table.inputs))]
    grid = Grid(columns, [_allowed(part.values, names) for part in table.inputs])
    return (*found, *_rules(table, grid))


def _shape(table: DecisionTable) -> Iterator[Finding]:
    for code, missing in (("no_output", not table.outputs), ("no_rules", not table.rules)):
        if missing:
            yield Finding(code=code)
    if table.aggregation is not None and table.hit_policy is not HitPolicy.COLLECT:
        params = {"aggregation": table.aggregation.value, "policy": table.hit_policy.value}
        yield Finding(code="wrong_aggregation", params=params)
    yield from _output_shape(table)
    for number, rule in enumerate(table.rules, 1):
        if len(rule.tests) != len(table.inputs) or len(rule.outputs) != len(table.outputs):
            expected = f"{len(table.inputs)}+{len(table.outputs)}"
            params = {"expected": expected, "found": f"{len(rule.tests)}+{len(rule.outputs)}"}
            yield Finding(code="wrong_cell_count", rules=(number,), params=params)


def _output_shape(table: DecisionTable) -> Iterator[Finding]:
    names = [output.name for output in table.outputs]
    needs_priorities = table.hit_policy in (HitPolicy.PRIORITY, HitPolicy.OUTPUT_ORDER)
    for column, output in enumerate(table.outputs, len(table.inputs) + 1):
        if table.is_compound and (not output.name or names.count(output.name) > 1):
            code = "duplicate_output" if output.name else "missing_output_name"
            yield Finding(code=code, column=column, params={"name": output.name})
        if needs_priorities and not output.values.strip():
            yield Finding(code="missing_priorities", column=column, params={"policy": table.hit_policy.value})


def _expressions(table: DecisionTable, names: tuple[str, ...]) -> Iterator[Finding]:
    for column, part in enumerate(table.inputs, 1):
        if not part.expression.strip():
            yield Finding(code="no_expression", column=column)
        else:
            yield from _syntax(part.expression, names, column=column)
        yield from _syntax(part.values, names, column=column, tests=True)
    for column, output in enumerate(table.outputs, len(table.inputs) + 1):
        yield from _syntax(output.values, names, column=column, tests=True)
        yield from _syntax(output.default, names, column=column)
    for number, rule in enumerate(table.rules, 1):
        for column, text in enumerate(rule.tests, 1):
            yield from _syntax(text, names, column=column, rule=number, tests=True)
        for column, text in enumerate(rule.outputs, len(rule.tests) + 1):
            yield from _output_cell(text, names, column, number)


def _output_cell(text: str, names: tuple[str, ...], column: int, rule: int) -> Iterator[Finding]:
    if not text.strip():
        yield Finding(code="missing_output", severity="warning", column=column, rules=(rule,))
    elif text.strip() != "-":
        yield from _syntax(text, names, column=column, rule=rule)


def _syntax(
    text: str, names: tuple[str, ...], *, column: int, rule: int = 0, tests: bool = False
) -> Iterator[Finding]:
    if not text.strip() or (tests and text.strip() == "-"):
        return
    for error in parse(text, (*names, "?") if tests else names, tests=tests).errors:
        yield _finding(error, column, rule)


def _finding(error: ExpressionError, column: int, rule: int) -> Finding:
    params = {**error.params, "expression": error.expression, "at": f"{error.line}:{error.column}"}
    return Finding(code=error.code, column=column, rules=(rule,) if rule else (), params=params)


def _column(table: DecisionTable, index: int, names: tuple[str, ...]) -> list[Cell]:
    place = Place(names=(*names, "?"))
    return [parsed_cell(rule.tests[index], place) for rule in table.rules]


def _allowed(values: str, names: tuple[str, ...]) -> Cell | None:
    return parsed_cell(values, Place(names=(*names, "?"))) if values.strip() else None


def _rules(table: DecisionTable, grid: Grid) -> Iterator[Finding]:
    if not grid.is_complete:
        # a cell that has to be run may match anything, so only what is certain can be said
        yield Finding(code="cells_not_checked", severity="warning", rules=grid.unknown_rules())
    yield from _overlaps(table, grid)
    yield from _unreachable(table, grid)
    if not any(output.default.strip() for output in table.outputs):
        yield from _gaps(grid)


def _overlaps(table: DecisionTable, grid: Grid) -> Iterator[Finding]:
    if table.hit_policy not in _SINGLE:
        return
    count = 0
    for one, other in grid.overlapping_pairs():
        if table.hit_policy is HitPolicy.ANY and table.rules[one].outputs == table.rules[other].outputs:
            continue
        where = grid.common_place(one, other)
        yield Finding(
            code="rules_overlap", rules=(one + 1, other + 1), where=where,
            params={"policy": table.hit_policy.value, "where": where_text(where)},
        )  # fmt: skip
        count += 1
        if count == _MOST_FINDINGS:
            return


def _unreachable(table: DecisionTable, grid: Grid) -> Iterator[Finding]:
    for index in range(len(table.rules)):
        if grid.is_empty(index):
            yield Finding(code="unreachable_rule", severity="warning", rules=(index + 1,))
        elif table.hit_policy in _ORDERED and grid.is_covered(index, by=range(index)):
            yield Finding(code="masked_rule", severity="warning", rules=(index + 1,))


def _gaps(grid: Grid) -> Iterator[Finding]:
    try:
        for count, place in enumerate(grid.gaps()):
            if count == _MOST_FINDINGS:
                return
            yield Finding(code="gap", severity="warning", where=place, params={"where": where_text(place)})
    except MostSearched:
        yield Finding(code="gaps_not_checked", severity="warning")
