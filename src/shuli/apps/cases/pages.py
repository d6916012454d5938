"""Puts together what the templates of tasks and cases show, and how answers to commands come back to the browser."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from shuli.apps.cases import operations, presentation, queries, timers, wording
from shuli.apps.cases.models import Case, Notification, StartDraft, Task
from shuli.apps.cases.people import Names
from shuli.apps.cases.refusals import sentence, status_of
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.directory import queries as directory
from shuli.core.engine import Refused
from shuli.core.forms import FieldError, FormDefinition, PersonField, Section, field_state
from shuli.core.text import Text
from shuli.kit import clock, idempotency
from shuli.kit.components.left import time_left
from shuli.kit.components.moments import moment, moment_within
from shuli.kit.components.values import Action, Cell, Column, Figure, Option, Row, Tab, Table, TableRow, Tag
from shuli.kit.forms import entry_html, form_view

# Answers to commands ------------------------------------------------------------------------------------


def refused(request: HttpRequest, refusal: Refused, task: Task | None = None) -> HttpResponse:
    """Return the page that says why nothing was changed, and where to go on."""
    status = status_of(refusal)
    where = reverse("cases:case", args=[task.case.number]) if task else reverse("cases:my_work")
    context = {
        "title": _("Nothing was changed"),
        "sentence": sentence(refusal),
        "what_next": _("Open the case to see where it stands.") if task else _("Go to My work."),
        "next_url": where,
        "status": status,
    }
    return render(request, "kit/error.html", context, status=status)


def answered(
    request: HttpRequest, answer: operations.Done | Refused, view: str, argument: object
) -> HttpResponse:
    if isinstance(answer, Refused):
        return refused(request, answer)
    return redirect(back(request, view, argument))


def back(request: HttpRequest, view: str, *arguments: object) -> str:
    """Return where the form asked to go back to, if that is a page of ours, else the view."""
    wanted = request.POST.get("next", "")
    if wanted and url_has_allowed_host_and_scheme(wanted, {request.get_host()}):
        return wanted
    return reverse(view, args=arguments)


def once(request: HttpRequest, command: str, run: Callable[[], operations.Outcome]) -> operations.Outcome:
    """Run a command once for each key that a page carries, however often its button was pressed."""
    fresh: list[operations.Outcome] = []

    def go() -> dict[str, int] | None:
        fresh.append(run())
        return {"case_id": fresh[0].case_id} if isinstance(fresh[0], operations.Done) else None

    kept = idempotency.once(request.user.get_username(), idempotency.key_of(request), command, go)
    if isinstance(kept, idempotency.Conflict):
        return Refused(code="key_reused")
    return fresh[0] if fresh else operations.Done(case_id=kept["case_id"])


def draft_saved(request: HttpRequest, answer: operations.Done | Refused) -> HttpResponse:
    """Say that a draft was saved, as a fragment for the page or as a redirect without script."""
    if isinstance(answer, Refused):
        text, status = sentence(answer), status_of(answer)
    else:
        now = timezone.localtime(clock.now())
        text, status = _("Draft saved %(time)s") % {"time": now.strftime("%H:%M")}, 200
    if request.headers.get("HX-Request") or request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"message": text}, status=status)
    messages.success(request, text) if status == 200 else messages.error(request, text)
    return redirect(back(request, "cases:my_work"))


# My work ------------------------------------------------------------------------------------------------

TABS = {
    "todo": gettext_lazy("To do"),
    "to_read": gettext_lazy("To read"),
    "started": gettext_lazy("Started by me"),
    "drafts": gettext_lazy("Drafts"),
    "done": gettext_lazy("Done"),
}


def tabs(person: str, current: str) -> list[Tab]:
    """Return the tabs of My work with their counts."""
    counts = {
        "todo": queries.inbox_count(person),
        "to_read": queries.unread_count(person),
        "started": queries.started_by(person).filter(status__in=queries.OPEN).count(),
        "drafts": len(queries.drafts(person)),
    }
    return [
        Tab(label=str(label), url=f"?tab={key}", count=counts.get(key), is_current=key == current)
        for key, label in TABS.items()
    ]


def figures(person: str) -> list[Figure]:
    """Return the four counters; each filters the list."""
    found = queries.figures(person)
    return [
        Figure(
            number=found.overdue,
            label=_("Overdue"),
            url="?only=overdue",
            kind="late" if found.overdue else "",
        ),
        Figure(number=found.today, label=_("Due today"), url="?only=today"),
        Figure(number=found.done_this_week, label=_("Done this week"), url="?tab=done"),
        Figure(number=found.started_open, label=_("Started by me, open"), url="?tab=started"),
    ]


def greeting(person: Any) -> str:
    """Return the greeting of the time of day."""
    hour = timezone.localtime(clock.now()).hour
    if hour < 12:
        return _("Good morning, %(name)s") % {"name": person.display_name()}
    if hour < 18:
        return _("Good afternoon, %(name)s") % {"name": person.display_name()}
    return _("Good evening, %(name)s") % {"name": person.display_name()}


def verdict(person: str) -> str:
    """Return the sentence under the greeting: what is late, what is due, what comes next."""
    found = queries.figures(person)
    parts = []
    if found.overdue:
        parts.append(
            ngettext("%(n)s task is overdue.", "%(n)s tasks are overdue.", found.overdue)
            % {"n": found.overdue}
        )
    if found.today:
        parts.append(
            ngettext("%(n)s is due today.", "%(n)s are due today.", found.today) % {"n": found.today}
        )
    following = queries.inbox(person).filter(due_at__gte=clock.now()).first()
    if following is not None and following.due_at is not None:
        parts.append(_("The next is due %(at)s.") % {"at": moment_within(following.due_at)})
    return "".join(parts) if is_chinese() else " ".join(parts) or _("Nothing is due.")


def is_chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


def todo_groups(tasks: Iterable[Task]) -> list[dict[str, Any]]:
    """Return the page's tasks as overdue, today and later."""
    now = clock.now()
    today = timezone.localtime(now).date()
    groups: dict[str, list[Row]] = {"late": [], "today": [], "later": []}
    found = list(tasks)
    for task, row in zip(found, task_rows(found), strict=True):
        due = task.due_at
        if due is not None and due < now:
            groups["late"].append(row)
        elif due is not None and timezone.localtime(due).date() == today:
            groups["today"].append(row)
        else:
            groups["later"].append(row)
    labels = {"late": _("Overdue"), "today": _("Today"), "later": _("Later")}
    return [{"label": labels[key], "rows": rows} for key, rows in groups.items() if rows]


def task_rows(tasks: Iterable[Task], *, are_done: bool = False) -> list[Row]:
    """Return a line of the inbox for each task."""
    found = list(tasks)
    names = Names(name for task in found for name in (task.sender, task.holder))
    processes = catalogue.names()
    return [
        _task_row(task, names, presentation.words(processes[task.case.process_key]), are_done)
        for task in found
    ]


def _task_row(task: Task, names: Names, process: str, is_done: bool) -> Row:
    graph = catalogue.graph(task.case.version_id)
    facts = [process, presentation.phase_words(graph, task.node), task.case.number]
    if task.sender:
        facts.append(_("From %(person)s") % {"person": names.full(task.sender)})
    if not task.holder and not is_done:
        facts.append(_("Not yet claimed"))
    return Row(
        url=reverse("cases:task", args=[task.pk]),
        name=presentation.node_name(graph, task.node),
        title=task.case.title,
        tags=_tags(task.case, task),
        facts=[fact for fact in facts if fact],
        due=None if is_done else presentation.deadline(task.opened_at, task.due_at, task.department),
        state=("ok", _("Done")) if is_done else None,
        note=moment(task.done_at) if is_done else "",
    )


def _tags(case: Case, task: Task | None = None) -> list[Tag]:
    tags = []
    if task is not None and task.reason and task.state == Task.State.OPEN:
        tags.append(
            Tag(label=_("Handed over") if task.transfers else _("Returned"), is_strong=not task.transfers)
        )
    if case.incidents:
        tags.append(Tag(label=_("Stopped"), is_strong=True))
    return tags


def notification_rows(rows: Iterable[Notification]) -> list[dict[str, Any]]:
    return [{"row": row, "told": wording.told(row)} for row in rows]


def draft_rows(drafts: Iterable[StartDraft]) -> list[Row]:
    names = catalogue.names()
    return [
        Row(
            url=reverse("cases:start", args=[draft.process_key]),
            name=presentation.words(names[draft.process_key]),
            title=_("not started yet"),
            state=("normal", _("Draft")),
            note=moment(draft.saved_at),
        )
        for draft in drafts
    ]


def task_name(task: Task) -> str:
    return presentation.node_name(catalogue.graph(task.case.version_id), task.node)


def after_task(task: Task, person: str) -> HttpResponse:
    """Go on with the person's next task of the same case, or to the case."""
    following = queries.first_open_task(task.case_id, person)
    if following is not None:
        return redirect("cases:task", pk=following.pk)
    return redirect("cases:case", number=task.case.number)


# Starting -----------------------------------------------------------------------------------------------


def start_page(
    key: str, raw: Mapping[str, Any], person: str, errors: Iterable[FieldError] = ()
) -> dict[str, Any]:
    """Return what the page that starts a process shows."""
    version = catalogue.version_in_force(key)
    node, form = catalogue.start_node(version.pk), catalogue.start_form(key)
    draft = queries.start_draft(person, key)
    actions = [Action(label=_("Start"), icon="check", is_primary=True, form="start")]
    if form:
        to = reverse("cases:start_draft", args=[key])
        actions.append(Action(label=_("Save draft"), icon="notes", form="start", to=to, skips_checks=True))
    process = version.process
    facts = [f"{presentation.words(process.names)} v{version.number}"]
    if draft:
        facts.append(_("Draft saved %(at)s") % {"at": moment(draft.saved_at)})
    return {
        "process": process,
        "title": presentation.words(process.action_names),
        "verdict": presentation.words(process.goals),
        "facts": facts,
        "form": entry_html(form, raw, {"user": person}, node.duty.rights, errors, person=person)
        if form
        else None,
        "actions": actions,
        "page_key": uuid4().hex,
    }


def start_rows(person: str) -> list[dict[str, Any]]:
    """Return the processes that the person may start, as links."""
    return [
        {
            "url": reverse("cases:start", args=[process.key]),
            "icon": process.icon,
            "label": presentation.words(process.action_names),
            "name": presentation.words(process.names),
            "goal": presentation.words(process.goals),
            "note": process.key,
        }
        for process in catalogue.startable(person)
    ]


def person_picker(name: str) -> SafeString:
    """Return the field that finds a colleague by typing."""
    one = PersonField(key=name, label=Text(zh="转给", en="To"), required=True)
    form = FormDefinition(key="pick", title=Text(), sections=(Section(fields=(one,)),))
    field = form_view(form, {}, field_state(form, {}, {})).sections[0].fields[0]
    return render_to_string("kit/fields/field.html", {"field": field})


# Lists --------------------------------------------------------------------------------------------------


def tab_rows(tab: str, rows: Iterable[Any]) -> list[Any]:
    """Return what a tab of My work lists."""
    makers: dict[str, Callable[[Iterable[Any]], list[Any]]] = {
        "todo": todo_groups,
        "to_read": notification_rows,
        "started": case_rows,
        "drafts": draft_rows,
        "done": lambda tasks: task_rows(tasks, are_done=True),
    }
    return makers[tab](rows)


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
                tags=_tags(case),
                facts=facts,
                due=due,
                state=state,
                note=moment(case.ended_at) if case.ended_at else "",
            )
        )
    return lines


def cases_page(request: HttpRequest, page: Page[Case], wanted: queries.CaseFilter) -> dict[str, Any]:
    """Return what the list of cases shows."""
    labels = sorted(
        directory.labels(get_language() or "zh-hans", kind="department").items(), key=lambda item: item[1]
    )
    statuses = [("open", _("Open")), *((key, str(label)) for key, label in wording.STATUSES.items())]
    processes = [(key, presentation.words(name)) for key, name in catalogue.names().items()]
    return {
        "page": page,
        "cases_table": cases_table(request, page.object_list, wanted) if page.object_list else None,
        "wanted": wanted,
        "processes": _options(processes, wanted.process),
        "departments": _options(labels, wanted.department),
        "statuses": _options(statuses, wanted.status),
    }


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
        Cell(value=case.number, url=reverse("cases:case", args=[case.number])),
        Cell(value=case.title),
        Cell(value=process),
        Cell(value=here or case.get_status_display()),
        Cell(value=join(dict.fromkeys(names.holder(task.holder, task.department) for task in tasks))),
        Cell(value=due.word if due else "", note=due.due if due else ""),
        Cell(value=moment(case.started_at)),
    ]


def clock_page() -> dict[str, Any]:
    return {"now": clock.now(), "next_due": timers.next_due()}


def mentioned(text: str) -> list[str]:
    """Return the usernames that a comment mentions with @."""
    return directory.mentioned_in(text)
