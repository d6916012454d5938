"""Calendars as they once were: whoever closes work keeps the one it was reckoned by, under a name made of its content.

An edit of a calendar makes another content and so another name; what closed before goes on naming the one it had.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from shuli.apps.directory.calendar_reading import day_of, week_of
from shuli.apps.directory.models import KeptCalendar
from shuli.apps.directory.organisation import organisation
from shuli.core.worktime import WorkCalendar

# What this process has seen committed, by database. A name says everything about its content, so it stays true.
_committed: set[tuple[str, str]] = set()


def keep(calendars: Mapping[str, WorkCalendar]) -> None:
    """Keep calendars for good, by their names; those that are kept already cost nothing."""
    database = str(connection.settings_dict["NAME"])
    if any((database, name) not in _committed for name in calendars):
        _keep_all(database, calendars)


def _keep_all(database: str, calendars: Mapping[str, WorkCalendar]) -> None:
    """Keep all calendars of today too, in one order, so that of two who do so none waits for the other in a circle."""
    all_of_them = {one.fingerprint: one for one in organisation().calendars.values()} | dict(calendars)
    now = timezone.now()
    rows = [
        KeptCalendar(name=name, content=_content(one), kept_at=now)
        for name, one in sorted(all_of_them.items())
    ]
    KeptCalendar.objects.bulk_create(rows, ignore_conflicts=True)
    names = {(database, name) for name in all_of_them}
    transaction.on_commit(lambda: _committed.update(names))


@lru_cache(maxsize=64)
def kept(name: str) -> WorkCalendar:
    """Return the calendar that is kept under a name."""
    content: dict[str, Any] = KeptCalendar.objects.get(pk=name).content
    return WorkCalendar(
        zone=content["zone"],
        week=week_of(content["week"]),
        exceptions={date.fromisoformat(on): day_of(day) for on, day in content["exceptions"].items()},
        covered=tuple(content["covered"]),
    )


def forget() -> None:
    """Forget what is known to be kept: another database is asked from now on."""
    _committed.clear()


def _content(calendar: WorkCalendar) -> dict[str, Any]:
    return {
        "zone": calendar.zone,
        "week": calendar.week,
        "exceptions": {on.isoformat(): day for on, day in sorted(calendar.exceptions.items())},
        "covered": calendar.covered,
    }
