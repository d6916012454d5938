"""The page on which a process owner sees what a version brought."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from shuli.apps.catalogue import queries as catalogue
from shuli.apps.monitoring import words
from shuli.apps.monitoring.dashboards.asking import process_names
from shuli.apps.monitoring.results.comparing import Row, compared
from shuli.apps.monitoring.results.reading import Side, sides
from shuli.core.figures import Comparison
from shuli.core.figures.comparison import LEAST
from shuli.kit.components import amounts
from shuli.kit.components.values import Cell, Column, Table, TableRow

SMALLEST = 0.001  # of a probability that is told as a number
SHOWN = 8  # versions of a list, the newest


def result_page(key: str, number: str) -> dict[str, Any]:
    """Return what the page of one version shows."""
    both = sides(key, number)
    rows = compared(both) if both else []
    return {
        "title": _("What version %(number)s brought") % {"number": number},
        "key": key,
        "process": process_names().get(key, key),
        "verdict": _verdict(rows),
        "table": _table(both.before, both.after, rows) if both else None,
        "days": _days(both.after) if both else "",
        "least": LEAST,
    }


def versions_table(key: str) -> Table | None:
    """Return the versions of a process with the way to what each brought; None where there is only one."""
    known = [catalogue.version(pk) for pk, _number in catalogue.version_numbers(key)]
    known = [version for version in known if version.effective_at is not None]
    if len(known) < 2:
        return None
    rows = [
        TableRow(
            cells=[
                Cell(value=f"v{one.number}", url=reverse("monitoring:result", args=[key, one.number])),
                _day(one.effective_at),
                one.summary or "–",
                one.get_status_display(),
            ]
        )
        for one in known[:-1][:SHOWN]
    ]
    columns = [
        Column(label=_("Version"), phone="first"),
        Column(label=_("In force since"), is_whole=True),
        Column(label=_("What changed"), phone="wide"),
        Column(label=_("State")),
    ]
    return Table(columns=columns, rows=rows)


def _day(moment: Any) -> str:
    return timezone.localtime(moment).date().isoformat()


def _days(side: Side) -> str:
    length = max(1, round((side.until - side.first).total_seconds() / 86_400))
    return ngettext("%(n)s day", "%(n)s days", length) % {"n": length}


def _verdict(rows: Sequence[Row]) -> str:
    """Return in one sentence what is clearly better and what is clearly worse."""
    if not rows:
        return ""
    if all(row.finding == "few" for row in rows):
        return _(
            "Too few cases were completed to say anything; at least %(n)s are needed on either side."
        ) % {"n": LEAST}
    better, worse = (_names(rows, finding) for finding in ("better", "worse"))
    if not better and not worse:
        return _("No difference that is clearly more than chance.")
    told = []
    if better:
        told.append(_("Clearly better: %(names)s.") % {"names": better})
    if worse:
        told.append(_("Clearly worse: %(names)s.") % {"names": worse})
    return " ".join(told)


def _names(rows: Sequence[Row], finding: Comparison) -> str:
    return _(", ").join(str(row.measure.name) for row in rows if row.finding == finding)


def _table(before: Side, after: Side, rows: Sequence[Row]) -> Table:
    columns = [
        Column(label=_("Indicator"), phone="first"),
        Column(label=_side_words(before), is_number=True),
        Column(label=_side_words(after), is_number=True),
        Column(label=_("Change"), is_number=True),
        Column(label=pgettext("result", "Finding")),
    ]
    return Table(columns=columns, rows=[_row(row) for row in rows])


def _side_words(side: Side) -> str:
    count = len(side.runs)
    cases = ngettext("%(n)s case", "%(n)s cases", count) % {"n": count}
    return _("v%(number)s, %(cases)s") % {"number": side.number, "cases": cases}


def _row(row: Row) -> TableRow:
    indicator = row.measure.indicator
    return TableRow(
        cells=[
            str(row.measure.name),
            words.value_words(indicator, row.before),
            words.value_words(indicator, row.after),
            _change(row),
            Cell(value=_finding_words(row.finding), note=_chance_words(row.chance)),
        ]
    )


def _change(row: Row) -> str:
    if row.before is None or row.after is None:
        return words.NOTHING
    change = row.after - row.before
    if row.measure.indicator.unit == "share":
        return amounts.points(float(change))
    if not row.before:
        return f"{'−' if change < 0 else '+'}{words.value_words(row.measure.indicator, abs(change))}"
    return f"{'−' if change < 0 else '+'}{amounts.percent(abs(float(change / row.before)))}"


def _finding_words(finding: Comparison) -> str:
    told: dict[Comparison, str] = {
        "better": _("Clearly better"),
        "worse": _("Clearly worse"),
        "alike": _("No clear difference"),
        "few": _("Too few cases"),
    }
    return told[finding]


def _chance_words(chance: float | None) -> str:
    if chance is None:
        return ""
    return f"p < {SMALLEST}" if chance < SMALLEST else f"p = {chance:.3f}"
