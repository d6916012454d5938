"""A rule on the on-time rate of the requests that were played, and time to watch it."""

import pytest

from shuli.apps.monitoring import counting
from shuli.apps.monitoring.alerting.models import AlertRule
from shuli.kit import clock, jobs

WATCH = "shuli.apps.monitoring.alerting.jobs.watch_rules"
HAND_OVER = "shuli.apps.monitoring.alerting.jobs.hand_over_letters"
DIGESTS = "shuli.apps.monitoring.alerting.jobs.write_digests"
COUNT = "shuli.apps.monitoring.jobs.count_what_happened"


@pytest.fixture
def rule(people):
    """Keep one rule only: below 100 % on time in the quarter, told at once."""
    AlertRule.objects.all().delete()
    return AlertRule.objects.create(
        name="按时", name_en="On time", kind="threshold", indicator="on_time_rate", per="process", period="quarter",
        side="below", limit=1.0, least=3, to_owner=True,
    )  # fmt: skip


@pytest.fixture
def counted(played):
    with clock.frozen(played):
        counting.count_up()
    return played


def pass_time(*names):
    """Let the clock's own jobs run, and what they ask for."""
    for name in names or (COUNT, WATCH, HAND_OVER, DIGESTS):
        jobs.run_periodic(name)
    jobs.run_jobs()
