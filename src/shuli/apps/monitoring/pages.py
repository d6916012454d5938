"""What the pages of monitoring show, for what the reader may see."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from msgspec.structs import replace as replaced

from shuli.apps.catalogue import queries as catalogue
from shuli.apps.monitoring import further
from shuli.apps.monitoring.dashboards import standing
from shuli.apps.monitoring.dashboards.asking import (
    Asked,
    asked,
    department_names,
    node_names,
    place_words,
    process_names,
    rows_of,
)
from shuli.apps.monitoring.dashboards.figures import figures_of
from shuli.apps.monitoring.dashboards.heat import MEASURES, heat
from shuli.apps.monitoring.dashboards.places import compared, steps_table
from shuli.apps.monitoring.own.rights import may_define
from shuli.apps.monitoring.queries import summed
from shuli.apps.monitoring.volumes.keeping import kept_by
from shuli.kit.components.values import Action, Tab

__all__ = [
    "Asked", "asked", "company_page", "department_names", "department_page", "place_words", "process_names",
    "process_page",
]  # fmt: skip


def company_page(request: HttpRequest) -> dict[str, Any]:
    """Return the figures of all that the reader oversees; of nobody else's."""
    want = asked(request)
    page = _page(want)
    return {
        **page,
        "actions": [*_rooms(want.person), *page["actions"]],
        "processes": compared(want, "process_key", process_names()),
        "departments": compared(want, "department", department_names()),
    }


def _rooms(person: str) -> list[Action]:
    """Return the ways to one's own figures and to the registers beside them."""
    volumes = Action(label=_("Announced volumes"), icon="adjustments", url=reverse("monitoring:volumes"))
    return [
        Action(label=_("My figures"), icon="user", url=reverse("monitoring:mine")),
        Action(label=_("Monthly audit"), icon="zoom-check", url=reverse("monitoring:audits")),
        Action(label=_("Violations and rectification"), icon="flag", url=reverse("monitoring:violations")),
        Action(label=_("Appraisal"), icon="chart-bar", url=reverse("monitoring:appraisal")),
        Action(label=_("Sources of data"), icon="database", is_rare=True, url=reverse("monitoring:sources")),
        *([volumes] if kept_by(person) else []),
    ]


def department_page(request: HttpRequest, code: str) -> dict[str, Any]:
    """Return one department's figures, by process; only to who leads it, or oversees everything of a process there."""
    want = asked(request, department=code)
    if code not in want.scope.departments:
        raise Http404
    want = replaced_scope(want, code)
    return {
        **_page(want),
        "title": department_names().get(code, code),
        "processes": compared(want, "process_key", process_names()),
    }


def replaced_scope(want: Asked, code: str) -> Asked:
    """Return what is asked narrowed to one department, whatever processes the reader oversees beside it."""
    return replace(want, scope=replaced(want.scope, processes=(), departments=(code,)))


def process_page(request: HttpRequest, key: str) -> dict[str, Any]:
    """Return one process's figures, with its steps and where its work waits."""
    want = asked(request, key)
    rows = summed(rows_of(want), ("node",), with_cycles=False)
    steps = {place["node"]: sums for place, sums in rows if place["node"]}
    version = next(iter(catalogue.version_numbers(key)), None)
    names = node_names(version[0]) if version else {}
    measure = request.GET.get("heat", "")
    measure = measure if measure in MEASURES else "waiting"
    page = _page(want)
    own = Action(label=_("Own indicators"), icon="adjustments", url=reverse("monitoring:own", args=[key]))
    return {
        **page,
        "actions": [*([own] if may_define(want.person, key) else []), *page["actions"]],
        "svg": heat(version[0], steps, measure) if version else "",
        "heat": measure if "heat" in request.GET else "",
        "heat_label": MEASURES[measure],
        "heat_tabs": _heat_tabs(request, measure),
        "funnel": standing.funnel(want, version[0], steps, names) if version else None,
        "steps": steps_table(want, steps, names),
        "departments": compared(want, "department", department_names()),
        **further.of_process(want),
    }


def _heat_tabs(request: HttpRequest, measure: str) -> list[Tab]:
    kept = request.GET.copy()
    found = []
    for key, label in (("waiting", _("Waiting share")), ("late", _("Timeout rate"))):
        kept["heat"] = key
        found.append(Tab(label=label, url=f"?{kept.urlencode()}#heat", is_current=key == measure))
    return found


def _page(want: Asked) -> dict[str, Any]:
    figures = figures_of(want)
    return {
        **figures,
        **standing.waiting_now(want),
        "open_cases": standing.along_the_days(want),
        "mine_url": reverse("monitoring:mine"),
    }
