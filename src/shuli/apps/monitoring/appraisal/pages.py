"""What the pages of scorecards and accountability show."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from shuli.apps.cases import governing
from shuli.apps.cases.people import Names
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.directory import queries as directory
from shuli.apps.monitoring.appraisal import rights
from shuli.apps.monitoring.auditing.rights import visible_violations
from shuli.apps.monitoring.dashboards.asking import department_names, process_names
from shuli.apps.monitoring.models import Accountability, PassedWork, Scorecard
from shuli.apps.monitoring.periods import Kind, Period, before, period_of
from shuli.apps.monitoring.words import NOTHING, period_words
from shuli.kit.components.amounts import figure
from shuli.kit.components.moments import moment
from shuli.kit.components.values import Action, Cell, Column, Option, Pair, Table, TableRow
from shuli.kit.workbooks import Sheet, workbook_of

KEPT = 12  # periods that can be chosen
SHOWN = 50  # cases passed to and fro
KINDS = ("quarter", "month")


def asked(person: str, given: Mapping[str, str]) -> tuple[Period, list[Period], QuerySet[Scorecard]]:
    """Return the period that is asked for, those that can be, and the scorecards of it that the person may see."""
    kind: Kind = "month" if given.get("kind") == "month" else "quarter"
    seen = rights.visible_cards(person)
    firsts = seen.filter(kind=kind).order_by("-first").values_list("first", flat=True).distinct()[:KEPT]
    known = [period_of(kind, first) for first in firsts]
    wanted = given.get("first", "")
    period = next((one for one in known if one.first.isoformat() == wanted), None)
    period = period or (known[0] if known else before(period_of(kind, directory.today())))
    return period, known, seen.filter(kind=kind, first=period.first)


def appraisal_page(person: str, given: Mapping[str, str]) -> dict[str, Any]:
    period, known, cards = asked(person, given)
    words = {"quarter": _("Quarter"), "month": _("Month")}
    rows = list(cards)
    export = f"{reverse('monitoring:appraisal_xlsx')}?kind={period.kind}&first={period.first}"
    return {
        "period": period_words(period),
        "kinds": [Option(value=one, label=words[one], is_chosen=one == period.kind) for one in KINDS],
        "periods": [
            Option(value=one.first.isoformat(), label=period_words(one), is_chosen=one == period)
            for one in known
        ],
        "is_empty": not rows,
        "departments_table": cards_table(
            [row for row in rows if row.subject == "department"], _("Department")
        ),
        "posts_table": cards_table([row for row in rows if row.subject == "post"], _("Post")),
        "has_posts": any(row.subject == "post" for row in rows),
        "causes_table": causes_table(rows),
        "passed": passed_table(person, period),
        "actions": [
            Action(label=_("Excel"), icon="download", url=export),
            Action(label=_("Accountability"), icon="shield-check", url=reverse("monitoring:decisions")),
        ],
    }


def names_of(row: Scorecard, known: Mapping[str, str]) -> str:
    return known.get(row.code, row.code)


def _labels() -> dict[str, str]:
    language = get_language() or "zh-hans"
    return {**directory.labels(language, "post"), **directory.labels(language, "department")}


def _heads(first: str) -> list[str]:
    return [
        first,
        _("On time (≥95)"),
        _("Satisfaction (≥90)"),
        _("Violations (≤2)"),
        _("Collaboration (≥90)"),
        _("Targets met"),
        _("Score"),
    ]


def _figures(figures: Mapping[str, Any]) -> list[str]:
    shown = [_number(figures[name]) for name in ("on_time", "satisfaction", "violations", "collaboration")]
    return [*shown, f"{figures['met']} / {figures['of']}", _number(figures["score"])]


def _number(value: float | None) -> str:
    return NOTHING if value is None else figure(value, 1).removesuffix(".0")


def cards_table(rows: Iterable[Scorecard], first: str) -> Table:
    known = _labels()
    ordered = sorted(rows, key=lambda row: (-row.figures["score"], row.code))
    heads = _heads(first)
    return Table(
        columns=[
            Column(label=heads[0], phone="first"),
            *(Column(label=label, is_number=True) for label in heads[1:-1]),
            Column(label=heads[-1], is_number=True, phone="key"),
        ],
        rows=[
            TableRow(
                cells=[Cell(value=names_of(row, known), note=_handing(row.figures)), *_figures(row.figures)]
            )
            for row in ordered
        ],
        caption=_("Scorecards"),
    )


def _handing(figures: Mapping[str, Any]) -> str:
    """Return what the collaboration is made of."""
    parts = []
    if figures.get("response_hours") is not None:
        parts.append(
            _("others answered after %(n)s working hours") % {"n": _number(figures["response_hours"])}
        )
    if figures.get("returns_caused"):
        parts.append(_("%(n)s returned by others") % {"n": figures["returns_caused"]})
    if figures.get("partners") is not None:
        parts.append(_("partners rate %(n)s") % {"n": _number(figures["partners"])})
    return " · ".join(parts)


def causes_table(cards: Iterable[Scorecard]) -> Table:
    """Return the late steps behind the figures: causes in the process come before those of a department or post."""
    known, processes = _labels(), process_names()
    found = [(cause, row) for row in cards if row.subject == "department" for cause in row.causes]
    ordered = sorted(found, key=lambda one: (not one[0]["is_process"], -one[0]["late"], one[0]["node"]))
    return Table(
        columns=[
            Column(label=_("Step"), phone="first"),
            Column(label=_("Process"), phone="wide"),
            Column(label=_("Department")),
            Column(label=_("Late / due"), is_number=True, phone="key"),
            Column(label=_("Late for"), is_number=True),
            Column(label=pgettext("of lateness", "Cause")),
        ],
        rows=[
            TableRow(
                cells=[
                    _step(cause["process"], cause["node"]),
                    Cell(
                        value=processes.get(cause["process"], cause["process"]),
                        url=reverse("monitoring:process", args=[cause["process"]]),
                    ),
                    names_of(row, known),
                    f"{cause['late']} / {cause['due']}",
                    _("%(late)s of %(all)s people") % {"late": cause["people_late"], "all": cause["people"]},
                    _("The process") if cause["is_process"] else _("Not everybody is late here"),
                ]
            )
            for cause, row in ordered[:SHOWN]
        ],
        caption=_("Why steps were late"),
    )


def _step(process: str, node: str) -> str:
    found = catalogue.node_in_force(process, node)
    return found.name.in_language(get_language() or "zh") if found else node


def passed_table(person: str, period: Period) -> Table:
    """Return the work that departments passed to and fro in a period, in cases that the person may see."""
    rows = PassedWork.objects.filter(last_at__date__range=(period.first, period.last))
    known = list(rows.select_related("case")[: SHOWN * 4])
    seen = governing.may_see(person, [row.case_id for row in known])
    departments, processes = department_names(), process_names()
    return Table(
        columns=[
            Column(label=_("Case"), phone="first"),
            Column(label=_("Process"), phone="wide"),
            Column(label=_("Departments"), phone="wide"),
            Column(label=_("Times"), is_number=True, phone="key"),
            Column(label=_("Last")),
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
                    f"{departments.get(row.one, row.one)} ⇄ {departments.get(row.other, row.other)}",
                    row.hops,
                    moment(row.last_at),
                ]
            )
            for row in known
            if row.case_id in seen
        ][:SHOWN],
        caption=_("Work passed to and fro"),
    )


def workbook(person: str, given: Mapping[str, str]) -> tuple[str, bytes]:
    """Return the scorecards of a period as an Excel file for HR, and its name."""
    period, _known, cards = asked(person, given)
    known = _labels()
    sheets = []
    for subject, title in (("department", _("Departments")), ("post", _("Posts"))):
        head = [
            *_heads(title),
            _("Working hours until others are answered"),
            _("Returns caused"),
            _("Partners’ rating"),
        ]
        rows = [
            [names_of(row, known), *_figures(row.figures), *_more(row.figures)]
            for row in sorted(cards, key=lambda row: row.code)
            if row.subject == subject
        ]
        sheets.append(
            Sheet(title=title, head=[_("Period"), *head], rows=[[period_words(period), *row] for row in rows])
        )
    return f"appraisal-{period_words(period)}.xlsx".replace(" ", "-"), workbook_of(*sheets)


def _more(figures: Mapping[str, Any]) -> list[str]:
    return [_number(figures.get(name)) for name in ("response_hours", "returns_caused", "partners")]


# Accountability -------------------------------------------------------------------------------------------


def decisions_table(rows: Iterable[Accountability]) -> Table:
    rows = list(rows)
    names = Names(row.person for row in rows)
    departments = department_names()
    return Table(
        columns=[
            Column(label=_("Person"), phone="first"),
            Column(label=_("Department")),
            Column(label=pgettext("accountability", "What was found"), phone="wide"),
            Column(label=pgettext("accountability", "Measure"), phone="key"),
            Column(label=pgettext("accountability", "Decided")),
            Column(label=_("State")),
        ],
        rows=[
            TableRow(
                cells=[
                    Cell(
                        value=names.short(row.person), url=reverse("monitoring:accountability", args=[row.pk])
                    ),
                    departments.get(row.department, row.department),
                    row.finding,
                    str(row.get_measure_display()),
                    moment(row.decided_at),
                    state_words(row),
                ]
            )
            for row in rows
        ],
        caption=_("Accountability"),
    )


def state_words(row: Accountability) -> str:
    if row.answered_at:
        return str(row.get_outcome_display())
    return _("Appealed") if row.appealed_at else pgettext("accountability", "Decided already")


def decision_page(person: str, row: Accountability) -> dict[str, Any]:
    names = Names([row.person, row.decided_by, row.answered_by])
    violation = row.violation
    # HR reads the decision; of the case itself only what who has to do with it may read.
    seen = visible_violations(person).filter(pk=violation.pk).exists()
    words = violation.text if seen else str(violation.get_kind_display())
    pairs = [
        Pair(label=_("Person"), value=names.full(row.person)),
        Pair(label=pgettext("accountability", "Measure"), value=str(row.get_measure_display())),
        Pair(
            label=pgettext("accountability", "Decided"),
            value=f"{names.short(row.decided_by)} {moment(row.decided_at)}",
        ),
        Pair(label=_("What was violated"), value=words, is_wide=True),
        Pair(label=pgettext("accountability", "What was found"), value=row.finding, is_wide=True),
    ]
    if row.detail:
        pairs.append(Pair(label=_("Details"), value=row.detail, is_wide=True))
    return {
        "title": names.short(row.person),
        "row": row,
        "state": state_words(row),
        "pairs": pairs,
        "answered_by": names.short(row.answered_by),
        "may_appeal": row.person == person and not row.appealed_at,
        "may_answer": bool(row.appealed_at) and not row.answered_at and rights.may_answer(person, row),
        "outcomes": Accountability.Outcome.choices,
    }
