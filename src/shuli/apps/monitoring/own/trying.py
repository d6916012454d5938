"""Trying an own indicator on the last cases, before it is kept."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from fractions import Fraction
from itertools import islice
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from msgspec import Struct

from shuli.apps.cases.behind import last_ended
from shuli.apps.monitoring import words
from shuli.apps.monitoring.own import scope
from shuli.apps.monitoring.own.counting import definition_of
from shuli.apps.monitoring.own.figures import indicator
from shuli.apps.monitoring.own.measuring import Measured, Sum, explained
from shuli.apps.monitoring.own.models import OwnIndicator
from shuli.apps.monitoring.own.records import Record, Wanted, records
from shuli.core.feel import compile_expression
from shuli.kit.components.moments import moment
from shuli.kit.components.values import Cell, Column, Table, TableRow
from shuli.kit.feel_words import error_words

CASES = 20
TRIED = 400  # visits of them
SHOWN = 40  # lines of the table, the latest


class Trial(Struct, frozen=True, kw_only=True):
    """What an expression gives for the last cases that the reader may see."""

    value: str  # of all together
    cases: int
    known: int
    unknown: int
    table: Table


def try_out(person: str, process: str, facts: Mapping[str, Any]) -> Trial:
    """Return what an indicator would say of the last cases; nothing is kept."""
    row = OwnIndicator(process_key=process, **facts)
    cases = last_ended(person, process, CASES)
    found = list(islice(_each(row, cases), TRIED)) if cases else []
    whole = Sum()
    for _record, one in found:
        whole.add(one.value)
    shown = indicator(row)
    value = shown.value({shown.key: (whole.known, whole.total)}) if found else None
    return Trial(
        value=words.value_words(shown, value),
        cases=len(cases),
        known=whole.known,
        unknown=whole.unknown,
        table=_table(row, found[-SHOWN:][::-1]),
    )


def _each(row: OwnIndicator, cases: Mapping[int, datetime]) -> Iterator[tuple[Record, Measured]]:
    names = tuple(one["name"] for one in scope.scope(row.process_key, row.grain))
    compiled = compile_expression(row.source, names)
    wanted = Wanted(
        process=row.process_key, grain=row.grain, first=min(cases.values()), until=None, reads=compiled.variables, among=tuple(cases)
    )  # fmt: skip
    for one in records(wanted):
        yield one, explained(definition_of(row), compiled, one.facts, one.closed_at)


def _table(row: OwnIndicator, found: list[tuple[Record, Measured]]) -> Table:
    steps = dict(scope.steps(row.process_key))
    is_of_visits = row.grain == OwnIndicator.Grain.VISIT
    rows = [
        TableRow(
            cells=[
                Cell(value=record.number, url=reverse("cases:case", args=[record.number])),
                *([steps.get(record.node, record.node)] if is_of_visits else []),
                moment(record.closed_at),
                Cell(value=_one(row, one), note=error_words(one.reason) if one.reason else ""),
            ]
        )
        for record, one in found
    ]
    return Table(
        columns=[
            Column(label=_("Case"), phone="first"),
            *([Column(label=_("Step"))] if is_of_visits else []),
            Column(label=_("Closed")),
            Column(label=_("Value"), phone="key"),
        ],
        rows=rows,
    )


def _one(row: OwnIndicator, one: Measured) -> str:
    """Return the value of one visit or case as people read it."""
    if one.value is None:
        return words.NOTHING
    if row.together in (OwnIndicator.Together.SHARE, OwnIndicator.Together.COUNT):
        return _("yes") if one.value else _("no")
    return words.value_words(indicator(row), Fraction(one.value))
