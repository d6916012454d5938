"""The audits of the year's months: played like any other case when the cases that they look at are written.

What an audit does to the registers of monitoring follows from its events and forms, as it does on the day itself.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone

from shuli.apps.cases.past import writing
from shuli.apps.cases.past.played import PlayedCase
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.directory import queries as directory
from shuli.apps.monitoring.auditing import following
from shuli.apps.monitoring.auditing.sampling import AUDIT
from shuli.core.engine import Accepted
from shuli.core.engine import commands as c
from shuli.core.engine import events as e
from shuli.core.worktime import roll_forward
from shuli.kit import clock
from shuli.server.year.playing import Year
from shuli.server.year.story import Arrival, Story

THIRD = 2  # after the two halves: chances of its own
HOUR = timedelta(hours=1)


class Audits(Year):
    """The company's auditors at work; everything that happens is kept, so that the registers can follow it."""

    happened: dict[int, list[tuple[datetime, e.Event]]]

    def obey(
        self, case: PlayedCase, command: c.Command, at: datetime, topic: object = None
    ) -> Accepted | None:
        answer = super().obey(case, command, at, topic)
        if answer is not None:
            self.happened.setdefault(case.id, []).extend((at, event) for event in answer.events)
        return answer


def audit_months(seed: int, first: datetime, last: datetime) -> list[PlayedCase]:
    """Draw and audit the sample of each month of the year that was over; return the audits, written."""
    arrivals = list(_first_mornings(first, last))
    done: list[PlayedCase] = []
    with transaction.atomic(), clock.frozen(first):
        year = Audits(Story(seed, THIRD), first, last, iter(writing.next_keys(len(arrivals))), done.append)
        year.happened = {}
        year.play(iter(arrivals))
        done += year.open.values()
        writing.write(done)
        for case in sorted(done, key=lambda one: one.started_at):
            _follow(case, year.happened[case.id])
    return done


def _first_mornings(first: datetime, last: datetime) -> Iterator[Arrival]:
    """Give the first working morning of each month, but of the first, before which there is nothing to audit."""
    process, calendar = catalogue.process(AUDIT), directory.calendar_for(None)
    auditors = directory.members(f"post:{process.supervisor_post}") if process else []
    month = timezone.localtime(first).replace(day=1, hour=9, minute=0, second=0, microsecond=0)
    for _ in range(12 if auditors else 0):
        month = (month + timedelta(days=32)).replace(day=1)
        at = roll_forward(calendar, month) + HOUR
        if first + timedelta(days=20) < at < last:
            yield Arrival(at=at, process=AUDIT, starter=auditors[0])


def _follow(case: PlayedCase, happened: list[tuple[datetime, e.Event]]) -> None:
    """Carry what happened in an audit into the registers, as it happened: events before the form that was filled with them."""
    events = [(at, 0, partial(following.listen, case.id, event, case.graph)) for at, event in happened]
    forms = [(record.at, 1, partial(following.filled, record)) for record in case.records]
    for at, _, follow in sorted([*events, *forms], key=lambda one: one[:2]):
        with clock.frozen(at):
            follow()
