"""What the pages of sources show."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shuli.apps.cases.people import Names
from shuli.apps.directory import queries as directory
from shuli.apps.monitoring.dashboards.asking import department_names, process_names
from shuli.apps.monitoring.sources import rights, words
from shuli.apps.monitoring.sources.cleaning import Cleaned, Row
from shuli.apps.monitoring.sources.forms import UploadForm
from shuli.apps.monitoring.sources.models import DataSource, ExtractionPlan, Import
from shuli.kit.components.moments import form_date, moment
from shuli.kit.components.values import Action, Cell, Column, Figure, Pair, Table, TableRow

SHOWN_WRONG, SHOWN_GOOD, SHOWN_IMPORTS = 200, 10, 50


def list_page(person: str) -> dict[str, Any]:
    """Return the register: every source with its contact, and the plans in the order in which they are due."""
    sources = list(DataSource.objects.all())
    plans = list(
        ExtractionPlan.objects.filter(is_active=True, source__is_active=True).select_related("source")
    )
    keeps = bool(directory.departments_led(person)) or rights.may_edit(person, "")
    new = Action(label=_("New source"), icon="plus", is_primary=True, url=reverse("monitoring:source_new"))
    return {
        "title": _("Sources of data"),
        "actions": [new] if keeps else [],
        "sources": _sources_table(sources) if sources else None,
        "count": len(sources),
        "plans": plans_table(plans, with_source=True) if plans else None,
        "due": sum(one.next_due <= directory.today() for one in plans),
    }


def _sources_table(sources: list[DataSource]) -> Table:
    names, departments = Names([one.contact for one in sources]), department_names()
    return Table(
        columns=[
            Column(label=_("Source"), phone="first"),
            Column(label=_("Department")),
            Column(label=_("Contact person"), phone="key"),
            Column(label=_("Last figures")),
        ],
        rows=[
            TableRow(
                cells=[
                    Cell(
                        value=one.name,
                        url=reverse("monitoring:source", args=[one.pk]),
                        note=str(one.get_kind_display()) if one.is_active else _("No longer in use"),
                    ),
                    departments.get(one.department, one.department),
                    names.full(one.contact),
                    _last(one),
                ]
            )
            for one in sources
        ],
        caption=_("Sources of data"),
    )


def _last(source: DataSource) -> str:
    last = source.imports.exclude(done_at=None).filter(undone_at=None).order_by("-done_at").first()
    return moment(last.done_at) if last else ""


def plans_table(plans: list[ExtractionPlan], *, with_source: bool = False, may_edit: bool = False) -> Table:
    names, today = Names([one.person for one in plans]), directory.today()
    return Table(
        columns=[
            Column(label=_("What is taken"), phone="first"),
            *([Column(label=_("Source"))] if with_source else []),
            Column(label=_("From where")),
            Column(label=_("Who takes it")),
            Column(label=_("How often")),
            Column(label=_("Next due"), phone="key"),
        ],
        rows=[_plan_row(one, names, is_due=one.next_due <= today, with_source=with_source, may_edit=may_edit)
              for one in plans],
        caption=_("Plan of extraction"),
    )  # fmt: skip


def _plan_row(
    plan: ExtractionPlan, names: Names, *, is_due: bool, with_source: bool, may_edit: bool
) -> TableRow:
    own = reverse("monitoring:plan", args=[plan.source_id, plan.pk]) if may_edit else ""
    return TableRow(
        cells=[
            Cell(value=plan.what, url=own),
            *([Cell(value=plan.source.name, url=reverse("monitoring:source", args=[plan.source_id]))] if with_source else []),
            plan.place,
            names.full(plan.person),
            plan.get_every_display(),
            Cell(value=form_date(plan.next_due), note=pgettext("extraction", "Due") if is_due else ""),
        ]
    )  # fmt: skip


def source_page(person: str, source: DataSource) -> dict[str, Any]:
    """Return one source: who gives the data, what is taken when, what was brought in."""
    names = Names([source.contact])
    plans = list(source.plans.filter(is_active=True).select_related("source"))
    imports = list(rights.imports_of(person).filter(source=source)[:SHOWN_IMPORTS])
    may_edit = rights.may_edit(person, source.department)
    edit = Action(
        label=pgettext("source", "Change"),
        icon="edit",
        url=reverse("monitoring:source_edit", args=[source.pk]),
    )
    plan = Action(label=_("New plan"), icon="plus", url=reverse("monitoring:plan_new", args=[source.pk]))
    pairs = [
        (_("Kind of system"), source.get_kind_display()),
        (_("Department"), department_names().get(source.department, source.department)),
        (_("Contact person"), names.full(source.contact)),
    ]
    return {
        "title": source.name,
        "source": source,
        "pairs": [
            *(Pair(label=label, value=value) for label, value in pairs),
            *(
                [Pair(label=pgettext("source", "Note"), value=source.note, is_wide=True)]
                if source.note
                else []
            ),
        ],
        "actions": [edit, plan] if may_edit else [],
        "plans": plans_table(plans, may_edit=may_edit) if plans else None,
        "imports": _imports_table(imports) if imports else None,
        "measures": [f"{one.name} ({one.unit})" if one.unit else one.name for one in source.measures.all()],
        "upload": UploadForm(plans=plans) if rights.may_import(person, source) else None,
    }


def _imports_table(rows: list[Import]) -> Table:
    names = Names([name for one in rows for name in (one.by, one.undone_by)])
    return Table(
        columns=[
            Column(label=_("File"), phone="first"),
            Column(label=_("What is measured")),
            Column(label=_("Rows"), is_number=True),
            Column(label=_("Brought in by")),
            Column(label=_("State"), phone="key"),
        ],
        rows=[
            TableRow(
                cells=[
                    Cell(value=one.file_name, url=reverse("monitoring:import", args=[one.pk])),
                    one.mapping.get("measure", ""),
                    one.counts.get("taken", ""),
                    f"{names.short(one.by)} {moment(one.uploaded_at)}",
                    words.state_words(one),
                ]
            )
            for one in rows
        ],
        caption=_("Files brought in"),
    )


# One file --------------------------------------------------------------------------------------------------


def import_page(person: str, row: Import, found: Cleaned | None) -> dict[str, Any]:
    """Return one file: what its rows become, what was cleaned, what is wrong where; or what became of it."""
    names = Names([row.by, row.undone_by])
    counts = found.counts if found else row.counts
    may_import = rights.may_import(person, row.source)
    return {
        "title": row.file_name,
        "row": row,
        "state": words.state_words(row),
        "facts": [f"{names.short(row.by)} {moment(row.uploaded_at)}", f"SHA-256 {row.sha256[:12]}"],
        "counters": _counters(counts),
        "wrong": _wrong_table(row, found.wrong[:SHOWN_WRONG]) if found and found.wrong else None,
        "wrong_count": len(found.wrong) if found else 0,
        "good": _good_table(found.taken[:SHOWN_GOOD]) if found and found.taken else None,
        "good_count": len(found.taken) if found else 0,
        "may_take": may_import and row.done_at is None,
        "may_undo": may_import and row.done_at is not None and row.undone_at is None,
        "is_clean": found is not None and not found.wrong and bool(found.taken),
        "values": _good_table([_as_row(one) for one in row.values.order_by("line")[:SHOWN_WRONG]])
        if row.done_at
        else None,
        "undone": f"{names.short(row.undone_by)} {moment(row.undone_at)}" if row.undone_at else "",
    }


def _as_row(value: Any) -> Row:
    return Row(line=value.line, day=value.day, process=value.process_key, node=value.node,
               department=value.department, value=value.value)  # fmt: skip


def _counters(counts: dict[str, int]) -> list[Figure]:
    labels = {
        "read": _("rows read"),
        "taken": _("taken"),
        "wrong": _("wrong"),
        "doubles": _("doubles left out"),
        "empty": _("without a value"),
        "changed": _("mended in writing"),
    }
    return [
        Figure(
            number=counts[name], label=label, url="#", kind="late" if name == "wrong" and counts[name] else ""
        )
        for name, label in labels.items()
        if name in counts
    ]


def _wrong_table(row: Import, rows: tuple[Row, ...]) -> Table:
    return Table(
        columns=[
            Column(label=_("Line"), is_number=True, phone="first"),
            Column(label=pgettext("import", "What is wrong"), phone="key"),
            Column(label=_("What stands there"), phone="wide"),
        ],
        rows=[
            TableRow(cells=[one.line, words.problem_words(one.problem), " | ".join(row.rows[one.line - 1])])
            for one in rows
        ],
        caption=_("Wrong rows"),
    )


def _good_table(rows: Any) -> Table:
    processes, departments = process_names(), department_names()
    return Table(
        columns=[
            Column(label=_("Line"), is_number=True, phone="first"),
            Column(label=_("Day")),
            Column(label=_("Process")),
            Column(label=_("Step")),
            Column(label=_("Department")),
            Column(label=_("Value"), is_number=True, phone="key"),
        ],
        rows=[
            TableRow(
                cells=[
                    one.line,
                    form_date(one.day),
                    processes.get(one.process, one.process),
                    words.node_name(one.process, one.node),
                    departments.get(one.department, one.department),
                    words.number_words(one.value),
                ]
            )
            for one in rows
        ],
        caption=_("Values"),
    )
