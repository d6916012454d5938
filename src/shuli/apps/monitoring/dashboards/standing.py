"""What is open now: late and stuck cases, each open case along the days, and how far the period's cases came."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shuli.apps.cases import queries as case_queries
from shuli.apps.cases import rights
from shuli.apps.cases.pages.lists import case_rows
from shuli.apps.cases.queries import CaseFilter
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.monitoring.dashboards.asking import Asked, drill
from shuli.apps.monitoring.dashboards.lanes import Bar, lanes
from shuli.apps.monitoring.indicators import Sums
from shuli.kit import clock

SHOWN = 6  # cases of a list; the rest is behind a link
LINES = 14  # open cases along the days
TICKS = 4
DAY = timedelta(days=1)


def waiting_now(want: Asked) -> dict[str, Any]:
    """Return the open cases that are late, and those that stand still until somebody mends them."""
    late = case_queries.cases(want.person, CaseFilter(process=want.process, overdue=True, status="open"))
    stuck = rights.visible_cases(want.person).filter(incidents__gt=0, ended_at=None, **of_cases(want))
    everything = reverse("cases:cases") + "?" + urlencode({"overdue": "1", "process": want.process})
    return {
        "overdue": case_rows(late[:SHOWN]),
        "stuck": case_rows(stuck.order_by("-started_at")[:SHOWN]),
        "all_overdue": everything,
    }


def of_cases(want: Asked) -> dict[str, str]:
    return {"process_key": want.process} if want.process else {}


def open_cases(want: Asked) -> SafeString | None:
    """Return the open cases that are due first as bars from their start to now; None where there are none."""
    rows = rights.visible_cases(want.person).filter(ended_at=None, **of_cases(want))
    due = Min("visits__due_at", filter=Q(visits__closed_at=None))
    found = list(rows.annotate(due=due).order_by("due", "pk")[:LINES])
    if not found:
        return None
    now = clock.now()
    first = min(case.started_at for case in found)
    last = max([now, *(case.due for case in found if case.due and case.due - now < 30 * DAY)])
    whole = max((last - first).total_seconds(), 1)

    def place(at: datetime) -> float:
        return float(min(max((at - first).total_seconds() / whole, 0.0), 1.0))

    bars = [
        Bar(
            label=case.title or case.number,
            words=f"{case.number} {case.title}",
            url=reverse("cases:case", args=[case.number]),
            start=place(case.started_at),
            end=place(now),
            note=_days(now - case.started_at),
            is_late=case.due is not None and case.due < now,
            mark=None if case.due is None else place(case.due),
        )
        for case in found
    ]
    ticks = [
        (n / TICKS, f"{timezone.localtime(first + (last - first) * n / TICKS):%m-%d}")
        for n in range(TICKS + 1)
    ]
    return lanes(_("Open cases, due first"), bars, ticks)


def _days(span: timedelta) -> str:
    days = round(span / DAY)
    return ngettext("%(n)s day", "%(n)s days", 1 if days == 1 else 2) % {"n": days}


def funnel(want: Asked, version: int, steps: dict[str, Sums], names: dict[str, str]) -> SafeString | None:
    """Return how often each step was done for the first time of a case, in the order of the process."""
    order = {node: number for number, node in enumerate(catalogue.graph(version).nodes)}
    firsts = {node: int(sums["closed"] - sums["reworked"]) for node, sums in steps.items() if node in order}
    most = max(firsts.values(), default=0)
    bars = [
        Bar(
            label=names.get(node, node),
            words=_("%(step)s: %(n)s cases") % {"step": names.get(node, node), "n": count},
            url=drill(want, "handling_time", node=node),
            end=count / most,
            note=str(count),
        )
        for node, count in sorted(firsts.items(), key=lambda one: order[one[0]])
        if most
    ]
    return lanes(_("How far cases came"), bars) if bars else None
