"""Several cases at once as files: their list in Excel, or their archives in one."""

import tempfile
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import IO

from django.utils.translation import gettext as _

from shuli.apps.cases import archiving, completeness, presentation, queries, wording
from shuli.apps.cases.models import Case, Task
from shuli.apps.cases.people import Names
from shuli.apps.catalogue import queries as catalogue
from shuli.kit import limits
from shuli.kit.components.amounts import percent
from shuli.kit.components.moments import form_moment
from shuli.kit.workbooks import Sheet, workbook_of

IN_MEMORY = 4_000_000  # bytes; a larger file goes to the disk
WIDTHS = (18, 34, 22, 12, 18, 18, 18, 30, 12)


def too_many(rows: Sequence[Case], kind: str) -> int | None:
    """Return how many cases can be exported at once where these are too many."""
    most = limits.EXPORTED_ARCHIVES if kind == "zip" else limits.EXPORTED_ROWS
    return most if len(rows) > most else None


def workbook(rows: Sequence[Case]) -> bytes:
    """Return a list of cases as an Excel file; what looks like a formula stays a text."""
    tasks = queries.open_tasks(case.pk for case in rows)
    names = Names(
        [*(case.starter for case in rows), *(task.holder for found in tasks.values() for task in found)]
    )
    complete = completeness.of_cases(rows)
    numbers = catalogue.numbers_of({case.version_id for case in rows})
    head = (
        _("Number"), _("Title"), _("Process"), _("Version"), _("State"), _("Started by"), _("Started at"), _("Present step"),
        _("Documents complete"),
    )  # fmt: skip
    lines = [
        (
            *_facts(case, numbers[case.version_id], names),
            _doing(case, tasks.get(case.pk, []), names),
            _share(complete[case.pk]),
        )
        for case in rows
    ]
    return workbook_of(Sheet(title=_("Cases"), head=head, rows=lines, widths=WIDTHS))


def _facts(case: Case, number: str, names: Names) -> tuple[str, ...]:
    return (
        case.number,
        case.title,
        presentation.words(catalogue.graph(case.version_id).name),
        number,
        str(wording.STATUSES.get(case.status, case.status)),
        names.short(case.starter),
        form_moment(case.started_at),
    )


def _doing(case: Case, tasks: list[Task], names: Names) -> str:
    """Return at which steps the case is and with whom, a line each."""
    graph = catalogue.graph(case.version_id)
    return "\n".join(
        f"{presentation.node_name(graph, task.node)} · {names.holder(task.holder, task.department)}"
        for task in tasks
    )


def _share(found: completeness.Completeness) -> str:
    return "" if found.share is None else percent(found.share)


def archives(rows: Sequence[Case], at: datetime) -> IO[bytes]:
    """Return the archives of several cases as one file, each whole with its own index."""
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  the response closes it
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as every:
        every.writestr("cases.xlsx", workbook(rows))
        for case in rows:
            with archiving.package(case, at) as one:
                every.writestr(f"{case.number}.zip", one.read())
    file.seek(0)
    return file
