"""What the pages of bulk runs show: how far one is, and what became of each case."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Page
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shuli.apps.cases import bulk_queries, refusals, wording
from shuli.apps.cases.models import BulkItem, BulkRun, Case
from shuli.apps.cases.operations.bulk_verbs import VERBS
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.directory import queries as directory
from shuli.core.engine import Refused
from shuli.kit.components.moments import moment
from shuli.kit.components.values import Action, Cell, Column, Option, Table, TableRow


def verb_name(verb: str) -> str:
    return str(wording.BULK_VERBS.get(verb, verb))


def run_page(run: BulkRun, page: Page[BulkItem]) -> dict[str, Any]:
    """Return the page of one run."""
    found = bulk_queries.progress(run)
    return {
        "run": run,
        "title": verb_name(run.verb),
        "progress": found,
        "is_running": run.state == BulkRun.State.RUNNING,
        "state_word": str(run.get_state_display()),
        "reason": run.params.get("reason", ""),
        "page": page,
        "results": _results(page.object_list),
        "actions": _actions(run),
        "may_undo": may_undo(run),
    }


def _actions(run: BulkRun) -> list[Action]:
    if run.state == BulkRun.State.RUNNING:
        return [Action(label=_("Stop"), icon="player-pause", form="stop")]
    undo = (
        [Action(label=pgettext("migration", "Undo"), icon="arrow-back-up", form="undo")]
        if may_undo(run)
        else []
    )
    return [*undo, Action(label=_("All my bulk runs"), icon="list", url=reverse("cases:bulk_runs"))]


def may_undo(run: BulkRun) -> bool:
    """Say whether the run is a migration that moved cases and that nobody has undone."""
    has_moved = run.items.filter(state=BulkItem.State.DONE).exists()
    return (
        run.verb == "migrate"
        and run.state != BulkRun.State.RUNNING
        and has_moved
        and not run.undone_by.exists()
    )


def _results(items: Iterable[BulkItem]) -> Table:
    return Table(
        columns=[
            Column(label=_("Number"), phone="first"),
            Column(label=_("Title"), phone="wide"),
            Column(label=_("Result"), phone="key"),
            Column(label=_("Why"), phone="wide"),
        ],
        rows=[
            TableRow(
                cells=[
                    Cell(value=item.case.number, url=reverse("cases:case", args=[item.case.number])),
                    item.case.title,
                    str(item.get_state_display()),
                    why(item),
                ]
            )
            for item in items
        ],
        caption=_("Results"),
    )


def why(item: BulkItem) -> str:
    """Return why a case was left as it was."""
    if item.state == BulkItem.State.FAILED:
        return _("Something failed here; the administrator finds it in the log. The case is unchanged.")
    if item.state != BulkItem.State.REFUSED:
        return ""
    return refusals.sentence(Refused(code=item.code, params=item.params.get("refusal", {})))


def runs_table(runs: Iterable[BulkRun]) -> Table:
    """Return the bulk runs of a person."""
    return Table(
        columns=[
            Column(label=_("What"), phone="first"),
            Column(label=_("State"), phone="key"),
            Column(label=_("Cases"), is_number=True),
            Column(label=_("Begun")),
        ],
        rows=[
            TableRow(
                cells=[
                    Cell(value=verb_name(run.verb), url=reverse("cases:bulk_run", args=[run.pk])),
                    str(run.get_state_display()),
                    bulk_queries.progress(run).total,
                    moment(run.at),
                ]
            )
            for run in runs
        ],
        caption=_("Bulk runs"),
    )


def offered(person: str) -> list[Option]:
    """Return the verbs that a list of cases offers to this person for several at once."""
    if catalogue.owned_keys(person):
        verbs = ["urge", "transfer", "suspend", "resume", "retry", "terminate"]
    elif directory.departments_led(person):
        verbs = ["urge", "transfer"]
    else:
        verbs = ["urge"]
    return [Option(value=verb, label=verb_name(verb)) for verb in verbs if verb in VERBS]


def tick(case: Case) -> SafeString:
    """Return the box that chooses a case of a list; the form stands below the list."""
    label = _("Choose %(number)s") % {"number": case.number}
    return format_html(
        '<input class="form-check-input" type="checkbox" name="case" form="several" value="{}" aria-label="{}">',
        case.number,
        label,
    )
