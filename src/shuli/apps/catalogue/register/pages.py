"""What the pages of the register show: the list, an entry to edit, the outcome of an import."""

from dataclasses import replace
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shuli.apps.catalogue.models import Process
from shuli.apps.catalogue.register import rights
from shuli.apps.catalogue.register.facts import LEVELS, STATES
from shuli.apps.catalogue.register.listing import Entry, Wanted, entries, narrowed
from shuli.apps.catalogue.studio import queries as studio
from shuli.apps.directory import queries as directory
from shuli.kit.components.moments import form_date
from shuli.kit.components.values import Action, Cell, Column, Option, Tab, Table, TableRow

PAGE = 50


def tabs(current: str, person: str) -> list[Tab]:
    """Return the views of the process library; whoever draws processes has their drafts among them."""
    places = [
        ("map", _("Map"), reverse("catalogue:map")),
        ("register", _("Register"), reverse("catalogue:register")),
        ("rules", _("Operating rules"), reverse("catalogue:rules")),
        ("decisions", _("Decisions"), reverse("catalogue:decisions")),
    ]
    if studio.may_register(person):
        places.append(("drafts", _("Design"), reverse("catalogue:drafts")))
    return [Tab(label=label, url=url, is_current=key == current) for key, label, url in places]


def register_page(request: HttpRequest) -> dict[str, Any]:
    """Return the register as somebody asked for it, with what they may do."""
    wanted, everything = Wanted.of(request.GET), entries()
    fit = narrowed(everything, wanted)
    page: Page[Entry] = Paginator(fit, PAGE).get_page(request.GET.get("page"))
    return {
        "tabs": tabs("register", request.user.get_username()),
        "wanted": wanted,
        "total": len(everything),
        "without": sum(one.is_without_standard for one in everything),
        "page": page,
        "table": _table(request, page.object_list, wanted),
        "actions": _actions(request),
        **_choices(everything, wanted),
    }


def _actions(request: HttpRequest) -> list[Action]:
    person = request.user.get_username()
    query = request.GET.urlencode()
    export = reverse("catalogue:register_xlsx") + (f"?{query}" if query else "")
    excel = Action(label=_("Excel"), icon="download", url=export)
    gone = reverse("catalogue:affected")
    revise = Action(label=_("Affected by the organisation"), icon="building", url=gone, is_rare=True)
    if not rights.may_register(person):
        return [excel, revise]
    new = Action(label=_("New entry"), icon="plus", is_primary=True, url=reverse("catalogue:entry_new"))
    if not rights.may_keep(person):
        return [new, excel, revise]
    take_in = Action(label=_("Import from Excel"), icon="upload", url=reverse("catalogue:register_import"))
    return [new, excel, take_in, revise]


def _choices(rows: list[Entry], wanted: Wanted) -> dict[str, list[Option]]:
    units = directory.labels(get_language() or "zh-hans", "department")
    departments = {
        row.department: units.get(row.department, row.department) for row in rows if row.department
    }
    domains = {row.process.domain: row.domain for row in rows if row.process.domain}
    states = [*STATES, ("review_due", _("Review overdue")), ("without_standard", _("Without a standard"))]
    return {
        "categories": options(Process.Category.choices, wanted.category),
        "domains": options(domains.items(), wanted.domain),
        "levels": options([(one, one) for one in LEVELS], wanted.level),
        "departments": options(sorted(departments.items(), key=lambda one: one[1]), wanted.department),
        "states": options(states, wanted.state),
    }


def options(pairs: Any, chosen: str) -> list[Option]:
    return [Option(value=value, label=str(label), is_chosen=value == chosen) for value, label in pairs]


def sortable(request: HttpRequest, sort: str, label: str, key: str, phone: str = "label") -> Column:
    """Return a column by whose head the list is sorted, the other way round at the second press."""
    query = request.GET.copy()
    query.pop("page", None)
    query["sort"] = f"-{key}" if sort == key else key
    direction = {key: "ascending", f"-{key}": "descending"}.get(sort, "")
    return Column(label=label, phone=phone, sort=key, sorted=direction, sort_url=f"?{query.urlencode()}")


def _table(request: HttpRequest, rows: Any, wanted: Wanted) -> Table:
    def column(label: str, key: str, phone: str = "label") -> Column:
        return sortable(request, wanted.sort, label, key, phone)

    return Table(
        columns=[
            column(_("Process"), "name", "first"),
            replace(column(_("Number"), "code"), is_whole=True),
            column(_("Level"), "level", "hidden"),
            column(_("Domain"), "domain"),
            column(_("Department in charge"), "department"),
            Column(label=_("Process owner")),
            column(_("State"), "state", "key"),
            column(_("Effective date"), "effective", "hidden"),
            column(_("Next review"), "review", "hidden"),
        ],
        rows=[TableRow(cells=_cells(row)) for row in rows],
        caption=_("Process register"),
    )


def _cells(row: Entry) -> list[Cell]:
    process = row.process
    category = str(process.get_category_display())
    key_words = process.get_importance_display() if process.importance == Process.Importance.KEY else ""
    owners = (
        directory.display_names(directory.members(f"post:{process.owner_post}")) if process.owner_post else ""
    )
    units = directory.labels(get_language() or "zh-hans", "department")
    review = form_date(process.next_review_on) if process.next_review_on else "–"
    return [
        Cell(value=row.name, url=reverse("catalogue:process", args=[process.key]), note=str(key_words)),
        Cell(value=process.code or process.key),
        Cell(value=process.level),
        Cell(value=row.domain or category, note=category if row.domain else ""),
        Cell(value=units.get(row.department, row.department) or "–"),
        Cell(value=owners or _("nobody yet")),
        Cell(value=state_words(row), note=f"v{row.version.number}" if row.version else ""),
        Cell(value=form_date(row.effective_on) if row.effective_on else "–"),
        Cell(value=review, note=_("overdue") if row.is_review_due else ""),
    ]


def state_words(row: Entry) -> str:
    return str(dict(STATES)[row.state])
