"""One person's own figures: what they did, how much of it on time, what lies before them."""

from fractions import Fraction
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from shuli.apps.cases import person_figures
from shuli.apps.directory import queries as directory
from shuli.apps.monitoring import beside, words
from shuli.apps.monitoring.charts import Chart, Point, drawn
from shuli.apps.monitoring.dashboards.asking import Asked, asked
from shuli.apps.monitoring.dashboards.figures import COUNTS, period_choices
from shuli.apps.monitoring.indicators import BY_KEY, verdict
from shuli.apps.monitoring.periods import Period, before, last_periods
from shuli.kit import clock
from shuli.kit.components import amounts

SHARE = BY_KEY["on_time_rate"]


def mine_page(request: HttpRequest) -> dict[str, Any]:
    """Return the figures of whoever asks, or of somebody whom they lead; nobody else's are there."""
    want = asked(request)
    person = request.GET.get("person", "") or want.person
    card = directory.person(person)
    if card is None or not person_figures.may_see(want.person, person):
        raise Http404
    return {
        "stamp": want.stamp,
        "who": card.display_name(),
        "is_own": person == want.person,
        "person": person,
        "period": words.period_words(want.period),
        "periods": period_choices(want),
        "tiles": _tiles(want, person),
        "chart": drawn(_trend(want, person)),
        "tasks_url": reverse("cases:my_work") if person == want.person else "",
    }


def _done(person: str, period: Period) -> person_figures.Done:
    first, after = beside.moments(period)
    return person_figures.done(person, first, after)


def _rate(found: person_figures.Done) -> Fraction | None:
    return Fraction(found.on_time, found.due) if found.due else None


def _tiles(want: Asked, person: str) -> list[dict[str, Any]]:
    found, former = _done(person, want.period), _done(person, before(want.period))
    load = person_figures.load(person, clock.now())
    there = beside.working_seconds_of(person, want.period)
    busy = amounts.percent(found.handling_seconds / there) if there else words.NOTHING
    rate = _rate(found)
    handling = amounts.duration(found.handling_seconds / found.tasks) if found.tasks else words.NOTHING
    return [
        {
            "name": _("On time"),
            "value": words.value_words(SHARE, rate),
            "verdict": verdict(SHARE, rate),
            "gap": words.gap_words(SHARE, rate),
            "note": words.target_words(SHARE),
            "change": words.change_words(SHARE, rate, _rate(former)),
        },
        {"name": _("Tasks done"), "value": found.tasks, "note": _("Sent back: %(n)s") % {"n": found.returned}},
        {"name": _("Open tasks"), "value": load.open_tasks,
         "note": _("Overdue: %(n)s; due within a week: %(m)s") % {"n": load.overdue, "m": load.this_week}},
        {"name": _("Mean handling"), "value": handling, "note": _("Share of working time: %(n)s") % {"n": busy}},
    ]  # fmt: skip


def _trend(want: Asked, person: str) -> Chart:
    periods = last_periods(want.period.kind, want.period.first, COUNTS[want.period.kind])
    counts = [(period, _done(person, period).tasks) for period in periods]
    most = max([count for _, count in counts], default=0) or 1
    step = max(1, -(-most // 4))
    points = [
        Point(label=words.period_words(one), value=float(count), words=f"{words.period_words(one)} {count}")
        for one, count in counts
    ]
    ticks = [(float(step * n), str(step * n)) for n in range(5)]
    return Chart(label=_("Tasks done"), points=points, ticks=ticks, is_bars=True)
