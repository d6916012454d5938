"""Run decision tables: an index finds the rules that may match, the hit policy makes the answer."""

from collections.abc import Callable, Iterator
from typing import Any

from shuli.core.feel.budget import warn
from shuli.core.feel.compiler.code import Closure, Compiler
from shuli.core.feel.compiler.scope import Scope
from shuli.core.feel.compiler.tests import INPUT, Test, test_of
from shuli.core.feel.dmn.axis import Axis, kinds_in
from shuli.core.feel.dmn.cells import Cell, cell_of, constant_value
from shuli.core.feel.dmn.place import Place
from shuli.core.feel.dmn.policies import POLICIES, Answers, no_match
from shuli.core.feel.dmn.table import DecisionTable, Input
from shuli.core.feel.expression import parse
from shuli.core.feel.grammar.syntax import AnyValue
from shuli.core.feel.kinds import KIND_OF, kind_name

# Takes the scope, the table and the numbers of the rules that matched, counted from 1.
Recorder = Callable[[Any, DecisionTable, tuple[int, ...]], None]


class Column:
    """One input of a compiled table."""

    __slots__ = ("_axes", "_cells", "_everything", "_null", "_tests", "read", "to_run")

    def __init__(self, read: Closure, cells: list[Cell], tests: list[Test]) -> None:
        self.read = read
        self._cells = cells
        self._tests = tests
        # the cells that have to be run, as bits
        self.to_run = sum(
            1 << index for index, cell in enumerate(cells) if not cell.passes_all and cell.parts is None
        )
        self._axes: dict[Any, tuple[Axis, list[int]]] = {}
        for kind in kinds_in(cells):
            axis = Axis(kind, cells)
            self._axes[kind] = (axis, axis.masks(cells))
        # the cells that pass for a value of a kind that no cell names
        self._everything = sum(1 << index for index, cell in enumerate(cells) if cell.passes_all)
        self._null: int | None = None

    def candidates(self, env: Any, value: Any) -> int:
        """Return the rules whose test in this column passes or has still to be run."""
        found = self._axes.get(KIND_OF.get(type(value)))
        if found is not None:
            axis, masks = found
            return masks[axis.segment_of(value)] | self.to_run
        if value is not None:
            # a list may be equal to a list of constants
            return self._passing(env, value) if type(value) is list else self._everything | self.to_run
        if self._null is None:
            self._null = self._passing(env, None)
        return self._null

    def passes(self, env: Scope, value: Any, index: int) -> bool:
        """Return whether the test of one rule passes."""
        scope = Scope(env)
        scope[INPUT] = value
        env.run.spend(2)
        return self._tests[index](scope, value) is True

    def _passing(self, env: Any, value: Any) -> int:
        """Return the candidates for a value that no index covers, by running every constant test."""
        mask = self.to_run
        for index, cell in enumerate(self._cells):
            if cell.passes_all or (cell.parts is not None and self.passes(env, value, index)):
                mask |= 1 << index
        return mask


class CompiledTable:
    """A decision table that is ready to run in a scope."""

    def __init__(self, table: DecisionTable, place: Place, record: Recorder | None = None) -> None:
        self.table = table
        self._record = record
        self._all = (1 << len(table.rules)) - 1
        self._columns = [_column(table, index, place) for index in range(len(table.inputs))]
        self._allowed = [_allowed_values(part, place) for part in table.inputs]
        self._answers = Answers(table, [_outputs(rule.outputs, table, place) for rule in table.rules], place)
        self._policy = POLICIES[table.hit_policy]

    def run(self, env: Scope) -> Any:
        """Return the answer of the table for the variables of a scope."""
        alive, values = self._all, []
        for column, allowed in zip(self._columns, self._allowed, strict=True):
            value = column.read(env)
            if allowed is not None and not allowed(env, value):
                return None
            values.append(value)
            alive &= column.candidates(env, value)
        matched = [index for index in _bits(alive) if self._holds(env, values, index)]
        env.run.spend(len(matched) + len(values))
        if self._record is not None:
            self._record(env, self.table, tuple(index + 1 for index in matched))
        if not matched:
            return no_match(env, self._answers)
        return self._policy(env, self._answers, matched)

    def _holds(self, env: Scope, values: list[Any], index: int) -> bool:
        bit = 1 << index
        return all(
            not column.to_run & bit or column.passes(env, value, index)
            for column, value in zip(self._columns, values, strict=True)
        )


def _bits(mask: int) -> Iterator[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def _column(table: DecisionTable, index: int, place: Place) -> Column:
    inside = place.with_names(INPUT)
    cells: list[Cell] = []
    tests: list[Test] = []
    for rule in table.rules:
        cell = parsed_cell(rule.tests[index] if index < len(rule.tests) else "", inside)
        cells.append(cell)
        tests.append(_test(cell, inside))
    read, _ = place.feel(table.inputs[index].expression)
    return Column(read, cells, tests)


def parsed_cell(text: str, place: Place) -> Cell:
    """Return what a cell tests; an empty cell passes everything."""
    if not text.strip() or text.strip() == "-":
        return Cell(text=text, node=AnyValue(at=0), passes_all=True)
    parsed = parse(text, place.names, place.types, place.entries, tests=True)
    place.found.extend(parsed.errors)
    return cell_of(text, parsed.node, parsed.errors)


def _test(cell: Cell, place: Place) -> Test:
    if cell.errors:
        errors = cell.errors

        def failing(env: Any, _: Any) -> None:
            for error in errors:
                warn(env, error.expression, error.position, error.code, **error.params)

        return failing
    return test_of(Compiler(cell.text, frozenset(place.names), plain=False), cell.node)


def _allowed_values(column: Input, place: Place) -> Test | None:
    """Return the check that a value is among the allowed ones of its column."""
    if not column.values.strip():
        return None
    cell = parsed_cell(column.values, place.with_names(INPUT))
    test = _test(cell, place.with_names(INPUT))

    def is_allowed(env: Scope, value: Any) -> bool:
        scope = Scope(env)
        scope[INPUT] = value
        if value is None or test(scope, value) is True:
            return True
        warn(env, column.expression, 0, "not_allowed", name=column.expression, found=kind_name(value))
        return False

    return is_allowed


def _outputs(texts: tuple[str, ...], table: DecisionTable, place: Place) -> list[Closure]:
    return [
        place.typed(output_closure(texts[index] if index < len(texts) else "", place), output.type)
        for index, output in enumerate(table.outputs)
    ]


def output_closure(text: str, place: Place) -> Closure:
    """Return the closure of an output cell; an empty one is null."""
    if not text.strip() or text.strip() == "-":
        return lambda _env: None
    parsed = parse(text, place.names, place.types, place.entries)
    known, value = (False, None) if parsed.errors else constant_value(parsed.node)
    return (lambda _env: value) if known else place.feel(text)[0]
