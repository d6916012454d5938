"""What the pages of reports, outliers and complaints show."""

from datetime import date, datetime, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shuli.apps.cases import reviewing
from shuli.apps.cases.people import Names
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.catalogue.register.rights import may_keep
from shuli.apps.monitoring.alerting.words import department_name, indicator_name, process_name, words_of_share
from shuli.apps.monitoring.periods import KINDS, before, period_of
from shuli.apps.monitoring.reporting import making, papers, pareto_chart, reading, words
from shuli.apps.monitoring.reporting.models import OutlierMark, Report, ReportPlan
from shuli.core.figures import Share
from shuli.kit import clock
from shuli.kit.components.moments import form_date, moment
from shuli.kit.components.values import Action, Cell, Column, Option, Table, TableRow

PAGE = 30


def reports_page(request: HttpRequest) -> dict[str, Any]:
    person = request.user.get_username()
    page = Paginator(reading.reports_for(person), PAGE).get_page(request.GET.get("page"))
    places = [*([("", _("The whole company"))] if may_keep(person) else [])]
    places += [(key, process_name(key)) for key in dict.fromkeys(catalogue.overseen_keys(person))]
    return {
        "page": page,
        "items": [
            {"title": words.title(row), "url": reverse("monitoring:report", args=[row.pk]), "at": moment(row.made_at),
             "count": len(row.content["findings"])}
            for row in page.object_list
        ],
        "plans": [_plan(plan, person) for plan in reading.plans_for(person)],
        "places": [Option(value=key, label=str(name)) for key, name in places],
        "periods": [Option(value=kind, label=str(words.KINDS[kind])) for kind in KINDS],
    }  # fmt: skip


def _plan(plan: ReportPlan, person: str) -> dict[str, Any]:
    names = Names(making.readers(plan))
    return {
        "row": plan,
        "name": f"{words.KINDS[plan.period]} · {process_name(plan.process_key) if plan.process_key else _('The whole company')}",
        "readers": [names.short(one) for one in making.readers(plan)],
        "is_mine": person in plan.subscribers,
    }


def report_page(row: Report) -> dict[str, Any]:
    said, period = papers.content(row), period_of(row.plan.period, row.first)  # type: ignore[arg-type]
    process = row.plan.process_key
    return {
        "title": words.title(row),
        "row": row,
        "facts": [f"{form_date(row.first)} – {form_date(row.last)}", moment(row.made_at)],
        "actions": [
            Action(
                label="PDF",
                icon="file-type-pdf",
                url=reverse("monitoring:report_file", args=[row.pk, "pdf"]),
            ),
            Action(
                label="Word",
                icon="file-type-doc",
                url=reverse("monitoring:report_file", args=[row.pk, "docx"]),
            ),
        ],
        "sections": [
            {
                "title": title,
                "items": [
                    {"text": words.sentence(one, process), "url": words.address(one, process, period)}
                    for one in said.findings
                    if one.section == section
                ],
            }
            for section, title in words.SECTIONS.items()
        ],
        "figures": _figures(said),
        "causes": _causes(said.causes),
        "chart": _chart(said.causes),
        "suggestions": _suggestions(said),
        "review": reverse("monitoring:complaints") if said.causes else "",
    }


def _figures(said: Any) -> Table:
    return Table(
        columns=[
            Column(label=_("Indicator"), phone="first"),
            Column(label=_("Value"), is_number=True, phone="key"),
            Column(label=_("Last period"), is_number=True),
        ],
        rows=[
            TableRow(
                cells=[
                    indicator_name(one.figure),
                    words.value_words(one.figure, one.value),
                    words.value_words(one.figure, one.former),
                ]
            )
            for one in said.rows
        ],
    )


def _suggestions(said: Any) -> Table | None:
    columns = [
        Column(label=_("What to improve"), phone="first"),
        Column(label=_("Department in charge")),
        Column(label=_("Until"), phone="key"),
        Column(label=_("Case")),
    ]
    rows = [
        TableRow(
            cells=[
                one.text,
                department_name(one.department),
                one.due,
                Cell(value=one.case, url=reverse("cases:case", args=[one.case])),
            ]
        )
        for one in said.suggestions
    ]
    return Table(columns=columns, rows=rows) if rows else None


# Complaints by weight -----------------------------------------------------------------------------------


def _chart(causes: list[Share]) -> str:
    names = words.cause_names()
    told = [names.get(one.key, one.key) for one in causes]
    return pareto_chart.drawn(causes, told, _("Causes of complaints by weight")) if causes else ""


def _causes(causes: list[Share]) -> Table | None:
    names = words.cause_names()
    heads = (_("Cases"), _("Share"), _("Together"))
    rows = [
        TableRow(
            cells=[
                Cell(value=names.get(one.key, one.key), note=_("Vital few") if one.is_vital else ""),
                one.count,
                words_of_share(round(one.share, 3)),
                words_of_share(round(one.cumulative, 3)),
            ]
        )
        for one in causes
    ]
    columns = [
        Column(label=_("Cause"), phone="first"),
        *(Column(label=head, is_number=True) for head in heads),
    ]
    return Table(columns=columns, rows=rows) if rows else None


def complaints_page(asked: str) -> dict[str, Any]:
    """Return a month's complaints by causes and by what they concerned, from their records."""
    today = timezone.localtime(clock.now()).date()
    month = _month(asked) or before(period_of("month", today)).first
    after = period_of("month", month).last + timedelta(days=1)
    moment_of_review = timezone.make_aware(datetime.combine(after, datetime.min.time()))
    told = reviewing.complaint_review({"scheduled_at": moment_of_review.isoformat()})
    causes = making.causes(period_of("month", month))
    reviews = f"{reverse('cases:cases')}?process=P-REVIEW&q={month:%Y-%m}"
    return {
        "title": _("Complaints of %(month)s by weight") % {"month": f"{month:%Y-%m}"},
        "told": told,
        "causes": _causes(causes),
        "chart": _chart(causes),
        "objects": _objects(told["object_pareto"]),
        "former": f"{before(period_of('month', month)).first:%Y-%m}",
        "next": f"{after:%Y-%m}" if after <= today.replace(day=1) else "",
        "actions": [Action(label=_("The review of the month"), icon="list-check", url=reviews)],
    }


def _month(asked: str) -> date | None:
    try:
        return date.fromisoformat(f"{asked}-01")
    except ValueError:
        return None


def _objects(rows: list[dict[str, Any]]) -> Table | None:
    columns = [
        Column(label=_("What it concerned"), phone="first"),
        Column(label=_("Cases"), is_number=True),
        Column(label=_("Share of its kind of problem"), is_number=True),
    ]
    cells = [
        TableRow(cells=[one["object"], one["cases"], words_of_share(one["share"] / 100)]) for one in rows
    ]
    return Table(columns=columns, rows=cells) if cells else None


# Outliers -------------------------------------------------------------------------------------------------


def outliers_page(person: str) -> dict[str, Any]:
    keys = list(dict.fromkeys(catalogue.overseen_keys(person)))
    marks = {
        (one.indicator, one.process_key, one.first): one
        for one in OutlierMark.objects.filter(process_key__in=keys, period="week")
    }
    names = Names(one.by for one in marks.values())
    found = sorted(reading.outliers_of(keys), key=lambda one: (one.period.first, one.process), reverse=True)
    return {
        "items": [
            _outlier(one, marks.get((one.indicator, one.process, one.period.first)), names) for one in found
        ]
    }


def _outlier(one: reading.Found, mark: OutlierMark | None, names: Names) -> dict[str, Any]:
    return {
        "found": one,
        "name": indicator_name(one.indicator),
        "process": process_name(one.process),
        "week": f"{form_date(one.period.first)} – {form_date(one.period.last)}",
        "value": words.value_words(one.indicator, one.value),
        "usual": words.value_words(one.indicator, one.median),
        "url": f"{reverse('monitoring:cases')}?figure={one.indicator}&period=week&process={one.process}&day={one.period.first}",
        "mark": mark,
        "who": names.short(mark.by) if mark else "",
    }
