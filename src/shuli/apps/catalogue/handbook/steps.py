"""The steps one after the other: everything that somebody needs who is about to do one."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shuli.apps.catalogue import presentation, queries
from shuli.apps.catalogue.handbook import words as w
from shuli.apps.catalogue.handbook.description import phases_of
from shuli.apps.catalogue.handbook.roles import human_nodes, number_of, performer_of, way_of
from shuli.apps.documents.paper import Block, Card, Code, Column, Grid, Heading
from shuli.apps.documents.paper.content import Fact, Line, cell, fact, facts, line
from shuli.core.bpmn.draw.titles import kind_of
from shuli.core.bpmn.graph import EscalationStep, Node, ProcessGraph, VoteRule
from shuli.kit.components.words import joined

# What the program does by itself, and readers of a handbook should know of.
AUTOMATIC = ("business_rule_task", "service_task", "script_task", "call_activity", "receive_task")


def step_blocks(version_id: int, graph: ProcessGraph) -> Iterator[Block]:
    """Yield the steps by phase, then what the program does by itself."""
    for phase, nodes in phases_of(graph):
        if phase is not None:
            yield Heading(text=presentation.words(phase.name))
        for node in nodes:
            yield step_card(version_id, graph, node)
    automatic = [node for node in graph.nodes.values() if node.kind in AUTOMATIC]
    if automatic:
        yield Heading(text=_("What the program does by itself"))
        yield _automatic_grid(graph, automatic)


def step_card(version_id: int, graph: ProcessGraph, node: Node) -> Card:
    url = w.address("cases:step_problem", graph.key, query=f"?step={node.id}")
    return Card(
        number=number_of(node),
        title=w.step_name(node),
        marks=tuple(_marks(node)),
        facts=facts(*_who(graph, node), *_how(version_id, node), *_onward(graph, node)),
        code=Code(url=url, words=_("Report a problem with this step")),
        anchor=f"step-{node.id}",
    )


def _marks(node: Node) -> Iterator[str]:
    if node.duty.decision:
        yield _("Signature")
    if node.duty.key_control_point:
        yield _("Key control point")
    if node.duty.becomes_first_responder:
        yield _("First responder")


def _who(graph: ProcessGraph, node: Node) -> Iterator[Fact]:
    duty = node.duty
    yield fact(_("Lead department"), presentation.department(duty.lead))
    yield fact(_("Cooperating"), joined(w.departments(node)))
    yield fact(_("Performer"), presentation.performer(performer_of(graph, node), graph))
    yield fact(_("First responsible"), presentation.performer(duty.first_responsible, graph))
    yield fact(_("Together with"), *[presentation.performer(seat.performer, graph) for seat in duty.seats])
    yield fact(_("Decided by"), vote_words(duty.vote) if duty.seats else "")


def _how(version_id: int, node: Node) -> Iterator[Fact]:
    duty = node.duty
    form = queries.forms(version_id).get(duty.form or "")
    yield fact(_("Procedure"), presentation.words(duty.instruction))
    yield fact(_("Key point"), presentation.words(duty.key_point))
    yield fact(_("Standard"), presentation.words(duty.standard))
    yield fact(_("Limit"), w.limits(node))
    yield fact(_("Form"), presentation.words(form.title) if form else "")
    yield fact(_("Inputs"), joined(w.documents(version_id, duty.inputs)))
    yield fact(_("Outputs"), *_outputs(version_id, node))
    yield fact(_("Before it is done"), *[presentation.words(guard.message) for guard in duty.guards])


def _outputs(version_id: int, node: Node) -> Iterator[str]:
    for output in node.duty.outputs:
        (name,) = w.documents(version_id, [output.document])
        needed = _("mandatory") if output.mandatory else _("if there is one")
        made = _("made by the form") if output.made_by == "form" else _("as a file")
        yield _("%(name)s (%(needed)s, %(made)s)") % {"name": name, "needed": needed, "made": made}


def _onward(graph: ProcessGraph, node: Node) -> Iterator[Fact]:
    duty = node.duty
    told = [presentation.performer(rule, graph) for rule in duty.notice.to] if duty.notice else []
    yield fact(_("Told"), joined(told))
    yield fact(_("Reminders"), joined([w.offset(one) for one in duty.reminders]))
    yield fact(_("Escalation"), *[_escalation(graph, one) for one in duty.escalation])
    yield fact(_("Meanwhile"), *[presentation.words(graph.nodes[name].name) for name in node.boundaries])
    yield fact(pgettext("step", "Next"), *next_lines(graph, node))


def _escalation(graph: ProcessGraph, step: EscalationStep) -> str:
    params = {"moment": w.offset(step.offset), "person": presentation.performer(step.to, graph)}
    return _("%(moment)s: to %(person)s") % params


def next_lines(graph: ProcessGraph, node: Node) -> list[Line]:
    """Return what comes after a step, with the conditions under which it does."""
    flows = {flow.id: flow for one in graph.nodes.values() for flow in one.outgoing}
    found = []
    for passed, target in way_of(graph, node):
        names = [presentation.words(flows[name].name) for name in passed]
        aim = graph.nodes[target]
        title = w.titled(aim) if aim in human_nodes(graph) else presentation.words(aim.name)
        if not title:
            title = presentation.words(kind_of(aim.element or aim.kind))
        found.append(
            line(
                title,
                label=_("%(condition)s: ") % {"condition": " · ".join(filter(None, names))}
                if any(names)
                else "",
            )
        )
    return found


def vote_words(vote: VoteRule) -> str:
    """Return how several people decide a step together."""
    params = {"percent": vote.percent, "count": vote.count}
    words = {
        "single": _("the performer alone"),
        "all": _("everybody agrees"),
        "any": _("one of them agrees"),
        "ratio": _("at least %(percent)s%% agree") % params,
        "count": _("at least %(count)s agree") % params,
        "sequence": _("one after the other, everybody agrees"),
        "contribute": _("everybody contributes, the lead decides"),
    }
    return words[vote.kind]


def _automatic_grid(graph: ProcessGraph, nodes: list[Node]) -> Grid:
    names = queries.names()
    rows = []
    for node in nodes:
        called = names.get(node.call.process) if node.call else None
        what = _("runs the process “%(name)s”") % {"name": presentation.words(called)} if called else ""
        rows.append(
            (
                cell(line(w.step_name(node), label=f"{number_of(node)} ")),
                cell(what or presentation.words(kind_of(node.kind))),
                cell(*next_lines(graph, node)),
            )
        )
    columns = (
        Column(title=_("Step"), width=2),
        Column(title=_("What happens"), width=2),
        Column(title=pgettext("step", "Next"), width=3),
    )
    return Grid(columns=columns, rows=tuple(rows))
