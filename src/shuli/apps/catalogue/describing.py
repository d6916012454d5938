"""The description table of a process (流程描述表) as a page: tasks, nodes, procedure, limits, papers."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shuli.apps.catalogue import presentation, queries, wording
from shuli.apps.catalogue.models import Process
from shuli.core.bpmn.description import DescriptionRow, DescriptionStep, description_table
from shuli.core.text import Text
from shuli.kit.components.values import Cell, Column, Table, TableRow


def description_page(process: Process) -> dict[str, Any] | None:
    """Return the page with the table of the version in force; None where there is none."""
    version = presentation.version_in_force(process)
    if version is None:
        return None
    rows = description_table(queries.graph(version.pk))
    documents = queries.documents(version.pk)
    return {
        "process": process,
        "process_name": presentation.words(process.names),
        "title": _("Description table"),
        "version_line": f"v{version.number}",
        "table": _table(rows, documents),
        "row_count": len(rows),
    }


def _table(rows: Iterable[DescriptionRow], documents: dict[str, Text]) -> Table:
    return Table(
        columns=[
            Column(label=pgettext("description", "Task"), phone="first"),
            Column(label=_("Nodes")),
            Column(label=_("Procedure, key point, standard"), phone="wide"),
            Column(label=_("Limit"), phone="key"),
            Column(label=_("Related papers"), phone="wide"),
        ],
        rows=[line for row in rows for line in _lines(row, documents)],
    )


def _lines(row: DescriptionRow, documents: dict[str, Text]) -> list[TableRow]:
    """Return one line for each step, then one for the key points and one for the standards."""
    join, words = _(", ").join, presentation.words
    papers = join(words(documents[key]) if key in documents else key for key in row.documents)
    nodes = join(words(node) for node in row.nodes)
    numbered = [(f"{number}. {words(step.text)}", _limit(step)) for number, step in enumerate(row.steps, 1)]
    told = [
        (_("%(what)s: %(text)s") % {"what": label, "text": " ".join(words(text) for text in texts)}, "")
        for label, texts in ((_("Key point"), row.key_points), (_("Standard"), row.standards))
        if texts
    ]
    lines = [TableRow(cells=["", "", text, limit, ""]) for text, limit in (*numbered, *told)]
    first = Cell(value=words(row.task)), nodes, numbered[0][0], numbered[0][1], papers
    return [TableRow(cells=first), *lines[1:]]


def _limit(step: DescriptionStep) -> str:
    said = presentation.words(step.within)
    return said or _(", ").join(wording.limit_words(limit) for limit in step.limits)
