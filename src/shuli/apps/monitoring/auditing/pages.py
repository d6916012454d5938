"""What the pages of audits and violations show."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from shuli.apps.cases import governing, presentation
from shuli.apps.cases import queries as cases
from shuli.apps.cases.people import Names
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.documents import queries as documents
from shuli.apps.monitoring.appraisal.rights import may_decide
from shuli.apps.monitoring.auditing import register, rights
from shuli.apps.monitoring.auditing.sampling import CHECKS, FIELDS
from shuli.apps.monitoring.dashboards.asking import department_names, process_names
from shuli.apps.monitoring.measuring import Where
from shuli.apps.monitoring.models import AuditSample, Rectification, SampledCase, Violation
from shuli.apps.monitoring.places import action_url
from shuli.kit.components.moments import moment
from shuli.kit.components.values import Action, Cell, Column, Figure, Option, Pair, Table, TableRow

PAGE = 30  # cases of a sample that are shown together
ANSWERS = {
    "ok": pgettext_lazy("a check", "Conforms"),
    "bad": pgettext_lazy("a check", "Does not conform"),
    "na": pgettext_lazy("a check", "Does not apply"),
}


def check_names() -> dict[str, str]:
    return {
        "on_time": _("On time"),
        "documents": _("Documents"),
        "signatures": _("Signatures"),
        "order": pgettext("of steps", "Order"),
        "authority": _("Authority"),
    }


# The month's sample ---------------------------------------------------------------------------------------


def audits_page(person: str, wanted: str, number: str = "") -> dict[str, Any]:
    """Return a sample, the newest unless another one is asked for, with its cases, those to audit first."""
    samples = list(rights.visible_samples(person)[:24])
    sample = next((one for one in samples if str(one.pk) == wanted), samples[0] if samples else None)
    if sample is None:
        return {"sample": None}
    found = rights.visible_sampled(person).filter(sample=sample)
    to_audit_first = (F("audited_at").asc(nulls_first=True), "process_key", "case__number")
    page = Paginator(found.select_related("case").order_by(*to_audit_first), PAGE).get_page(number)
    return {
        "sample": sample,
        "samples": [Option(value=str(one.pk), label=_name(one), is_chosen=one == sample) for one in samples],
        "figures": _figures(sample, found),
        "facts": [
            _("Seed %(seed)s") % {"seed": sample.seed},
            _("Drawn %(at)s") % {"at": moment(sample.drawn_at)},
        ],
        "audit": sample.case,
        "page": page,
        "table": _sampled_table(person, sample, list(page.object_list)),
    }


def _name(sample: AuditSample) -> str:
    month = f"{sample.month:%Y-%m}"
    return month if sample.draw == 1 else _("%(month)s, draw %(n)s") % {"month": month, "n": sample.draw}


def _figures(sample: AuditSample, rows: QuerySet[SampledCase]) -> list[Figure]:
    drawn, done = rows.count(), rows.exclude(audited_at=None).count()
    found = Violation.objects.filter(sampled__in=rows, void_at=None).count()
    here = f"?sample={sample.pk}"
    return [
        Figure(number=sample.population, label=_("closed that month"), url=here),
        Figure(number=drawn, label=_("sampled"), url=here),
        Figure(number=done, label=_("audited"), url=here, kind="ok" if done == drawn else ""),
        Figure(number=drawn - done, label=_("to audit"), url=here, kind="risk" if drawn > done else ""),
        Figure(number=found, label=_("violations"), url=reverse("monitoring:violations"), kind="late"),
    ]


def _sampled_table(person: str, sample: AuditSample, rows: Sequence[SampledCase]) -> Table:
    tasks = governing.tasks_about(sample.case_id, person, "audited") if sample.case_id else {}
    processes, departments = process_names(), department_names()
    names = Names(row.audited_by for row in rows)
    return Table(
        columns=[
            Column(label=_("Case"), phone="first"),
            Column(label=_("Process"), phone="wide"),
            Column(label=_("Department")),
            *(Column(label=label) for label in check_names().values()),
            Column(label=_("Audit"), phone="key"),
        ],
        rows=[
            TableRow(
                cells=[
                    Cell(
                        value=row.case.number,
                        url=reverse("cases:case", args=[row.case.number]),
                        note=row.case.title,
                    ),
                    processes.get(row.process_key, row.process_key),
                    departments.get(row.department, row.department),
                    *(_check_cell(row, check) for check in CHECKS),
                    _audit_cell(row, tasks.get(row.case.number), names),
                ]
            )
            for row in rows
        ],
        caption=_("Sampled cases"),
    )


def _check_cell(row: SampledCase, check: str) -> Cell:
    """Return what the auditor said, or what the records say as long as nobody said anything."""
    said, proposed = row.answers.get(check), row.proposed.get(FIELDS[check], "")
    value = str(ANSWERS.get(said or proposed, "–"))
    if not said:
        return Cell(value=value, note=_("by the records") if proposed else "")
    return Cell(value=value, note=_("records say otherwise") if proposed and said != proposed else "")


def _audit_cell(row: SampledCase, task: int | None, names: Names) -> Cell:
    if row.audited_at:
        return Cell(value=_("Audited"), note=f"{names.short(row.audited_by)} {moment(row.audited_at)}")
    if task:
        return Cell(value=_("Audit it"), url=reverse("cases:task", args=[task]))
    return Cell(value=_("To audit"))


# The register ---------------------------------------------------------------------------------------------


def violations_page(
    person: str, rows: QuerySet[Violation], orders: QuerySet[Rectification]
) -> dict[str, Any]:
    late = [
        order
        for order in orders.filter(done_at=None, cancelled_at=None)
        if register.state_of(order) == "overdue"
    ]
    waiting = [order for order in orders.filter(verified_at=None, cancelled_at=None) if order not in late]
    return {
        "departments_table": _standings(register.by_department(rows, orders)),
        "late": len(late),
        "late_table": orders_table(person, late),
        "waiting": len(waiting),
        "waiting_table": orders_table(person, waiting),
    }


def _standings(rows: Sequence[register.Standing]) -> Table:
    names = department_names()
    return Table(
        columns=[
            Column(label=_("Department"), phone="first"),
            Column(label=_("Violations"), is_number=True, phone="key"),
            Column(label=_("Open orders"), is_number=True),
            Column(label=_("Overdue"), is_number=True),
            Column(label=_("Result")),
        ],
        rows=[
            TableRow(
                cells=[
                    Cell(
                        value=names.get(row.department, row.department), url=f"?department={row.department}"
                    ),
                    f"{row.violations} / {register.MOST}",
                    row.open,
                    row.overdue,
                    _("Too many this quarter") if row.is_over else _("On target"),
                ]
            )
            for row in rows
        ],
        caption=_("Violations and orders by department"),
    )


def orders_table(person: str, orders: Sequence[Rectification]) -> Table:
    names, departments = Names(order.person for order in orders), department_names()
    return Table(
        columns=[
            Column(label=_("Number"), phone="first"),
            Column(label=_("Department"), phone="key"),
            Column(label=_("What is to be put right"), phone="wide"),
            Column(label=_("Responsible")),
            Column(label=_("Due")),
            Column(label=_("State")),
        ],
        rows=[_order_row(person, order, names, departments) for order in orders],
        caption=_("Orders to rectify"),
    )


def _order_row(person: str, order: Rectification, names: Names, departments: dict[str, str]) -> TableRow:
    task = governing.task_at(order.case_id, order.visit, person) if not order.done_at else None
    page = reverse("cases:task", args=[task]) if task else reverse("monitoring:order", args=[order.pk])
    return TableRow(
        cells=[
            Cell(value=order.number, url=page),
            departments.get(order.department, order.department),
            order.demand,
            names.short(order.person),
            moment(order.due_at) if order.due_at else "",
            order_words(order),
        ]
    )


def order_words(order: Rectification) -> str:
    words = {
        "cancelled": pgettext("an order", "Cancelled"),
        "verified": pgettext("an order", "Verified"),
        "done": pgettext("an order", "To be verified"),
        "overdue": pgettext("an order", "Overdue"),
        "open": pgettext("an order", "Open"),
    }
    return words[register.state_of(order)]


def violations_table(rows: Iterable[Violation]) -> Table:
    rows = list(rows)
    processes, departments = process_names(), department_names()
    return Table(
        columns=[
            Column(label=pgettext("violation", "Kind"), phone="first"),
            Column(label=_("What was violated"), phone="wide"),
            Column(label=_("Case"), phone="key"),
            Column(label=_("Process")),
            Column(label=_("Department")),
            Column(label=_("Recorded")),
        ],
        rows=[
            TableRow(
                cells=[
                    Cell(
                        value=row.get_kind_display(),
                        url=reverse("monitoring:violation", args=[row.pk]),
                        note=_("Taken back") if row.void_at else str(row.get_severity_display()),
                    ),
                    row.text,
                    row.case.number,
                    processes.get(row.process_key, row.process_key),
                    departments.get(row.department, row.department),
                    moment(row.at),
                ]
            )
            for row in rows
        ],
        caption=_("Register of violations"),
    )


# One violation, one order ---------------------------------------------------------------------------------


def violation_page(person: str, row: Violation) -> dict[str, Any]:
    names = Names([row.person, row.recorded_by, row.void_by])
    order = row.rectification
    return {
        "title": row.get_kind_display(),
        "row": row,
        "facts": [str(row.get_severity_display()), moment(row.at), names.full(row.recorded_by)],
        "pairs": _violation_pairs(person, row, names),
        "files": [
            (file.file_name, reverse("documents:preview", args=[file.pk]))
            for file in documents.attachments("violation", row.pk)
        ],
        "order": order,
        "order_state": order_words(order) if order else "",
        "void_by": names.short(row.void_by),
        "may_void": rights.may_void(person, row),
        "action_url": action_url(
            person, "violation", row.pk, Where(process=row.process_key, department=row.department)
        ),
        "may_decide": may_decide(person, row),
        "case_url": reverse("cases:case", args=[row.case.number])
        if cases.case_for(person, row.case.number)
        else "",
    }


def _violation_pairs(person: str, row: Violation, names: Names) -> list[Pair]:
    pairs = [
        (_("Process"), process_names().get(row.process_key, row.process_key)),
        (_("Step"), _step(row)),
        (_("Department"), department_names().get(row.department, row.department)),
        (
            _("About whom"),
            names.full(row.person) if row.person and rights.may_see_person(person, row) else "",
        ),
    ]
    wide = [(_("What was violated"), row.text), (_("Evidence"), row.evidence)]
    return [
        *(Pair(label=label, value=value) for label, value in pairs if value),
        *(Pair(label=label, value=value, is_wide=True) for label, value in wide if value),
    ]


def _step(row: Violation) -> str:
    return presentation.node_name(catalogue.graph(row.version_id), row.node) if row.node else ""


def order_page(person: str, order: Rectification) -> dict[str, Any]:
    """Return an order as 《整改通知单》 reads (T16)."""
    names = Names([order.ordered_by, order.person, order.verified_by])
    violations = rights.visible_violations(person).filter(rectification=order).select_related("case")
    task = governing.task_at(order.case_id, order.visit, person)
    pairs = [
        (_("Department"), department_names().get(order.department, order.department)),
        (_("Responsible"), names.full(order.person) if order.person else ""),
        (_("Supervisor"), names.full(order.ordered_by) if order.ordered_by else ""),
        (_("Due"), moment(order.due_at) if order.due_at else ""),
        (_("Done on"), order.done_on.isoformat() if order.done_on else ""),
        (pgettext("an order", "Verified"), _verified(order, names)),
    ]
    wide = [
        (_("What is to be put right"), order.demand),
        (pgettext("of a violation", "Cause"), order.cause),
        (_("What was done"), order.done),
        (_("Remark of the verification"), order.verification_note),
    ]
    rounds = ngettext("%(n)s round", "%(n)s rounds", order.rounds) % {"n": order.rounds}
    return {
        "title": order.number,
        "state": order_words(order),
        "facts": [rounds] if order.rounds > 1 else [],
        "pairs": [
            *(Pair(label=label, value=value) for label, value in pairs if value),
            *(Pair(label=label, value=value, is_wide=True) for label, value in wide if value),
        ],
        "violations": violations_table(violations) if violations else None,
        "actions": _order_actions(person, order, task),
    }


def _verified(order: Rectification, names: Names) -> str:
    return f"{names.short(order.verified_by)} {moment(order.verified_at)}" if order.verified_at else ""


def _order_actions(person: str, order: Rectification, task: int | None) -> list[Action]:
    actions = []
    if task:
        url = reverse("cases:task", args=[task])
        actions.append(Action(label=_("Rectify"), icon="arrow-right", is_primary=True, url=url))
    if cases.case_for(person, order.case.number):
        url = reverse("cases:case", args=[order.case.number])
        actions.append(Action(label=_("Open the audit"), icon="folders", url=url))
    return actions
