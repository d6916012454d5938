"""What the page of a case shows of its plan."""

from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from shuli.apps.cases.models import Case
from shuli.apps.cases.plan import queries
from shuli.apps.cases.plan.drawing import Words, drawn
from shuli.apps.cases.plan.facts import PlanTask
from shuli.apps.directory import queries as directory
from shuli.kit import clock
from shuli.kit.components.moments import form_date
from shuli.kit.components.values import Cell, Column, Table, TableRow

STATES: dict[str, str | Promise] = {
    "pending": pgettext_lazy("task of a plan", "Pending"),
    "running": pgettext_lazy("task of a plan", "Running"),
    "done": pgettext_lazy("task of a plan", "Done"),
    "delayed": pgettext_lazy("task of a plan", "Delayed"),
}
DONE_LATE = gettext_lazy("handed in late")


def plan_page(case: Case, person: str) -> dict[str, Any] | None:
    """Return chart and table of a case's plan; nothing where it has none that the person may read."""
    tasks = queries.plan(case, person)
    if not tasks:
        return None
    today = timezone.localdate(clock.now())
    late = sum(task.state == "delayed" for task in tasks)
    done = sum(task.state == "done" for task in tasks)
    told = [
        f"{task.name} · {form_date(task.start)} – {form_date(task.due)} · {_state(task)}" for task in tasks
    ]
    words = Words(label=_("Gantt chart of the plan"), today=_("Today"), tasks=told)
    line = _("%(done)s of %(all)s done") % {"done": done, "all": len(tasks)}
    if late:
        words_late = ngettext("%(n)s delayed", "%(n)s delayed", late) % {"n": late}
        line = f"{line} · {words_late}"
    return {"svg": drawn(tasks, today, words), "table": _table(tasks), "line": line}


def _state(task: PlanTask) -> str:
    said = str(STATES[task.state])
    return f"{said} · {DONE_LATE}" if task.state == "done" and task.is_late else said


def _table(tasks: list[PlanTask]) -> Table:
    units = directory.labels(get_language() or "zh-hans", "department")
    return Table(
        columns=[
            Column(label=_("Task"), phone="first"),
            Column(label=_("Department")),
            Column(label=_("Person")),
            Column(label=_("Start")),
            Column(label=_("Due")),
            Column(label=_("State"), phone="key"),
        ],
        rows=[
            TableRow(
                cells=[
                    task.name,
                    units.get(task.department, task.department),
                    directory.display_names([task.person]) if task.person else "",
                    form_date(task.start),
                    form_date(task.due),
                    Cell(value=_state(task)),
                ]
            )
            for task in tasks
        ],
        caption=_("Plan"),
    )
