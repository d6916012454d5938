"""What the pages of one task and of one case show."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.urls import reverse
from django.utils.translation import gettext as _

from shuli.apps.cases import (
    answers,
    operations,
    pages,
    presentation,
    queries,
    refusals,
    rights,
    store,
    tracks,
    wording,
)
from shuli.apps.cases.models import Case, FormRecord, Task, Visit
from shuli.apps.cases.people import Names
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.documents import queries as documents
from shuli.core.bpmn.graph import Duty, Node, ProcessGraph
from shuli.core.engine import Refused, returnable
from shuli.kit import clock
from shuli.kit.components.amounts import duration
from shuli.kit.components.moments import moment
from shuli.kit.components.values import Action, Check, Pair

VOTES = frozenset({"all", "any", "ratio", "count", "sequence"})


def names_in(case: Case, tasks: list[Task]) -> Names:
    """Return the names of everybody whom a case's page mentions, asked for once."""
    people = [case.starter, case.custodian]
    for task in tasks:
        people += [task.holder, task.done_by, task.sender]
    people += [row.author for row in queries.comments(case.pk)]
    people += [row.person for row in queries.form_records(case.pk)]
    people += [row.person for row in queries.informed(case.pk)]
    people += [row.uploaded_by for row in documents.attachments("case", case.pk)]
    return Names(people)


def case_page(case: Case, person: str) -> dict[str, Any]:
    """Return what the page of a case shows to this person."""
    graph = catalogue.graph(case.version_id)
    visits, tasks = queries.visits(case.pk), queries.tasks(case.pk)
    names = names_in(case, tasks)
    owns = case.process_key in catalogue.owned_keys(person)
    mine = [task for task in tasks if rights.may_act(person, task)]
    return {
        "case": case,
        "title": case.title or case.number,
        "status": str(wording.STATUSES.get(case.status, case.status)),
        "facts": _facts(case, graph, names),
        "phases": presentation.phases(graph, visits),
        "path": _path(case, graph, visits),
        "timeline": presentation.timeline(case, graph, visits, tasks, names),
        "time_note": _time_note(case, visits),
        "forms": [_filled(case, record, graph, names, person) for record in latest_forms(case)],
        "documents": _documents(case, names),
        "comments": _comments(case, names),
        "incidents": incident_rows(case, graph),
        "people": _people(case, tasks, names),
        "children": list(case.children.all()),
        "owns": owns,
        "may_contribute": rights.may_contribute(person, case.pk),
        "may_withdraw": case.starter == person and case.ended_at is None,
        "may_terminate": owns and case.ended_at is None,
        "page_key": uuid4().hex,
        "actions": _case_actions(case, person, mine, owns=owns),
    }


def _facts(case: Case, graph: ProcessGraph, names: Names) -> list[str]:
    version = catalogue.version(case.version_id).number
    facts = [case.number, f"{presentation.words(graph.name)} v{version}"]
    if case.custodian:
        facts.append(_("First responder: %(person)s") % {"person": names.full(case.custodian)})
    started = {"person": names.full(case.starter), "at": moment(case.started_at)}
    facts.append(_("Started by %(person)s, %(at)s") % started)
    return facts


def _path(case: Case, graph: ProcessGraph, visits: list[Visit]) -> dict[str, Any]:
    path = tracks.path_of(case.pk, graph, visits)
    return {
        "svg": presentation.diagram(case, path),
        "words": presentation.diagram_words(graph, path),
        "note": presentation.diagram_note(graph, path),
    }


def _time_note(case: Case, visits: list[Visit]) -> str:
    until = case.ended_at or clock.now()
    spent = [presentation.times(visit, until) for visit in visits]
    total = {
        "waiting": duration(sum(time[0] for time in spent)),
        "handling": duration(sum(time[1] for time in spent)),
    }
    return _("waiting %(waiting)s · handling %(handling)s") % total


def _case_actions(case: Case, person: str, mine: list[Task], *, owns: bool) -> list[Action]:
    actions = []
    if mine:
        url = reverse("cases:task", args=[mine[0].pk])
        actions.append(Action(label=_("Open my task"), icon="arrow-right", is_primary=True, url=url))
    archive = reverse("cases:archive", args=[case.number])
    actions.append(Action(label=_("Download the archive"), icon="archive", url=archive))
    if case.starter == person and case.ended_at is None:
        actions.append(Action(label=_("Withdraw"), icon="arrow-back-up", is_rare=True, opens="withdraw"))
    if owns and case.ended_at is None:
        actions.append(
            Action(label=_("Terminate"), icon="circle-x", is_rare=True, is_grave=True, opens="terminate")
        )
    return actions


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
    targets = return_targets(task, names) if may_act else []
    form = answers.form_of(case, task)
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
        "targets": targets,
        "may_transfer": rights.may_transfer(person, task),
        "seats": seat_checks(task, names),
        "doing": _doing(node.duty),
        "done_line": _done_line(task, names),
        "wanted_files": _wanted_files(case, node),
        "page_key": uuid4().hex,
        "person_picker": pages.person_picker("to"),
        "actions": _task_actions(task, person, has_form=form is not None, has_targets=bool(targets)),
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


def _task_actions(task: Task, person: str, *, has_form: bool, has_targets: bool) -> list[Action]:
    """Return the buttons of a task; the one that matters most first, the rare ones in the menu."""
    if task.state != Task.State.OPEN:
        return []
    actions = []
    may_act = rights.may_act(person, task)
    if may_act:
        actions.append(Action(label=_("Complete"), icon="check", is_primary=True, form="complete"))
    if may_act and not task.holder:
        actions.append(Action(label=_("Claim"), icon="hand-stop", form="claim"))
    if has_targets:
        actions.append(Action(label=_("Return"), icon="arrow-back-up", opens="return"))
    if rights.may_transfer(person, task):
        actions.append(Action(label=_("Transfer"), icon="user-share", opens="transfer"))
    if may_act and has_form:
        draft = reverse("cases:draft", args=[task.pk])
        actions.append(
            Action(label=_("Save draft"), icon="notes", form="complete", to=draft, skips_checks=True)
        )
    if may_act and task.holder and task.pool:
        actions.append(
            Action(label=_("Give back to the department"), icon="users", is_rare=True, form="release")
        )
    actions.append(Action(label=_("Report a problem"), icon="flag", is_rare=True, opens="problem"))
    return actions


def return_targets(task: Task, names: Names) -> list[dict[str, str]]:
    """Return the earlier nodes to which the task may be sent back, the latest first."""
    case = Case.objects.get(pk=task.case_id)
    graph = catalogue.graph(case.version_id)
    marking = store.decode_marking(case.marking, case.variables)
    steps = returnable(graph, marking, task.seat)
    return [
        {
            "node": step.node,
            "name": presentation.node_name(graph, step.node),
            "person": names.full(step.person) if step.person else "",
        }
        for step in reversed(steps)
    ]


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


def latest_forms(case: Case) -> list[FormRecord]:
    """Return the filled forms of a case, of each the latest, newest first."""
    latest = {(record.form_key, record.seat_key): record for record in queries.form_records(case.pk)}
    return sorted(latest.values(), key=lambda record: record.at, reverse=True)


def _filled(case: Case, record: FormRecord, graph: ProcessGraph, names: Names, person: str) -> dict[str, Any]:
    form = catalogue.form(case.version_id, record.form_key)
    note = [names.short(record.person), moment(record.at)]
    return {
        "id": f"form-{record.pk}",
        "title": presentation.words(form.title),
        "note": " ".join(part for part in note if part),
        "aside": presentation.node_name(graph, record.node),
        "pairs": answers.read_view(case, form, record, person),
    }


def _documents(case: Case, names: Names) -> list[dict[str, Any]]:
    known = catalogue.documents(case.version_id)
    return [
        {
            "attachment": row,
            "url": reverse("documents:attachment", args=[row.pk]),
            "name": f"{presentation.document_name(case, row.document)} " if row.document in known else "",
            "file": row.file_name,
            "note": f"{moment(row.uploaded_at)} {names.short(row.uploaded_by)}",
        }
        for row in documents.attachments("case", case.pk)
    ]


def _comments(case: Case, names: Names) -> list[dict[str, Any]]:
    return [
        {
            "name": names.short(row.author),
            "department": names.department(row.author),
            "at": row.at,
            "text": row.text,
            "names": [names.short(name) for name in row.mentions],
        }
        for row in queries.comments(case.pk)
    ]


def incident_rows(case: Case, graph: ProcessGraph) -> list[dict[str, Any]]:
    """Return what has stopped the case, each as a sentence."""
    return [
        {
            "number": row.number,
            "sentence": wording.fill(
                wording.INCIDENTS.get(row.code, ""),
                {**row.params, "node": presentation.node_name(graph, row.node)},
            ),
        }
        for row in queries.incidents(case.pk)
    ]


def _people(case: Case, tasks: list[Task], names: Names) -> list[Pair]:
    """Return who has to do with the case, by part."""
    doing = [names.holder(task.holder, task.department) for task in tasks if task.state == Task.State.OPEN]
    told = [
        f"{names.short(row.person)}{_(' (read)') if row.read_at else ''}" for row in queries.informed(case.pk)
    ]
    parts = [
        (_("First responder"), [names.full(case.custodian)] if case.custodian else []),
        (_("Doing"), list(dict.fromkeys(doing))),
        (_("Started by"), [names.full(case.starter)]),
        (_("Informed"), list(dict.fromkeys(told))),
    ]
    return [Pair(label=label, value=_(", ").join(people)) for label, people in parts if people]
