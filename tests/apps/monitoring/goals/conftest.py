"""Days of a purchase that was late half of the time for half a year, and a goal for the next quarter."""

from datetime import date, timedelta

import pytest

from shuli.apps.monitoring.goals.reckoning import Span
from shuli.apps.monitoring.goals.setting import Facts
from shuli.apps.monitoring.measuring import Where
from shuli.apps.monitoring.models import DayCount
from shuli.kit import clock, jobs

FIRST, LAST = date(2026, 11, 16), date(2027, 2, 13)  # 90 days from the day on which the cast was hired
FOLLOW = "shuli.apps.monitoring.goals.jobs.follow_goals"
WATCH = "shuli.apps.monitoring.alerting.jobs.watch_rules"
PURCHASE = Where(process="P-PURCHASE")


def count(day, department="service", node="detail", **sums):
    """Write what one day counted."""
    from shuli.apps.catalogue.models import ProcessVersion

    version = ProcessVersion.objects.get(process__key="P-PURCHASE")
    DayCount.objects.create(
        day=day, process_key="P-PURCHASE", version=version, node=node, department=department, **sums
    )


@pytest.fixture
def half_year(people):
    """Let every week of the half year before have ten visits, half of them late."""
    for week in range(26):
        count(FIRST - timedelta(days=7 * week + 1), closed=10, due=10, on_time=5)


@pytest.fixture
def facts(people):
    return Facts(
        title="采购按时完成率到 90%", indicator="on_time_rate", where=PURCHASE,
        baseline=Span(first=date(2026, 5, 16), last=date(2026, 11, 15)), span=Span(first=FIRST, last=LAST),
        target=0.9, standard="按月看按时完成率", people=(people["starter"],), departments=("finance",),
    )  # fmt: skip


def at(day):
    """Hold the clock at ten in the morning of a day."""
    from datetime import UTC, datetime

    return clock.frozen(datetime(day.year, day.month, day.day, 2, tzinfo=UTC))


def by_the_clock(*names):
    for name in names:
        jobs.run_periodic(name)
    jobs.run_jobs()
