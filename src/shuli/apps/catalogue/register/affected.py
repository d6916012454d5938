"""Which processes in force a change of the organisation leaves behind: departments, posts, groups, people that are gone (H2-112)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from shuli.apps.catalogue import presentation, queries
from shuli.apps.catalogue.models import Process, ProcessVersion
from shuli.apps.catalogue.studio.checking import named_in
from shuli.apps.directory import queries as directory
from shuli.core.bpmn.graph import ProcessGraph
from shuli.kit.components.values import Cell, Column, Table, TableRow
from shuli.kit.forms.shown import in_language

Kind = Literal["owner", "supervisor", "lane", "step"]
WORDS: dict[str, str | Promise] = {
    "department": gettext_lazy("the department “%(name)s” is closed or gone"),
    "post": gettext_lazy("nobody holds the post “%(name)s”"),
    "group": gettext_lazy("nobody is in the group “%(name)s”"),
    "person": gettext_lazy("%(name)s has left"),
}


@dataclass(frozen=True, kw_only=True)
class Gap:
    """Something that a process names and the company no longer has."""

    process: Process
    at: Kind
    place: str  # the step or lane in words; "" for the process itself
    what: str  # department, post, group, person
    code: str


def gaps() -> list[Gap]:
    """Return what the processes in force name in vain, process by process in the order of their models."""
    rows = ProcessVersion.objects.filter(status=ProcessVersion.Status.PUBLISHED).select_related("process")
    return [
        gap
        for version in rows.defer("bpmn", "forms", "documents").order_by("process__key")
        for gap in _of_process(version.process, queries.graph(version.pk))
    ]


def _of_process(process: Process, graph: ProcessGraph) -> Iterator[Gap]:
    named: list[tuple[Kind, str, str, str]] = [
        ("owner", "", "post", process.owner_post),
        ("supervisor", "", "post", process.supervisor_post),
    ]
    for lane in graph.lanes:
        code = queries.fixed_text(lane.department)
        named += [("lane", presentation.words(lane.name), "department", code)] if code else []
    for node in graph.nodes.values():
        named += [("step", presentation.words(node.name), what, code) for what, code in named_in(node)]
    for at, place, what, code in dict.fromkeys(named):
        if code and not _is_there(what, code):
            yield Gap(process=process, at=at, place=place, what=what, code=code)


def _is_there(what: str, code: str) -> bool:
    if what == "department":
        known = directory.departments().get(code)
        return known is not None and known.is_active
    if what == "person":
        return directory.active_username(code) == code
    return bool(directory.members(f"{what}:{code}"))


def affected_page() -> dict[str, Any]:
    """Return the page that lists the processes a change of the organisation has left behind."""
    found = gaps()
    return {"table": _table(found), "count": len({gap.process.pk for gap in found}), "lines": len(found)}


def _table(found: list[Gap]) -> Table:
    return Table(
        columns=[
            Column(label=_("Process"), phone="first"),
            Column(label=_("Where in it")),
            Column(label=_("What is missing"), phone="key"),
            Column(label=_("Process owner")),
        ],
        rows=[
            TableRow(
                cells=[
                    Cell(
                        value=in_language(gap.process.names),
                        url=reverse("catalogue:process", args=[gap.process.key]),
                    ),
                    _place(gap),
                    str(WORDS[gap.what]) % {"name": _name(gap)},
                    presentation.holders(gap.process.owner_post) or _("nobody yet"),
                ]
            )
            for gap in found
        ],
        caption=_("Processes affected by changes of the organisation"),
    )


def _place(gap: Gap) -> str:
    if gap.at in {"owner", "supervisor"}:
        return _("Process owner") if gap.at == "owner" else _("Supervisor")
    words = _("Lane “%(name)s”") if gap.at == "lane" else _("Step “%(name)s”")
    return words % {"name": gap.place}


def _name(gap: Gap) -> str:
    if gap.what == "person":
        return directory.display_names([gap.code])
    return directory.labels(get_language() or "zh-hans", gap.what).get(gap.code, gap.code)
