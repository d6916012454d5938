"""Lists of cases, and links to what a search found."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django.core.paginator import Page
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from shuli.apps.cases import presentation, queries, rights, wording
from shuli.apps.cases.models import Case, Task
from shuli.apps.cases.pages import bulk
from shuli.apps.cases.people import Names
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.directory import queries as directory
from shuli.kit.components.left import time_left
from shuli.kit.components.moments import moment
from shuli.kit.components.values import Action, Cell, Column, Option, Row, Table, TableRow, Tag


def process_links(processes: Iterable[Any]) -> list[dict[str, str]]:
    return [
        {
            "url": reverse("catalogue:process", args=[process.key]),
            "name": presentation.words(process.names),
            "key": process.key,
        }
        for process in processes
    ]


def people_links(people: Iterable[Any]) -> list[dict[str, str]]:
    found = list(people)
    names = Names(person.username for person in found)
    return [
        {"url": reverse("directory:person", args=[person.username]), "name": names.full(person.username)}
        for person in found
    ]


def case_filter(query: QueryDict) -> queries.CaseFilter:
    """Read the filter of the list of cases from the address."""
    return queries.CaseFilter(
        text=query.get("q", "").strip(),
        process=query.get("process", ""),
        status=query.get("status", "open"),
        department=query.get("department", ""),
        holder=query.get("holder", ""),
        mine=query.get("mine") == "1",
        overdue=query.get("overdue") == "1",
        sort=query.get("sort", "-started_at"),
    )


def case_rows(rows: Iterable[Case]) -> list[Row]:
    """Return a line for each case, as My work and the search show them."""
    found = list(rows)
    tasks = queries.open_tasks(case.pk for case in found)
    names = Names(task.holder for row in tasks.values() for task in row)
    processes = catalogue.names()
    lines = []
    for case in found:
        graph, doing = catalogue.graph(case.version_id), tasks.get(case.pk, [])
        facts = [presentation.words(processes[case.process_key])]
        facts += [
            f"{presentation.node_name(graph, task.node)} · {names.holder(task.holder, task.department)}"
            for task in doing
        ]
        due = (
            presentation.deadline(doing[0].opened_at, doing[0].due_at, doing[0].department) if doing else None
        )
        state = (
            None if doing else ("ok" if case.status == "approved" else "normal", case.get_status_display())
        )
        lines.append(
            Row(
                url=reverse("cases:case", args=[case.number]),
                name=case.number,
                title=case.title,
                tags=tags(case),
                facts=facts,
                due=due,
                state=state,
                note=moment(case.ended_at) if case.ended_at else "",
            )
        )
    return lines


def tags(case: Case, task: Task | None = None) -> list[Tag]:
    tags = []
    if task is not None and task.is_offered:
        tags.append(Tag(label=_("To accept"), is_strong=True))
    elif task is not None and task.added_by:
        tags.append(Tag(label=_("Asked to sign") if task.role != "delegate" else _("Delegated")))
    elif task is not None and task.reason and task.state == Task.State.OPEN:
        tags.append(
            Tag(label=_("Handed over") if task.transfers else _("Returned"), is_strong=not task.transfers)
        )
    if case.incidents:
        tags.append(Tag(label=_("Stopped"), is_strong=True))
    return tags


def cases_page(request: HttpRequest, page: Page[Case], wanted: queries.CaseFilter) -> dict[str, Any]:
    """Return what the list of cases shows."""
    labels = sorted(
        directory.labels(get_language() or "zh-hans", kind="department").items(), key=lambda item: item[1]
    )
    statuses = [("open", _("Open")), *((key, str(label)) for key, label in wording.STATUSES.items())]
    processes = [(key, presentation.words(name)) for key, name in catalogue.names().items()]
    verbs = bulk.offered(request.user.get_username())
    return {
        "actions": [*_list_actions(request.user.get_username()), *_exports(request.GET)],
        "bulk_verbs": verbs,
        "may_bulk_transfer": any(option.value == "transfer" for option in verbs),
        "holder_line": _holder_line(wanted.holder),
        "page_key": uuid4().hex,
        "page": page,
        "cases_table": cases_table(request, page.object_list, wanted) if page.object_list else None,
        "wanted": wanted,
        "processes": _options(processes, wanted.process),
        "departments": _options(labels, wanted.department),
        "statuses": _options(statuses, wanted.status),
    }


def _exports(query: QueryDict) -> list[Action]:
    """Return the ways to take away what fits the filter."""
    url = reverse("cases:export")
    kept = query.copy()
    found = []
    for kind, label, icon in (
        ("xlsx", _("Export to Excel"), "file-type-xls"),
        ("zip", _("Export the archives"), "archive"),
    ):
        kept["format"] = kind
        found.append(Action(label=label, icon=icon, is_rare=True, url=f"{url}?{kept.urlencode()}"))
    return found


def _list_actions(person: str) -> list[Action]:
    """Return the ways on from the list: starting, and what only some people need."""
    start = reverse("cases:start_list")
    actions = [Action(label=_("Start a process"), icon="circle-plus", is_primary=True, url=start)]
    stopped = queries.owned_incidents(person).count()
    if stopped:
        label = ngettext("%(n)s has stopped", "%(n)s have stopped", stopped) % {"n": stopped}
        actions.append(Action(label=label, icon="alert-circle", url=reverse("cases:incidents")))
    actions.append(
        Action(label=_("Bulk runs"), icon="checklist", is_rare=True, url=reverse("cases:bulk_runs"))
    )
    if rights.administers(person):
        actions.append(Action(label=_("Move a case"), icon="route", is_rare=True, url=reverse("cases:jumps")))
    return actions


def _holder_line(holder: str) -> str:
    if not holder:
        return ""
    return _("Only cases in which %(person)s has a task.") % {"person": Names([holder]).full(holder)}


def _options(pairs: Iterable[tuple[str, str]], chosen: str) -> list[Option]:
    return [Option(value=value, label=label, is_chosen=value == chosen) for value, label in pairs]


def cases_table(request: HttpRequest, rows: Iterable[Case], wanted: queries.CaseFilter) -> Table:
    """Return the list of cases as a table: where each stands, with whom, until when."""
    found = list(rows)
    tasks = queries.open_tasks(case.pk for case in found)
    names = Names(task.holder for row in tasks.values() for task in row)
    processes = catalogue.names()
    return Table(
        columns=[
            Column(label=pgettext("column", "Choose"), phone="pick", is_silent=True),
            _sortable(request, wanted, _("Number"), "number", phone="first"),
            _sortable(request, wanted, _("Title"), "title", phone="wide"),
            Column(label=_("Process")),
            Column(label=_("Stands at")),
            Column(label=_("With")),
            Column(label=_("Due"), phone="key"),
            _sortable(request, wanted, _("Started"), "started_at", phone="hidden"),
        ],
        rows=[
            TableRow(
                cells=_cells(
                    case, tasks.get(case.pk, []), names, presentation.words(processes[case.process_key])
                )
            )
            for case in found
        ],
        caption=_("Cases"),
    )


def _sortable(request: HttpRequest, wanted: queries.CaseFilter, label: str, key: str, phone: str) -> Column:
    query = request.GET.copy()
    query.pop("page", None)
    query["sort"] = f"-{key}" if wanted.sort == key else key
    direction = {key: "ascending", f"-{key}": "descending"}.get(wanted.sort, "")
    return Column(label=label, phone=phone, sort=key, sorted=direction, sort_url=f"?{query.urlencode()}")


def _cells(case: Case, tasks: list[Task], names: Names, process: str) -> list[Cell]:
    graph = catalogue.graph(case.version_id)
    join = _(", ").join
    here = join(dict.fromkeys(presentation.node_name(graph, task.node) for task in tasks))
    due = (
        time_left(presentation.deadline(tasks[0].opened_at, tasks[0].due_at, tasks[0].department))
        if tasks
        else None
    )
    return [
        Cell(value=bulk.tick(case)),
        Cell(value=case.number, url=reverse("cases:case", args=[case.number])),
        Cell(value=case.title),
        Cell(value=process),
        Cell(value=here or case.get_status_display()),
        Cell(value=join(dict.fromkeys(names.holder(task.holder, task.department) for task in tasks))),
        Cell(value=due.word if due else "", note=due.due if due else ""),
        Cell(value=moment(case.started_at)),
    ]
