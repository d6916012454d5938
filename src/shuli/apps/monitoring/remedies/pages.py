"""What the pages of actions show."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shuli.apps.cases.people import Names
from shuli.apps.directory import queries as directory
from shuli.apps.monitoring.alerting.words import indicator_name
from shuli.apps.monitoring.remedies import beginning, reckoning, rights, words
from shuli.apps.monitoring.remedies.models import Remedy
from shuli.kit.components.moments import form_date, moment
from shuli.kit.components.values import Action, Cell, Column, Figure, Pair, Table, TableRow
from shuli.kit.workbooks import Sheet, workbook_of

STATES = ("open", "overdue", "done", "to_verify", "effective", "ineffective")


def list_page(person: str, state: str) -> dict[str, Any]:
    """Return the actions that somebody may see, with how many stand where."""
    rows = [(one, reckoning.state_of(one)) for one in rights.visible(person).select_related("entry")]
    shown = [one for one, own in rows if state in {"", own}]
    excel = reverse("monitoring:remedies_xlsx")
    actions = [Action(label=_("Excel"), icon="download", url=excel)]
    if rights.may_record_any(person):
        new = reverse("monitoring:remedy_new")
        actions.insert(0, Action(label=_("Record an action"), icon="plus", is_primary=True, url=new))
    return {
        "title": _("Adjustment actions"),
        "actions": actions,
        "counters": [_counter(one, sum(own == one for _row, own in rows)) for one in STATES],
        "state": state,
        "table": remedies_table(shown) if shown else None,
        "count": len(shown),
    }


def _counter(state: reckoning.State | str, count: int) -> Figure:
    kind, label = words.STATES[state]  # type: ignore[index]
    return Figure(number=count, label=str(label), url=f"?state={state}", kind=kind if count else "")


def remedies_table(rows: Sequence[Remedy]) -> Table:
    names = Names([one.person for one in rows])
    return Table(
        columns=[
            Column(label=_("Number"), phone="first", is_whole=True),
            Column(label=_("Problem"), phone="wide"),
            Column(label=_("Kind of action")),
            Column(label=_("Responsible person")),
            Column(label=_("Due")),
            Column(label=pgettext("remedy", "Before"), is_number=True),
            Column(label=pgettext("remedy", "After"), is_number=True),
            Column(label=_("State"), phone="key"),
        ],
        rows=[_row(one, names) for one in rows],
        caption=_("Adjustment actions"),
    )


def _row(row: Remedy, names: Names) -> TableRow:
    return TableRow(
        cells=[
            Cell(value=row.number, url=reverse("monitoring:remedy", args=[row.pk])),
            Cell(value=row.problem, note=words.place_words(row)),
            row.get_kind_display(),
            names.short(row.person),
            form_date(row.due),
            words.value_words(row, row.before),
            words.value_words(row, row.after),
            str(words.STATES[reckoning.state_of(row)][1]),
        ]
    )


def remedy_page(person: str, row: Remedy) -> dict[str, Any]:
    """Return one action: its diagnosis, what is done, the figure before and after, and what somebody may do now."""
    names = Names([row.person, row.recorded_by, row.verified_by])
    state = reckoning.state_of(row)
    found = None if row.verified_at else reckoning.after(row, directory.today())
    now = row.after if row.verified_at else (found.value if found else None)
    return {
        "title": row.problem,
        "row": row,
        "state": words.STATES[state],
        "facts": [row.number, words.place_words(row)],
        "diagnosis": _diagnosis(row),
        "action": _action(row, names),
        "figures": _figures(row, now, found),
        "result": words.RESULTS[reckoning.result(row, now)] if row.done_at else "",
        "verified": _verified(row, names),
        "source_url": beginning.address_of(row),
        "further": remedies_table(list(row.followed_by.all())) if row.followed_by.exists() else None,
        "may_finish": row.done_at is None and person in {row.person, row.recorded_by},
        "may_verify": state == "to_verify" and rights.may_verify(person, row),
    }


def _pairs(short: list[tuple[str, Any]], wide: list[tuple[str, Any]]) -> list[Pair]:
    return [
        *(Pair(label=label, value=value) for label, value in short if value),
        *(Pair(label=label, value=value, is_wide=True) for label, value in wide if value),
    ]


def _diagnosis(row: Remedy) -> list[Pair]:
    short = [
        (_("Nature of the problem"), row.get_nature_display()),
        (pgettext("problem", "Severity"), row.get_severity_display()),
    ]
    entry = f"{row.entry.number}. {row.entry.said('problem')}" if row.entry else ""
    return _pairs(short, [(_("Diagnosis"), row.diagnosis), (_("It follows what is known"), entry)])


def _action(row: Remedy, names: Names) -> list[Pair]:
    short = [
        (_("Kind of action"), row.get_kind_display()),
        (_("Responsible person"), names.full(row.person)),
        (pgettext("remedy", "To be done by"), form_date(row.due)),
        (_("Done on"), form_date(row.done_on) if row.done_on else ""),
        (_("Recorded"), f"{names.short(row.recorded_by)} {moment(row.recorded_at)}"),
    ]
    return _pairs(
        short,
        [
            (pgettext("remedy", "What is to be done"), row.action),
            (pgettext("remedy", "What was done"), row.done),
        ],
    )


def _figures(row: Remedy, now: float | None, found: reckoning.After | None) -> list[Pair]:
    first, last = (found.first, found.last) if found else (row.after_first, row.after_last)
    days = (
        _("%(first)s to %(last)s") % {"first": form_date(first), "last": form_date(last)}
        if first and last
        else ""
    )
    short = [
        (_("Indicator"), indicator_name(row.indicator)),
        (_("Expected value"), words.expected_words(row)),
        (pgettext("remedy", "Before"), words.value_words(row, row.before)),
        (pgettext("remedy", "After"), words.value_words(row, now) if row.done_at else ""),
        (_("After: which days"), days),
        (_("To be verified on"), form_date(row.verify_on)),
    ]
    return _pairs(short, [])


def _verified(row: Remedy, names: Names) -> list[Pair]:
    if row.verified_at is None:
        return []
    by = f"{names.short(row.verified_by)} {moment(row.verified_at)}"
    return _pairs(
        [(_("Judgement"), row.get_judgement_display()), (_("Verified by"), by)],
        [(pgettext("remedy", "Why"), row.judgement_why)],
    )


def workbook(person: str) -> bytes:
    """Return the actions that somebody may see as an Excel file."""
    rows = list(rights.visible(person).select_related("entry"))
    names = Names([name for one in rows for name in (one.person, one.recorded_by, one.verified_by)])
    head = [
        _("Number"), _("Problem"), _("Where"), _("Nature of the problem"), pgettext("problem", "Severity"), _("Diagnosis"),
        _("Kind of action"), pgettext("remedy", "What is to be done"), _("Responsible person"), pgettext("remedy", "To be done by"), _("Done on"),
        pgettext("remedy", "What was done"), _("Indicator"), pgettext("remedy", "Before"), _("Expected value"), pgettext("remedy", "After"), _("To be verified on"),
        _("Judgement"), pgettext("remedy", "Why"), _("Verified by"), _("State"),
    ]  # fmt: skip
    return workbook_of(
        Sheet(title=_("Adjustment actions"), head=head, rows=[_line(one, names) for one in rows])
    )


def _line(row: Remedy, names: Names) -> list[str]:
    return [
        row.number, row.problem, words.place_words(row), row.get_nature_display(), row.get_severity_display(),
        row.diagnosis, row.get_kind_display(), row.action, names.full(row.person), row.due.isoformat(),
        row.done_on.isoformat() if row.done_on else "", row.done, indicator_name(row.indicator),
        words.value_words(row, row.before), words.expected_words(row), words.value_words(row, row.after),
        row.verify_on.isoformat(), row.get_judgement_display() if row.judgement else "", row.judgement_why,
        names.full(row.verified_by) if row.verified_by else "", str(words.STATES[reckoning.state_of(row)][1]),
    ]  # fmt: skip
