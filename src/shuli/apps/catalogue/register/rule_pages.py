"""What the pages of operating rules show."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from shuli.apps.catalogue import queries
from shuli.apps.catalogue.models import OperatingRule
from shuli.apps.catalogue.register import pages, rights, rules
from shuli.apps.catalogue.register.forms import ReviewForm
from shuli.apps.directory import queries as directory
from shuli.kit.components.values import Action, Cell, Column, Pair, Step, Table, TableRow

PAGE = 50
REVIEW_ICONS = {"fits": "done", "differs": "now", "revise": "now", "abolish": "cancelled"}


def asked(request: HttpRequest) -> dict[str, str]:
    """Return what the list is narrowed to, as the query of rules takes it."""
    names = {"q": "text", "kind": "kind", "state": "state", "process": "process"}
    return {name: request.GET.get(key, "").strip()[:200] for key, name in names.items()}


def list_page(request: HttpRequest) -> dict[str, Any]:
    wanted = asked(request)
    page = Paginator(rules.rules(**wanted), PAGE).get_page(request.GET.get("page"))
    reviewed, total = rules.progress()
    return {
        "tabs": pages.tabs("rules", request.user.get_username()),
        "wanted": wanted,
        "page": page,
        "table": _table(list(page.object_list)),
        "kinds": pages.options(OperatingRule.Kind.choices, wanted["kind"]),
        "states": pages.options(OperatingRule.State.choices, wanted["state"]),
        "processes": pages.options(queries.choices(), wanted["process"]),
        "reviewed": reviewed,
        "total": total,
        "actions": _list_actions(request),
    }


def _list_actions(request: HttpRequest) -> list[Action]:
    person, query = request.user.get_username(), request.GET.urlencode()
    excel = reverse("catalogue:rules_xlsx") + (f"?{query}" if query else "")
    export = Action(label=_("Excel"), icon="download", url=excel)
    if not rights.may_keep(person) and not queries.owned_keys(person):
        return [export]
    new = Action(label=_("New rule"), icon="plus", is_primary=True, url=reverse("catalogue:rule_new"))
    take_in = Action(label=_("Import from Excel"), icon="upload", url=reverse("catalogue:rules_import"))
    return [new, export, take_in]


def _table(rows: list[OperatingRule]) -> Table:
    return Table(
        columns=[
            Column(label=_("Name"), phone="first"),
            Column(label=_("Kind of rule")),
            Column(label=_("Carried out by")),
            Column(label=_("Frequency")),
            Column(label=_("Belongs to the process")),
            Column(label=_("Known problems"), phone="wide"),
            Column(label=_("Review"), phone="key"),
        ],
        rows=[TableRow(cells=_cells(row)) for row in rows],
        caption=_("Operating rules"),
    )


def _cells(row: OperatingRule) -> list[Cell]:
    return [
        Cell(value=row.name, url=reverse("catalogue:rule", args=[row.pk]), note=row.number),
        Cell(value=row.get_kind_display()),
        Cell(value=row.performer or "–"),
        Cell(value=row.frequency or "–"),
        Cell(value=rules.process_name(row) or "–"),
        Cell(value=row.issues or "–"),
        Cell(value=row.get_state_display()),
    ]


def rule_page(row: OperatingRule, person: str) -> dict[str, Any]:
    """Return a rule with its nine columns and its reviews."""
    return {
        "rule": row,
        "title": row.name,
        "facts": [row.number, str(row.get_kind_display()), str(row.get_state_display())],
        "process_name": rules.process_name(row),
        "pairs": _pairs(row),
        "steps": [line.strip() for line in row.steps.splitlines() if line.strip()],
        "reviews": [_review_step(one) for one in row.reviews.all()],
        "actions": _actions(row, person),
        "review_form": ReviewForm(),
    }


def _pairs(row: OperatingRule) -> list[Pair]:
    parts = [
        (_("Scope of application"), row.scope),
        (_("Carried out by"), row.performer),
        (_("Resources needed"), row.resources),
        (_("Deliverables"), row.deliverables),
        (_("Frequency"), row.frequency),
        (_("Known problems"), row.issues),
    ]
    return [Pair(label=label, value=value or "–") for label, value in parts]


def _review_step(one: Any) -> Step:
    return Step(
        name=str(one.get_state_display()),
        state=REVIEW_ICONS.get(one.state, "note"),
        who=directory.display_names([one.person]),
        at=one.at,
        text=one.note,
    )


def _actions(row: OperatingRule, person: str) -> list[Action]:
    found = []
    if rights.may_review_rule(row, person):
        found.append(Action(label=_("Review"), icon="clipboard-check", is_primary=True, opens="review"))
    if rights.may_edit_rule(row, person):
        found.append(Action(label=_("Edit"), icon="edit", url=reverse("catalogue:rule_edit", args=[row.pk])))
        found.append(Action(label=_("Delete"), icon="trash", opens="delete", is_rare=True, is_grave=True))
    return found
