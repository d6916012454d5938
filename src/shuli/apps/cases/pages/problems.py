"""What pages show of problems that people report with steps."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from shuli.apps.cases import presentation
from shuli.apps.cases.models import Problem
from shuli.apps.cases.people import Names
from shuli.apps.catalogue import queries as catalogue
from shuli.core.bpmn.graph import Node
from shuli.kit.components.moments import moment
from shuli.kit.components.values import Cell, Column, Table, TableRow


def report_page(key: str, node: Node, text: str = "") -> dict[str, Any]:
    """Return the page on which somebody says what is wrong with a step."""
    process = catalogue.names()[key]
    return {
        "title": _("Report a problem with this step"),
        "key": key,
        "process_name": presentation.words(process),
        "node": node.id,
        "node_name": presentation.words(node.name),
        "standard": presentation.words(node.duty.standard),
        "text": text,
        "back": reverse("catalogue:handbook", args=[key]) + f"#step-{node.id}",
    }


def problems_table(key: str, rows: Iterable[Problem]) -> Table:
    """Return what was said, of which step, by whom and when."""
    found = list(rows)
    names = Names(row.author for row in found if row.author)
    columns = [
        Column(label=_("Problem"), phone="first"),
        Column(label=_("Step")),
        Column(label=_("Who")),
        Column(label=_("When"), phone="key"),
        Column(label=_("Case")),
    ]
    return Table(
        columns=columns,
        rows=[TableRow(cells=[row.text, *_facts(key, row, names)]) for row in found],
        caption=_("Problems with steps"),
    )


def _facts(key: str, row: Problem, names: Names) -> list[Any]:
    node = catalogue.node_in_force(key, row.node)
    number = row.case.number if row.case else ""
    return [
        presentation.words(node.name) if node else row.node,
        names.full(row.author) if row.author else _("without a name"),
        moment(row.at),
        Cell(value=number, url=reverse("cases:case", args=[number])) if number else "",
    ]
