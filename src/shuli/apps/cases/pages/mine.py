"""What My work lists: tabs, counters, to-dos, notices, drafts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from shuli.apps.cases import operations, presentation, queries, todo, wording
from shuli.apps.cases.models import Notification, StartDraft, Task
from shuli.apps.cases.pages.lists import case_rows, tags
from shuli.apps.cases.people import Names
from shuli.apps.catalogue import queries as catalogue
from shuli.kit import clock
from shuli.kit.components.moments import moment, moment_within
from shuli.kit.components.values import Figure, Paused, Row, Tab, Tag


@dataclass(frozen=True, kw_only=True)
class Beside:
    """A way from My work to what else is one's own, in rooms above."""

    label: str
    icon: str
    url: str
    note: str = ""


# What other rooms offer beside My work, by its reader.
BESIDE: list[Callable[[str], Iterable[Beside]]] = []

TABS = {
    "todo": gettext_lazy("To do"),
    "to_read": gettext_lazy("To read"),
    "started": gettext_lazy("Started by me"),
    "drafts": gettext_lazy("Drafts"),
    "done": pgettext_lazy("task", "Done"),
}


def tabs(person: str, current: str, found: todo.Standing, own: queries.Own) -> list[Tab]:
    """Return the tabs of My work with their counts."""
    counts = {
        "todo": shown(found.todo),
        "to_read": shown(queries.unread_count(person)),
        "started": shown(own.started_open),
        "drafts": len(queries.drafts(person)),
    }
    return [
        Tab(label=str(label), url=f"?tab={key}", count=counts.get(key), is_current=key == current)
        for key, label in TABS.items()
    ]


def shown(count: int) -> int | str:
    """Return a number as a counter shows it: what is more than is counted, as more."""
    return f"{todo.MOST}+" if count > todo.MOST else count


def figures(found: todo.Standing, own: queries.Own) -> list[Figure]:
    """Return the four counters; each filters the list."""
    return [
        Figure(
            number=shown(found.overdue),
            label=_("Overdue"),
            url="?only=overdue",
            kind="late" if found.overdue else "",
        ),
        Figure(number=shown(found.today), label=_("Due today"), url="?only=today"),
        Figure(number=shown(own.done_this_week), label=_("Done this week"), url="?tab=done"),
        Figure(number=shown(own.started_open), label=_("Started by me, open"), url="?tab=started"),
    ]


def beside(person: str) -> list[Beside]:
    return [one for offered in BESIDE for one in offered(person)]


def greeting(person: Any) -> str:
    """Return the greeting of the time of day."""
    hour = timezone.localtime(clock.now()).hour
    if hour < 12:
        return _("Good morning, %(name)s") % {"name": person.display_name()}
    if hour < 18:
        return _("Good afternoon, %(name)s") % {"name": person.display_name()}
    return _("Good evening, %(name)s") % {"name": person.display_name()}


def verdict(found: todo.Standing) -> str:
    """Return the sentence under the greeting: what is late, what is due, what comes next."""
    parts = []
    if found.overdue:
        parts.append(
            ngettext("%(n)s task is overdue.", "%(n)s tasks are overdue.", found.overdue)
            % {"n": shown(found.overdue)}
        )
    if found.today:
        parts.append(
            ngettext("%(n)s is due today.", "%(n)s are due today.", found.today) % {"n": shown(found.today)}
        )
    if found.next_due is not None:
        parts.append(_("The next is due %(at)s.") % {"at": moment_within(found.next_due)})
    return "".join(parts) if is_chinese() else " ".join(parts) or _("Nothing is due.")


def is_chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


def todo_groups(tasks: Iterable[Task], person: str) -> list[dict[str, Any]]:
    """Return the page's tasks as overdue, today and later."""
    now = clock.now()
    today = timezone.localtime(now).date()
    groups: dict[str, list[Row]] = {"late": [], "today": [], "later": []}
    found = list(tasks)
    for task, row in zip(found, task_rows(found, person), strict=True):
        due = task.due_at
        if due is not None and due < now:
            groups["late"].append(row)
        elif due is not None and timezone.localtime(due).date() == today:
            groups["today"].append(row)
        else:
            groups["later"].append(row)
    labels = {"late": _("Overdue"), "today": _("Today"), "later": _("Later")}
    return [{"label": labels[key], "rows": rows} for key, rows in groups.items() if rows]


def task_rows(tasks: Iterable[Task], person: str, *, are_done: bool = False) -> list[Row]:
    """Return a line of the person's inbox for each task."""
    found = list(tasks)
    waits = {} if are_done else queries.waiting_for(found)
    others = [name for people in waits.values() for name in people]
    names = Names([*others, *(name for task in found for name in (task.sender, task.holder, task.principal))])
    processes = catalogue.names()
    return [
        _task_row(
            task,
            names,
            person,
            presentation.words(processes[task.case.process_key]),
            waits.get((task.case_id, task.seat), []),
            is_done=are_done,
        )
        for task in found
    ]


def _task_row(task: Task, names: Names, person: str, process: str, waits: list[str], *, is_done: bool) -> Row:
    graph = catalogue.graph(task.case.version_id)
    facts = [process, presentation.phase_words(graph, task.node), task.case.number]
    if task.sender:
        facts.append(_("From %(person)s") % {"person": names.full(task.sender)})
    represented = task.principal or (task.holder if task.substitute == person else "")
    if represented:
        facts.append(_("On behalf of %(person)s") % {"person": names.full(represented)})
    elif task.substitute and not is_done:
        facts.append(_("%(person)s or who acts for them") % {"person": names.full(task.holder)})
    if not task.holder and not is_done:
        facts.append(_("Not yet claimed"))
    return Row(
        url=reverse("cases:task", args=[task.pk]),
        name=presentation.node_name(graph, task.node),
        title=task.case.title,
        tags=_done_tags(task) if is_done else tags(task.case, task),
        facts=[fact for fact in facts if fact],
        paused=Paused(waits_for=_(", ").join(names.short(name) for name in waits)) if waits else None,
        due=None if is_done else presentation.deadline(task.opened_at, task.due_at, task.department),
        state=("ok", pgettext("task", "Done")) if is_done else None,
        note=moment(task.done_at) if is_done else "",
    )


def _done_tags(task: Task) -> list[Tag]:
    """Return the mark of a decision that can still be taken back; its page has the button."""
    if operations.may_take_back(task.pk, task.done_by):
        return [Tag(label=_("Can be taken back"))]
    return []


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


def tab_rows(tab: str, rows: Iterable[Any], person: str) -> list[Any]:
    """Return what a tab of the person's work lists."""
    makers: dict[str, Callable[[Iterable[Any]], list[Any]]] = {
        "todo": lambda tasks: todo_groups(tasks, person),
        "to_read": notification_rows,
        "started": case_rows,
        "drafts": draft_rows,
        "done": lambda tasks: task_rows(tasks, person, are_done=True),
    }
    return makers[tab](rows)
