"""What a case looks like: phases, diagram, timeline, outputs, put together from its rows and the one model."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from shuli.apps.cases import answers, wording
from shuli.apps.cases.models import Case, Task, Visit
from shuli.apps.cases.people import Names
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.directory import queries as directory
from shuli.apps.directory.kept_calendars import kept
from shuli.core.bpmn import draw_svg
from shuli.core.bpmn.draw.scene import Pin
from shuli.core.bpmn.graph import Node, ProcessGraph
from shuli.core.text import Text
from shuli.core.worktime import WorkCalendar, working_seconds_between
from shuli.kit import clock
from shuli.kit.components.amounts import duration
from shuli.kit.components.left import Deadline
from shuli.kit.components.left import deadline as deadline_by
from shuli.kit.components.moments import due_words
from shuli.kit.components.values import Check, Phase, Step


def words(text: Text) -> str:
    """Return a model's wording in the active language, on one line."""
    return " ".join(text.in_language(get_language() or "zh").split())


def process_words(key: str) -> str:
    """Return what a process is called; its key where it is not registered."""
    names = catalogue.names()
    return words(names[key]) if key in names else key


def node_name(graph: ProcessGraph, node_id: str) -> str:
    """Return what a node is called; one that this version dropped keeps the name that it had last."""
    node = graph.nodes.get(node_id) or (catalogue.dropped_node(graph.key, node_id) if node_id else None)
    return words(node.name) if node else node_id


def deadline(opened_at: datetime, due_at: datetime | None, department: str) -> Deadline:
    """Return how an open visit or task stands against its limit, by its department's calendar."""
    return deadline_by(opened_at, due_at, directory.calendar_for(department or None))


def document_name(case: Case, key: str) -> str:
    """Return a document's name as texts write it: 《投诉处理方案》."""
    names = catalogue.documents(case.version_id)
    name = words(names[key]) if key in names else key
    return _("“%(document)s”") % {"document": name}


def phases(graph: ProcessGraph, visits: Iterable[Visit]) -> list[Phase]:
    """Return the process's phases with where the case is."""
    is_open: set[str] = set()
    seen: set[str] = set()
    for visit in visits:
        phase = graph.nodes[visit.node].phase if visit.node in graph.nodes else ""
        (is_open if visit.closed_at is None else seen).add(phase)

    def state(key: str) -> str:
        return "now" if key in is_open else "done" if key in seen else "next"

    return [Phase(name=words(phase.name), state=state(phase.key)) for phase in graph.phases]


def phase_words(graph: ProcessGraph, node_id: str) -> str:
    """Return where in the process a node stands, as a fact of a to-do."""
    keys = [phase.key for phase in graph.phases]
    node = graph.nodes.get(node_id)
    if node is None or node.phase not in keys:
        return ""
    return _("Phase %(n)s of %(all)s") % {"n": keys.index(node.phase) + 1, "all": len(keys)}


@dataclass(frozen=True, kw_only=True)
class Path:
    """Which nodes and flows a case went through, and where it stands."""

    passed: frozenset[str]
    now: frozenset[str]
    late: frozenset[str]


def diagram(case: Case, path: Path) -> str:
    """Return the case's diagram as SVG, with the path so far and the present nodes."""
    markers: dict[str, set[str]] = defaultdict(set)
    for marker, elements in (("sl-done", path.passed), ("sl-now", path.now), ("sl-late", path.late)):
        for element in elements:
            markers[element].add(marker)
    zh = (get_language() or "zh").startswith("zh")
    return draw_svg(catalogue.document(case.version_id), language="zh" if zh else "en", markers=markers)


def marked_diagram(version_id: int, pins: Mapping[str, Pin]) -> str:
    """Return the diagram of a version with signs above its nodes."""
    zh = (get_language() or "zh").startswith("zh")
    return draw_svg(catalogue.document(version_id), language="zh" if zh else "en", pins=pins)


def diagram_words(graph: ProcessGraph, path: Path) -> str:
    """Return the diagram in words, for whoever does not see it."""

    def names(ids: frozenset[str]) -> str:
        found = [words(node.name) for key, node in graph.nodes.items() if key in ids and words(node.name)]
        return _(", ").join(found) or _("nothing")

    sentence = _("Diagram of %(process)s. Done: %(done)s. Now: %(now)s.")
    return sentence % {"process": words(graph.name), "done": names(path.passed), "now": names(path.now)}


def diagram_note(graph: ProcessGraph, path: Path) -> str:
    """Return what stands beside the diagram's title."""
    passed = sum(1 for node in path.passed if node in graph.nodes and graph.nodes[node].kind.endswith("task"))
    count = ngettext("%(n)s step passed", "%(n)s steps passed", passed) % {"n": passed}
    here = _(", ").join(node_name(graph, node) for node in graph.nodes if node in path.now)
    return _("%(count)s, now at %(here)s") % {"count": count, "here": here} if here else count


STATES = {"returned": "returned", "cancelled": "cancelled"}


def timeline(
    case: Case, graph: ProcessGraph, visits: list[Visit], tasks: list[Task], names: Names
) -> list[Step]:
    """Return the visits of a case in order, with waiting and handling time against the limit."""
    by_visit: dict[int, list[Task]] = defaultdict(list)
    for task in tasks:
        by_visit[task.visit_number].append(task)
    until = case.ended_at or clock.now()
    return [_step(graph, visit, by_visit[visit.number], until, names) for visit in visits]


def calendar_of(visit: Visit) -> WorkCalendar:
    """Return the calendar by which a visit is reckoned: of a closed one that which was in force when it closed."""
    present = directory.calendar_for(visit.department or None)
    return present if visit.calendar in {"", present.fingerprint} else kept(visit.calendar)


def _step(graph: ProcessGraph, visit: Visit, tasks: list[Task], until: datetime, names: Names) -> Step:
    waiting, handling = times(visit, until)
    calendar = calendar_of(visit)
    limit = working_seconds_between(calendar, visit.opened_at, visit.due_at) if visit.due_at else None
    people = dict.fromkeys(name for task in tasks if (name := task.done_by or task.holder))
    who = _(", ").join(names.full(name) for name in people) or names.label(visit.department)
    name = node_name(graph, visit.node)
    is_late = visit.due_at is not None and (visit.closed_at or until) > visit.due_at
    return Step(
        name=_("%(node)s, round %(n)s") % {"node": name, "n": visit.round} if visit.round > 1 else name,
        state="now" if visit.closed_at is None else STATES.get(visit.outcome, "done"),
        who=who,
        at=visit.closed_at,
        when="" if visit.closed_at else _("in progress"),
        waiting=waiting,
        handling=handling,
        limit=limit,
        is_late=is_late,
        text=_step_text(visit, tasks, (waiting, handling), names, is_late=is_late),
    )


def times(visit: Visit, until: datetime) -> tuple[float, float]:
    """Return waiting and handling time of a visit in working seconds, of an open one up to now."""
    if visit.waiting_seconds is not None and visit.handling_seconds is not None:
        return visit.waiting_seconds, visit.handling_seconds
    calendar = calendar_of(visit)
    touched = min(visit.first_touched_at or until, until)
    waiting = working_seconds_between(calendar, visit.opened_at, touched)
    return waiting, working_seconds_between(calendar, touched, until)


def _step_text(
    visit: Visit, tasks: list[Task], time: tuple[float, float], names: Names, *, is_late: bool
) -> str:
    parts = [
        _("waiting %(time)s") % {"time": duration(time[0])},
        _("handling %(time)s") % {"time": duration(time[1])},
    ]
    if visit.due_at:
        parts.append(due_words(visit.due_at))
        if visit.closed_at:
            parts.append(_("late") if is_late else _("on time"))
    if visit.outcome == "returned":
        parts.append(_("returned: %(reason)s") % {"reason": visit.reason})
    if visit.outcome == "cancelled" and visit.reason:
        parts.append(_("cancelled: %(reason)s") % {"reason": wording.reason_words(visit.reason)})
    behalf = [
        _("%(person)s on behalf of %(principal)s")
        % {"person": names.short(task.done_by), "principal": names.short(task.principal)}
        for task in tasks
        if task.principal and task.done_by
    ]
    parts.extend(behalf)
    signers = [names.short(task.done_by) for task in tasks if task.signed]
    if signers:
        parts.append(_("signed by %(names)s") % {"names": _(", ").join(signers)})
    parts.extend(f"“{task.opinion}”" for task in tasks if task.opinion)
    return " · ".join(parts)


def outputs(case: Case, node: Node, present: Iterable[str]) -> list[Check]:
    """Return the outputs of a node with what is there."""
    there = set(present)
    return [
        Check(
            label=document_name(case, output.document),
            state="ok" if output.document in there else "miss" if output.mandatory else "open",
            note=_("the form on this page") if output.made_by == "form" else _("a file to attach"),
            url="#complete" if output.made_by == "form" else "#docs",
        )
        for output in node.duty.outputs
    ]


def gates(case: Case, node: Node) -> list[Check]:
    """Return the node's hard gates and whether the case passes them as it is."""
    return [
        Check(
            label=words(guard.message),
            state="ok" if (met := answers.holds(guard.condition, case.variables)) else "miss",
            word=_("met") if met else _("not met"),
        )
        for guard in node.duty.guards
    ]
