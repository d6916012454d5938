"""What is open now: late and stuck cases, each open case along the days, and how far the period's cases came."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shuli.apps.cases import open_cases
from shuli.apps.cases.pages.lists import case_rows
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
    late = open_cases.late(want.person, want.process)
    stuck = open_cases.stopped(want.person, want.process)
    everything = reverse("cases:cases") + "?" + urlencode({"overdue": "1", "process": want.process})
    return {
        "overdue": case_rows(late[:SHOWN]),
        "stuck": case_rows(stuck[:SHOWN]),
        "all_overdue": everything,
    }


def along_the_days(want: Asked) -> SafeString | None:
    """Return the open cases that are due first as bars from their start to now; None where there are none."""
    found = open_cases.due_first(want.person, want.process, LINES)
    if not found:
        return None
    now = clock.now()
    first = min(one.case.started_at for one in found)
    last = max([now, *(one.due for one in found if one.due and one.due - now < 30 * DAY)])
    whole = max((last - first).total_seconds(), 1)

    def place(at: datetime) -> float:
        return float(min(max((at - first).total_seconds() / whole, 0.0), 1.0))

    bars = [
        Bar(
            label=one.case.title or one.case.number,
            words=f"{one.case.number} {one.case.title}",
            url=reverse("cases:case", args=[one.case.number]),
            start=place(one.case.started_at),
            end=place(now),
            note=_days(now - one.case.started_at),
            is_late=one.due is not None and one.due < now,
            mark=None if one.due is None else place(one.due),
        )
        for one in found
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
