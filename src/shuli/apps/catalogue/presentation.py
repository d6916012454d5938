"""What the pages of the register show: the process as a table of steps, its forms, its diagram."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shuli.apps.catalogue import queries, schedules, wording
from shuli.apps.catalogue.decisions import queries as decisions
from shuli.apps.catalogue.forms import BufferForm
from shuli.apps.catalogue.models import Decision, Process, ProcessVersion
from shuli.apps.catalogue.publication import operations as publication
from shuli.apps.catalogue.publication.history import history
from shuli.apps.catalogue.register import rights
from shuli.apps.catalogue.register.facts import regulation_words
from shuli.apps.catalogue.studio import queries as studio
from shuli.apps.directory import queries as directory
from shuli.core.bpmn import draw_svg
from shuli.core.bpmn.graph import Feel, Node, Performer, ProcessGraph
from shuli.core.forms import FormDefinition
from shuli.core.text import Text
from shuli.kit.components.moments import form_date, moment_time_within, moment_within
from shuli.kit.components.values import Action, Cell, Column, Pair, Table, TableRow
from shuli.kit.components.words import table_name
from shuli.kit.forms import entry_html


def language() -> str:
    return get_language() or "zh-hans"


def words(text: Text) -> str:
    """Return a model's wording in the active language, on one line."""
    return " ".join(text.in_language(language()).split())


def register_rows(person: str) -> list[dict[str, Any]]:
    """Return what the register says of each process."""
    startable = {process.key for process in queries.startable(person)}
    return [
        {
            "process": process,
            "name": words(process.names),
            "goal": words(process.goals),
            "version": version_in_force(process),
            "owners": holders(process.owner_post),
            "may_start": process.key in startable,
        }
        for process in queries.processes()
    ]


def version_in_force(process: Process) -> ProcessVersion | None:
    found = [v for v in process.versions.all() if v.status == ProcessVersion.Status.PUBLISHED]
    return found[0] if found else None


def holders(post: str) -> str:
    """Return the names of the people who hold a post."""
    return directory.display_names(directory.members(f"post:{post}")) if post else ""


def process_page(process: Process, person: str) -> dict[str, Any]:
    """Return what the page of a process shows."""
    version = version_in_force(process)
    page: dict[str, Any] = {
        "process": process,
        "title": words(process.names),
        "verdict": words(process.goals),
        "facts": [
            process.code or process.key,
            process.level,
            str(process.get_category_display()),
            words(process.domains),
            _("Key process") if process.importance == Process.Importance.KEY else "",
            _("Out of service") if process.retired_at else "",
        ],
        "entry_pairs": _entry_pairs(process),
        "next_step": words(process.next_steps),
        "version": version,
        "people": _people(process),
        "versions": history(process),
        **_on_its_way(process, person),
        "actions": _actions(process, person),
        "schedules": _schedules(process, owns=process.key in queries.owned_keys(person)),
        **_transition(version, owns=process.key in queries.owned_keys(person)),
        "decisions": [_decision_link(row) for row in decisions.decisions(process.key)],
    }
    page["facts"] = [fact for fact in page["facts"] if fact]
    return {**page, **_model(version)} if version else page


def _schedules(process: Process, *, owns: bool) -> list[dict[str, Any]]:
    """Return how the process starts by itself, with what its owner may do about it."""
    found = []
    for row in schedules.of_process(process.key):
        node = queries.graph(row.version_id).nodes[row.node]
        rule = node.event.timer
        paused = _("paused by %(name)s since %(moment)s") % {
            "name": directory.display_names([row.paused_by]),
            "moment": moment_within(row.paused_at) if row.paused_at else "",
        }
        next_words = _("next: %(moment)s") % {"moment": moment_time_within(row.next_at)}
        last = _("last: %(moment)s") % {"moment": moment_time_within(row.last_at)} if row.last_at else ""
        found.append(
            {
                "name": words(node.name) or row.node,
                "words": wording.schedule_words(rule) if rule else "",
                "state": paused if row.paused_at else next_words,
                "last": last,
                "is_paused": row.paused_at is not None,
                "url": reverse("catalogue:schedule", args=[process.key, row.node]) if owns else "",
            }
        )
    return found


def _transition(version: ProcessVersion | None, *, owns: bool) -> dict[str, Any]:
    """Return the transition in words, and the owner's form for it."""
    if version is None:
        return {}
    line = ""
    if version.buffer_since and version.buffer_until and version.buffer_until >= directory.today():
        line = _("Limits are %(factor)s times as long on steps that begin from %(since)s to %(until)s.") % {
            "factor": wording.number(float(version.buffer)),
            "since": form_date(version.buffer_since),
            "until": form_date(version.buffer_until),
        }
    initial = {"factor": version.buffer, "since": version.buffer_since, "until": version.buffer_until}
    form = BufferForm(initial=initial if line else None) if owns else None
    return {"buffer_line": line, "buffer_form": form}


def _entry_pairs(process: Process) -> list[Pair]:
    """Return what the register says of the process beside its model."""
    units = directory.labels(language(), "department")
    post = directory.posts().get(process.owner_post)
    in_charge = process.department or (post.department if post else "")
    review = form_date(process.next_review_on) if process.next_review_on else ""
    if process.next_review_on and process.next_review_on <= directory.today():
        review = _("%(day)s, overdue") % {"day": review}
    parts = [
        (_("Department in charge"), units.get(in_charge, in_charge)),
        (_("Importance"), str(process.get_importance_display())),
        (_("Regulations"), _("; ").join(regulation_words(process))),
        (_("Next review"), review),
    ]
    return [Pair(label=label, value=value or "–") for label, value in parts]


def _people(process: Process) -> list[Pair]:
    parts = [(_("Process owner"), process.owner_post), (_("Supervisor"), process.supervisor_post)]
    return [Pair(label=label, value=holders(post) or _("nobody yet")) for label, post in parts]


def _decision_link(decision: Decision) -> dict[str, str]:
    found = decisions.version_in_force(decision.key)
    url = reverse("catalogue:decision", args=[decision.key])
    return {
        "url": url,
        "title": words(decision.names),
        "version": f"v{found.number}" if found else _("not published"),
    }


def _on_its_way(process: Process, person: str) -> dict[str, Any]:
    """Return the change that is being decided, and the owner's drafts that can be handed in."""
    change = publication.change_of(process.key)
    found: dict[str, Any] = {"change": None, "drafts": []}
    if change is not None:
        said = {"number": change.case_number, "name": directory.display_names([change.person])}
        found["change"] = {
            "words": _("%(number)s, handed in by %(name)s") % said,
            "summary": change.summary,
            "url": reverse("catalogue:change", args=[change.pk]),
        }
    if studio.may_draw(process, person):
        found["drafts"] = [
            {
                "title": draft.title or _("Draft"),
                "note": _("saved %(at)s by %(name)s")
                % {"at": moment_within(draft.saved_at), "name": directory.display_names([draft.saved_by])},
                "url": reverse("catalogue:draft_submit", args=[draft.pk]),
            }
            for draft in studio.drafts(process.key)
            if draft.state == "open"
        ]
    return found


def _actions(process: Process, person: str) -> list[Action]:
    actions = []
    if queries.may_start(process.key, person):
        url = reverse("cases:start", args=[process.key])
        actions.append(
            Action(label=words(process.action_names), icon="circle-plus", is_primary=True, url=url)
        )
    if studio.may_draw(process, person):
        design = reverse("catalogue:studio", args=[process.key])
        actions.append(Action(label=_("Design"), icon="pencil", url=design, is_primary=not actions))
    if version_in_force(process) is not None:
        url = reverse("catalogue:handbook", args=[process.key])
        actions.append(Action(label=_("Handbook"), icon="file-text", url=url))
        file = reverse("catalogue:bpmn", args=[process.key])
        actions.append(Action(label=_("BPMN file"), icon="download", url=file, is_rare=True))
        table = reverse("catalogue:description", args=[process.key])
        actions.append(Action(label=_("Description table"), icon="table", url=table, is_rare=True))
    if rights.may_edit(process, person):
        url = reverse("catalogue:entry_edit", args=[process.key])
        actions.append(Action(label=_("Edit the entry"), icon="edit", url=url, is_rare=True))
    if process.key in queries.owned_keys(person):
        actions.append(
            Action(label=_("Longer limits for a time"), icon="clock", opens="buffer", is_rare=True)
        )
        url = reverse("cases:migration", args=[process.key])
        actions.append(Action(label=_("Move open cases"), icon="versions", url=url, is_rare=True))
    if process.key in queries.overseen_keys(person):
        url = reverse("cases:reveals", args=[process.key])
        actions.append(Action(label=_("Who looked at masked answers"), icon="eye", url=url, is_rare=True))
        url = reverse("cases:step_problems", args=[process.key])
        actions.append(Action(label=_("Problems with steps"), icon="flag", url=url, is_rare=True))
    return [*actions, *_leaving(process, person)]


def _leaving(process: Process, person: str) -> list[Action]:
    """Return the ways out of the register: of service for what has run, altogether for what nothing needs."""
    found = []
    if rights.may_edit(process, person) and version_in_force(process) is not None:
        url = reverse("catalogue:entry_retire", args=[process.key])
        found.append(
            Action(label=_("Take out of service"), icon="archive", url=url, is_rare=True, is_grave=True)
        )
    if rights.may_keep(person):
        url = reverse("catalogue:entry_delete", args=[process.key])
        found.append(Action(label=_("Delete"), icon="trash", url=url, is_rare=True, is_grave=True))
    return found


def _model(version: ProcessVersion) -> dict[str, Any]:
    """Return what the version's model says: diagram, steps by phase, forms."""
    graph = queries.graph(version.pk)
    grouped = steps_by_phase(version.pk, graph)
    return {
        "svg": diagram(version.pk),
        "diagram_words": _("Diagram of %(process)s") % {"process": words(graph.name)},
        "version_line": f"v{version.number}",
        "node_facts": [
            (one["node"].id, one["name"], one["pairs"]) for phase in grouped for one in phase["steps"]
        ],
        "steps_table": _steps_table(grouped),
        "step_count": sum(len(phase["steps"]) for phase in grouped),
        "forms": [_form_link(version, key) for key in forms_in_order(version.pk, graph)],
    }


def forms_in_order(version_id: int, graph: ProcessGraph) -> list[str]:
    """Return the keys of the forms in the order in which the process asks for them."""
    asked = [
        key
        for node in graph.nodes.values()
        for key in (node.duty.form, *(seat.form for seat in node.duty.seats))
        if key
    ]
    return [
        key for key in dict.fromkeys([*asked, *queries.forms(version_id)]) if key in queries.forms(version_id)
    ]


def _form_link(version: ProcessVersion, key: str) -> dict[str, str]:
    form = queries.form(version.pk, key)
    url = reverse("catalogue:form", args=[version.process.key, key])
    return {"url": url, "title": words(form.title), "table": table_name(form.table)}


def _steps_table(grouped: list[dict[str, Any]]) -> Table:
    """Return the description table (流程描述表): one table, so that its columns stand under one another."""
    rows: list[TableRow] = []
    for phase in grouped:
        if phase["name"] and phase["steps"]:
            rows.append(TableRow(heading=phase["name"]))
        rows += [_step_row(one) for one in phase["steps"]]
    return Table(
        columns=[
            Column(label=_("Step"), phone="first"),
            Column(label=_("Lead department")),
            Column(label=_("Cooperating")),
            Column(label=_("Performer")),
            Column(label=_("Limit"), phone="key"),
            Column(label=_("Outputs"), phone="wide"),
        ],
        rows=rows,
    )


def _step_row(one: dict[str, Any]) -> TableRow:
    return TableRow(
        cells=[
            Cell(value=one["name"], note=one["node"].id),
            one["lead"],
            _(", ").join(one["cooperating"]),
            one["performer"],
            _(", ").join(one["limits"]),
            _(", ").join(one["outputs"]),
        ]
    )


def diagram(version_id: int) -> str:
    zh = language().startswith("zh")
    return draw_svg(queries.document(version_id), language="zh" if zh else "en")


def steps_by_phase(version_id: int, graph: ProcessGraph) -> list[dict[str, Any]]:
    """Return the description table (流程描述表): phases with their steps."""
    people = [node for node in graph.nodes.values() if node.kind in {"user_task", "manual_task", "send_task"}]
    names = {phase.key: words(phase.name) for phase in graph.phases}
    keys = [*names, ""] if any(node.phase not in names for node in people) else [*names]
    return [
        {
            "name": names.get(key, ""),
            "steps": [
                step(version_id, graph, node)
                for node in people
                if (node.phase if node.phase in names else "") == key
            ],
        }
        for key in keys
    ]


def step(version_id: int, graph: ProcessGraph, node: Node) -> dict[str, Any]:
    """Return one step of the process in words."""
    duty, documents = node.duty, queries.documents(version_id)

    def names(keys: Iterable[str]) -> list[str]:
        return [words(documents[key]) if key in documents else key for key in keys]

    found = {
        "node": node,
        "name": words(node.name),
        "lead": department(duty.lead),
        "cooperating": [department(code) for code in duty.cooperating],
        "performer": performer(duty.performer, graph),
        "limits": [wording.limit_words(limit) for limit in duty.limits],
        "inputs": names(duty.inputs),
        "outputs": names(output.document for output in duty.outputs),
    }
    return {**found, "pairs": _step_pairs(node, found)}


def _step_pairs(node: Node, found: dict[str, Any]) -> list[Pair]:
    """Return the facts that a click on the diagram shows."""
    duty, join = node.duty, _(", ").join
    parts = [
        (_("Lead department"), found["lead"]),
        (_("Cooperating"), join(found["cooperating"])),
        (_("Performer"), found["performer"]),
        (_("Limit"), join(found["limits"])),
        (_("Inputs"), join(found["inputs"])),
        (_("Outputs"), join(found["outputs"])),
        (_("Instruction"), words(duty.instruction)),
        (_("Key point"), words(duty.key_point)),
        (_("Standard"), words(duty.standard)),
        (_("Decision"), _("needs a signature") if duty.decision else ""),
    ]
    return [Pair(label=label, value=value) for label, value in parts if value]


def department(expression: Feel | None) -> str:
    """Return the department that an expression names; one that depends on the case is said so."""
    code = queries.fixed_text(expression)
    if code is None:
        return wording.by_case() if expression else ""
    return directory.labels(language()).get(code, code)


def performer(rule: Performer | None, graph: ProcessGraph) -> str:
    """Return a performer rule in words."""
    if rule is None:
        return ""
    if rule.kind == "superior":
        return _superior(rule, graph)
    if rule.kind == "chosen":
        chooser = graph.nodes.get(rule.chooser or "")
        by_task = chooser is not None and chooser.kind != "start_event"
        return wording.performer_words("chosen", words(chooser.name) if chooser and by_task else "")
    value = queries.fixed_text(rule.value)
    if rule.kind in {"owner", "supervisor"}:
        value = graph.owner if rule.kind == "owner" else graph.supervisor
    code = value.partition(":")[2] if value and rule.kind == "least_loaded" else value
    step = graph.nodes.get(code or "") if rule.kind == "same_as" else None
    name = words(step.name) if step else _named(code, graph) if code else ""
    return wording.performer_words(rule.kind, name)


def _superior(rule: Performer, graph: ProcessGraph) -> str:
    value = queries.constant_value(rule.value)
    asked = (
        value if isinstance(value, dict) else {"of": value} if isinstance(value, str) else {"levels": value}
    )
    of, levels = asked.get("of"), asked.get("levels")
    return wording.superior_words(int(levels) if levels else 1, _named(str(of), graph) if of else "")


def _named(code: str, graph: ProcessGraph) -> str:
    """Return the name of a department, post, group, step or person."""
    if code in graph.nodes:
        return _("whoever did “%(name)s”") % {"name": words(graph.nodes[code].name)}
    known = directory.labels(language())
    if code in known:
        return known[code]
    card = directory.person(code)
    return card.display_name() if card else code


def form_page(process: Process, form: FormDefinition) -> dict[str, Any]:
    """Return the page that shows a form as whoever fills it in sees it."""
    return {
        "process": process,
        "process_name": words(process.names),
        "title": words(form.title),
        "form": entry_html(form, {}, {}),
    }
