"""What the page of one case shows."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from shuli.apps.cases import (
    answers,
    mending,
    narration,
    papers,
    parts,
    presentation,
    publishing,
    queries,
    rights,
    tracks,
    wording,
)
from shuli.apps.cases.models import Case, FormRecord, Task, Visit
from shuli.apps.cases.narration import Happening, Teller
from shuli.apps.cases.pages import papers_kept
from shuli.apps.cases.pages.case_verbs import FURTHER, case_verbs
from shuli.apps.cases.pages.verbs import Verb
from shuli.apps.cases.pages.waits import lines_of, waits
from shuli.apps.cases.people import Names
from shuli.apps.cases.plan.page import plan_page
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.documents import queries as document_queries
from shuli.core.bpmn.graph import ProcessGraph
from shuli.kit import clock
from shuli.kit.components.amounts import duration
from shuli.kit.components.moments import moment
from shuli.kit.components.values import Action, Pair, Step
from shuli.kit.forms import entry_html


def names_in(case: Case, tasks: list[Task], more: Iterable[str] = ()) -> Names:
    """Return the names of everybody whom a case's page mentions, asked for once."""
    people = [case.starter, case.custodian, *more]
    for task in tasks:
        people += [task.holder, task.done_by, task.sender, task.substitute, task.principal, task.added_by]
    people += [row.author for row in queries.comments(case.pk)]
    people += [row.person for row in queries.form_records(case.pk)]
    people += [row.person for row in queries.informed(case.pk)]
    people += [row.uploaded_by for row in document_queries.attachments("case", case.pk)]
    return Names(people)


def case_page(case: Case, person: str) -> dict[str, Any]:
    """Return what the page of a case shows to this person."""
    graph = catalogue.graph(case.version_id)
    visits, tasks = queries.visits(case.pk), queries.tasks(case.pk)
    told = narration.happenings(case.pk)
    names = names_in(case, tasks, narration.people_in(told))
    owns = case.process_key in catalogue.owned_keys(person)
    offered = case_verbs(case, person)
    mine = [task for task in tasks if rights.may_act(person, task)]
    return {
        "case": case,
        "title": case.title or case.number,
        "status": str(wording.STATUSES.get(case.status, case.status)),
        "facts": _facts(case, graph, names),
        "phases": presentation.phases(graph, visits),
        "path": _path(case, graph, visits),
        "plan": plan_page(case, person),
        "timeline": _timeline(case, graph, visits, tasks, told, names),
        "parts": part_rows(case, graph, person),
        "waits": waits(case, graph) if owns else [],
        "time_note": _time_note(case, visits),
        "forms": [_filled(case, record, graph, names, person) for record in latest_forms(case)],
        "documents": papers_kept.files(case, names),
        "papers": papers.links(case, papers.made_so_far(case)),
        "completeness": papers_kept.completeness_of(case),
        "comments": _comments(case, names),
        "incidents": incident_rows(case, graph, owns=owns),
        "people": _people(case, tasks, names),
        "change": publishing.related(case.variables),
        "children": list(case.children.all()),
        "owns": owns,
        "may_contribute": rights.may_contribute(person, case.pk),
        "dialogs": [verb.dialog for verb in offered if verb.dialog],
        "page_key": uuid4().hex,
        "actions": _case_actions(case, person, mine, offered),
    }


def _timeline(
    case: Case,
    graph: ProcessGraph,
    visits: list[Visit],
    tasks: list[Task],
    told: list[Happening],
    names: Names,
) -> list[Step]:
    """Return visits, happenings and what came from outside or went there, in the order in which they began."""
    documents = {key: presentation.words(name) for key, name in catalogue.documents(case.version_id).items()}
    nodes = {visit.number: visit.node for visit in visits}
    teller = Teller(names=names, graph=graph, nodes=nodes, documents=documents)
    lines = presentation.timeline(case, graph, visits, tasks, names)
    began = [(visit.opened_at, 0, line) for visit, line in zip(visits, lines, strict=True)]
    notes = [(one.at, 1, line) for one, line in zip(told, narration.steps(told, teller), strict=True)]
    every = [*began, *notes, *lines_of(case, graph)]
    return [line for _at, _kind, line in sorted(every, key=lambda row: row[:2])]


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


def _case_actions(case: Case, person: str, mine: list[Task], offered: list[Verb]) -> list[Action]:
    actions = []
    if mine:
        url = reverse("cases:task", args=[mine[0].pk])
        actions.append(Action(label=_("Open my task"), icon="arrow-right", is_primary=True, url=url))
    archive = reverse("cases:archive", args=[case.number])
    actions.append(Action(label=_("Download the archive"), icon="archive", url=archive))
    further = [action for offer in FURTHER for action in offer(person, case)]
    return [*actions, *further, *(verb.action for verb in offered)]


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


def incident_rows(case: Case, graph: ProcessGraph, *, owns: bool) -> list[dict[str, Any]]:
    """Return what has stopped the case: what was expected, what was found, and the form that mends it."""
    return [
        {
            "number": row.number,
            "cause": mending.cause(graph, row, presentation.node_name(graph, row.node)),
            "form": correction(case, mending.variables_of(graph, row), row.number) if owns else "",
        }
        for row in queries.incidents(case.pk)
    ]


def part_rows(case: Case, graph: ProcessGraph, person: str) -> list[dict[str, Any]]:
    """Return the parts that the person leads, with what they can start in each now."""
    return [
        {
            "token": part.token,
            "name": presentation.node_name(graph, part.node),
            "activities": [(node, presentation.node_name(graph, node) or node) for node in part.startable],
            "may_finish": part.may_finish,
        }
        for part in parts.led_parts(case, person)
    ]


def correction(case: Case, names: list[str], incident: int) -> SafeString | str:
    """Return the fields that correct these variables, filled with what the case has now."""
    form = mending.form_for(case, names)
    if not any(section.fields for section in form.sections):
        return ""
    return entry_html(form, case.variables, case.variables, heading=False, space=f"{incident}-")


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
