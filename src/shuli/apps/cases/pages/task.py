"""What the page of one task shows: its form, and the case around it."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext as _

from shuli.apps.cases import answers, operations, presentation, queries, refusals, rights
from shuli.apps.cases.models import Case, Task
from shuli.apps.cases.pages.case import case_page, names_in
from shuli.apps.cases.pages.verbs import task_verbs
from shuli.apps.cases.people import Names
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.documents import queries as documents
from shuli.core.bpmn.graph import Duty, Node
from shuli.core.engine import Refused
from shuli.kit.components.moments import moment
from shuli.kit.components.values import Check, Pair

VOTES = frozenset({"all", "any", "ratio", "count", "sequence"})


def task_page(
    task: Task,
    person: str,
    *,
    raw: Mapping[str, Any] | None = None,
    outcome: operations.Outcome | None = None,
    verdict: operations.Verdict | None = None,
) -> dict[str, Any]:
    """Return what the page of a task shows: its form filled as far as it was, and the case around it."""
    case = task.case
    node = catalogue.graph(case.version_id).nodes[task.node]
    names = names_in(case, queries.tasks(case.pk))
    may_act = rights.may_act(person, task)
    form = answers.form_of(case, task)
    offered = task_verbs(task, person, names, has_form=form is not None)
    page = case_page(case, person)
    errors = outcome.validation.errors if isinstance(outcome, operations.Unfit) else ()
    return {
        **page,
        "task": task,
        "node": node,
        "name": presentation.words(node.name),
        "facts": _task_facts(task, page["facts"], names),
        "deadline": presentation.deadline(task.opened_at, task.due_at, task.department),
        "form": answers.entry(case, task, form, person, raw, errors) if form and may_act else None,
        "form_title": presentation.words(form.title) if form else "",
        "refusal": refusals.sentence(outcome) if isinstance(outcome, Refused) else "",
        "verdict": verdict or operations.Verdict(),
        "outputs": presentation.outputs(case, node, documents.present("case", case.pk)),
        "gates": presentation.gates(case, node),
        "may_act": may_act,
        "asks_for_signature": may_act and node.duty.decision and task.role != "contribute",
        # A decision without a form, or one whose rejection leads elsewhere, is said here; else the form says it.
        "asks_for_decision": form is None
        or node.duty.on_reject != "continue"
        or node.duty.vote.kind in VOTES,
        "asks_for_remark": may_act and not form and not node.duty.decision,
        "dialogs": [verb.dialog for verb in offered if verb.dialog],
        "seats": seat_checks(task, names),
        "doing": _doing(node.duty),
        "done_line": _done_line(task, names),
        "wanted_files": _wanted_files(case, node),
        "page_key": uuid4().hex,
        "actions": [verb.action for verb in offered],
    }


def _wanted_files(case: Case, node: Node) -> list[dict[str, str]]:
    """Return the documents that this step takes as files, for the choice beside the upload."""
    wanted = [output.document for output in node.duty.outputs if output.made_by == "attachment"]
    return [{"key": key, "name": presentation.document_name(case, key)} for key in wanted]


def _task_facts(task: Task, facts: list[str], names: Names) -> list[str]:
    found = list(facts[:-1])
    if task.department:
        found.append(_("Lead department: %(department)s") % {"department": names.label(task.department)})
    if task.holder:
        found.append(_("With %(person)s") % {"person": names.short(task.holder)})
    return found


def _doing(duty: Duty) -> list[Pair]:
    parts = [
        (_("Instruction"), duty.instruction),
        (_("Key point"), duty.key_point),
        (_("Standard"), duty.standard),
    ]
    return [
        Pair(label=label, value=presentation.words(text)) for label, text in parts if presentation.words(text)
    ]


def _done_line(task: Task, names: Names) -> str:
    if task.state != Task.State.DONE:
        return ""
    return _("%(person)s completed it, %(at)s.") % {
        "person": names.full(task.done_by),
        "at": moment(task.done_at),
    }


def seat_checks(task: Task, names: Names) -> list[Check]:
    """Return who else has a seat at the task's visit, and whether they have said their part."""
    seats = [
        row
        for row in queries.tasks(task.case_id)
        if row.visit_number == task.visit_number and row.pk != task.pk
    ]
    return [
        Check(
            label=names.label(row.department),
            state="ok" if row.state == Task.State.DONE else "miss",
            note=names.short(row.done_by or row.holder)
            if row.done_by or row.holder
            else _("not yet claimed"),
            word=str(row.get_state_display()),
        )
        for row in seats
    ]
