"""What the page of handing over shows: what names a person, group by group, and what a batch would do."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext
from django.utils.translation import gettext as _

from shuli.apps.cases.handover import MOST_NAMED, Held, Plan
from shuli.apps.cases.presentation import node_name
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.directory import queries as directory
from shuli.apps.directory.widgets import PersonPicker
from shuli.kit.components import Cell, Column, Table, TableRow
from shuli.kit.components.moments import moment

GROUPS: dict[str, Any] = {
    "tasks": gettext_lazy("Open tasks"),
    "custody": gettext_lazy("Open cases as first responder"),
    "posts": gettext_lazy("Posts"),
    "roles": gettext_lazy("Head, executive or liaison of"),
    "groups": gettext_lazy("Candidate groups"),
    "substitutions": gettext_lazy("Substitutions, both ways"),
    "processes": gettext_lazy("Steps of processes that name the person"),
    "drafts": gettext_lazy("Start forms begun"),
}
ROLES: dict[str, Promise] = {
    "head": gettext_lazy("Head"),
    "executive": gettext_lazy("Executive in charge"),
    "liaison": gettext_lazy("Liaison"),
}


class HandOverForm(forms.Form):
    """One successor for everything, another one for a group where that is better, and a reason that all can read."""

    everything = forms.CharField(
        label=gettext_lazy("Successor for everything"), required=False, widget=PersonPicker
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in GROUPS.items():
            self.fields[name] = forms.CharField(label=label, required=False, widget=PersonPicker)
        self.fields["reason"].initial = _("Handed over on leaving")

    def plan(self) -> Plan:
        everything = self.cleaned_data["everything"]
        return Plan(**{name: self.cleaned_data[name] or everything for name in GROUPS})

    def words(self) -> str:
        return str(self.cleaned_data["reason"].strip() or _("Handed over on leaving"))


def handover_page(held: Held, form: HandOverForm) -> dict[str, Any]:
    """Return every group with what is in it and the field for its successor."""
    counts = held.counts()
    return {
        "form": form,
        "groups": [
            {
                "label": label,
                "count": counts[name],
                "rows": LINES[name](held)[:MOST_NAMED],
                "more": max(counts[name] - MOST_NAMED, 0),
                "field": form[name],
            }
            for name, label in GROUPS.items()
            if counts[name]
        ],
        "is_empty": held.is_empty,
        "total": sum(counts.values()),
    }


def preview(held: Held, plan: Plan) -> list[str]:
    """Return what a batch would do, a line for each group that has something in it."""
    names = directory.full_names(plan.successors())
    counts = held.counts()
    lines = []
    for group, label in GROUPS.items():
        to = getattr(plan, group)
        if counts[group]:
            params = {"group": label, "n": counts[group], "name": names.get(to, to)}
            lines.append((_("%(group)s (%(n)s) → %(name)s") if to else _("%(group)s (%(n)s) stays")) % params)
    return lines


def _tasks(held: Held) -> list[str]:
    return [
        f"{one.case.number} · {node_name(catalogue.graph(one.case.version_id), one.node)}"
        for one in held.tasks
    ]


def _posts(held: Held) -> list[str]:
    labels = _labels()
    alone = _("held by nobody else")
    return [
        f"{labels.get(one.code, one.code)} · {alone}" if one.is_alone else labels.get(one.code, one.code)
        for one in held.named.posts
    ]


def _labels() -> dict[str, str]:
    return directory.labels(get_language() or "zh-hans")


def _roles(held: Held) -> list[str]:
    labels = _labels()
    return [f"{labels.get(one.department, one.department)} · {ROLES[one.role]}" for one in held.named.roles]


def _substitutions(held: Held) -> list[str]:
    acting = [
        _("stands in for %(name)s") % {"name": rule.person.display_name()}
        for rule in held.named.stands_in_for
    ]
    away = [
        _("%(name)s stands in") % {"name": rule.substitute.display_name()} for rule in held.named.substitutes
    ]
    return [*acting, *away]


def _steps(held: Held) -> list[str]:
    found = []
    for key, node in held.processes:
        graph = catalogue.graph(catalogue.version_in_force(key).pk)
        found.append(f"{key} · {node_name(graph, node)}")
    return found


LINES: dict[str, Callable[[Held], list[str]]] = {
    "tasks": _tasks,
    "custody": lambda held: [case.number for case in held.custody],
    "posts": _posts,
    "roles": _roles,
    "groups": lambda held: [_labels().get(code, code) for code in held.named.groups],
    "substitutions": _substitutions,
    "processes": _steps,
    "drafts": lambda held: [draft.process_key for draft in held.drafts],
}


def done_words(moved: int, left: int) -> str:
    """Return what a batch came to."""
    words = ngettext("%(n)s thing was handed over.", "%(n)s things were handed over.", moved) % {"n": moved}
    rest = ngettext("%(n)s is left.", "%(n)s are left.", left) % {"n": left} if left else ""
    return f"{words} {rest}".strip()


def unattended_table(tasks: list[Any]) -> Table:
    """Return the tasks whose holders have gone, with where they can be handed on."""
    people = directory.full_names(one.holder for one in tasks)
    columns = [
        Column(label=_("Task"), phone="first"),
        Column(label=_("Case")),
        Column(label=pgettext("task", "Held by")),
        Column(label=_("Due"), phone="key"),
    ]
    rows = [
        TableRow(
            cells=[
                Cell(
                    value=node_name(catalogue.graph(one.case.version_id), one.node), url=f"/tasks/{one.pk}/"
                ),
                one.case.number,
                people.get(one.holder, one.holder),
                moment(one.due_at),
            ]
        )
        for one in tasks
    ]
    return Table(columns=columns, rows=rows, caption=_("Left behind"))
