"""What the page of one task shows: its form, and the case around it."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuli.apps.cases import answers, operations, papers, presentation, queries, refusals, rights
from shuli.apps.cases.models import Case, Task
from shuli.apps.cases.pages.case import case_page, names_in
from shuli.apps.cases.pages.verbs import Desk, desk_of, task_verbs
from shuli.apps.cases.people import Names
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.documents import queries as documents
from shuli.core.bpmn.graph import Duty, Node
from shuli.core.engine import Refused
from shuli.kit.components.moments import moment
from shuli.kit.components.values import Check, Pair

VOTES = frozenset({"all", "any", "ratio", "count", "sequence"})
ASKED_WORDS = {
    "before": gettext_lazy("%(person)s asks for your opinion before deciding."),
    "after": gettext_lazy("%(person)s asks you to sign afterwards."),
    "delegate": gettext_lazy("%(person)s delegated the work to you and decides when you are done."),
    "vote": gettext_lazy("%(person)s asks you to sign too."),
}


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
    desk = desk_of(task, person)
    may_act = desk.may("complete") or (rights.may_act(person, task) and desk.may("claim"))
    form = answers.form_of(case, task)
    offered = task_verbs(desk, names, has_form=form is not None)
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
        "papers": papers.links(case, papers.of_step(node)),
        "gates": presentation.gates(case, node),
        "may_act": may_act,
        "is_active": task.state in rights.ACTIVE,
        **_asks(desk, has_form=form is not None, signs_in_form=bool(answers.signatures(case, task))),
        "standing": standing(task, names),
        "dialogs": [verb.dialog for verb in offered if verb.dialog],
        "seats": seat_checks(task, names),
        "doing": _doing(node.duty),
        "done_line": _done_line(task, names),
        "wanted_files": _wanted_files(case, node),
        "page_key": uuid4().hex,
        "actions": [verb.action for verb in offered],
    }


def _asks(desk: Desk, *, has_form: bool, signs_in_form: bool) -> dict[str, bool]:
    """Return what is asked beside the form: a decision, a signature, or a remark."""
    duty, role = desk.graph.nodes[desk.task.node].duty, desk.task.role
    may = desk.may("complete")
    # A decision without a form, or one whose rejection leads elsewhere, is said here; else the form says it.
    of_lead = duty.vote.kind in VOTES or duty.on_reject != "continue" or (duty.decision and not has_form)
    decides = role in answers.ASKED or (role != "contribute" and of_lead)
    signs = duty.decision and role not in {"contribute", "before", "delegate"}
    return {
        "asks_for_decision": may and decides,
        "may_reject": desk.may("reject"),
        "may_abstain": desk.may("abstain"),
        "asks_for_signature": may and signs and not signs_in_form,
        "asks_for_remark": may and not (has_form or decides or signs),
    }


def standing(task: Task, names: Names) -> list[str]:
    """Return what stands between the task and its holder: whom it waits for, for whom it is done, who handed it over."""
    lines = []
    waits = queries.waiting_for([task]).get((task.case_id, task.seat), [])
    if waits:
        people = _(", ").join(names.full(name) for name in waits)
        lines.append(_("Waiting for %(people)s, who were asked first.") % {"people": people})
    if task.principal:
        lines.append(_("Done on behalf of %(person)s.") % {"person": names.full(task.principal)})
    if task.substitute:
        lines.append(
            _("%(person)s may act for the holder; whoever acts first has it.")
            % {"person": names.full(task.substitute)}
        )
    if task.is_offered:
        lines.append(
            _("%(person)s handed this over; it is accepted or declined first.")
            % {"person": names.full(task.sender)}
        )
    if task.added_by:
        words = ASKED_WORDS.get(task.role, ASKED_WORDS["vote"])
        lines.append(str(words) % {"person": names.full(task.added_by)})
    if task.is_carried:
        lines.append(_("This vote of the round before counts again."))
    return lines


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
            label=names.full(row.done_by or row.holder)
            if row.done_by or row.holder
            else names.label(row.department),
            state=_seat_state(row),
            note=_seat_note(row, names),
            word=_seat_word(row),
        )
        for row in seats
    ]


DECISIONS = {
    "approve": gettext_lazy("Approved"),
    "reject": gettext_lazy("Rejected"),
    "abstain": gettext_lazy("Abstained"),
}
ROLE_WORDS = {
    "contribute": gettext_lazy("contributes"),
    "vote": gettext_lazy("signs"),
    "before": gettext_lazy("asked first"),
    "after": gettext_lazy("signs afterwards"),
    "delegate": gettext_lazy("does the work"),
}


def _seat_state(row: Task) -> str:
    if row.state == Task.State.DONE:
        return "miss" if row.decision == "reject" else "ok"
    return "open"


def _seat_word(row: Task) -> str:
    if row.state == Task.State.DONE and row.role != "contribute":
        return str(DECISIONS.get(row.decision, row.get_state_display()))
    return str(row.get_state_display())


def _seat_note(row: Task, names: Names) -> str:
    """Return what somebody's part is, by whom they were asked, and that a vote was carried."""
    parts = [str(ROLE_WORDS.get(row.role, ""))]
    if not (row.done_by or row.holder):
        parts.append(_("not yet claimed"))
    if row.added_by:
        parts.append(_("asked by %(person)s") % {"person": names.short(row.added_by)})
    if row.principal:
        parts.append(_("on behalf of %(person)s") % {"person": names.short(row.principal)})
    if row.is_carried:
        parts.append(_("carried from the round before"))
    if row.opinion:
        parts.append(f"“{row.opinion}”")
    return " · ".join(filter(None, parts))
