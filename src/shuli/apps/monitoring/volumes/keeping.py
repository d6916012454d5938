"""Keeping announced volumes: who may, what stands there, and what becomes of it."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction

from shuli.apps.catalogue import queries as catalogue
from shuli.apps.monitoring.counting import say_changed
from shuli.apps.monitoring.models import AnnouncedVolume
from shuli.apps.monitoring.own.rights import may_define
from shuli.apps.monitoring.volumes.reading import Announced
from shuli.kit import clock
from shuli.kit.errors import Denied, Refusal


def kept_by(person: str) -> list[tuple[str, str]]:
    """Return the processes for which somebody announces volumes, with their names."""
    return [(key, name) for key, name in catalogue.choices() if may_define(person, key)]


def announced(process: str, months: Iterable[date]) -> dict[date, AnnouncedVolume]:
    rows = AnnouncedVolume.objects.filter(process_key=process, month__in=list(months))
    return {row.month: row for row in rows}


def announce(by: str, said: Iterable[Announced], taken_back: Mapping[str, Iterable[date]]) -> int | Refusal:
    """Keep what was announced, take back what is announced no more; return how many months became others."""
    rows = list(said)
    processes = {one.process for one in rows} | {key for key, months in taken_back.items() if list(months)}
    if not all(may_define(by, key) for key in processes):
        return Denied("volumes_of_others")
    changed = 0
    with transaction.atomic():
        for one in rows:
            changed += _keep(by, one)
        for process, months in taken_back.items():
            gone = AnnouncedVolume.objects.filter(process_key=process, month__in=list(months))
            changed += gone.delete()[0]
        if changed:
            say_changed()
    return changed


def _keep(by: str, one: Announced) -> bool:
    same = AnnouncedVolume.objects.filter(process_key=one.process, month=one.month, count=one.count)
    if same.exists():
        return False
    AnnouncedVolume.objects.update_or_create(
        process_key=one.process,
        month=one.month,
        defaults={"count": one.count, "person": by, "at": clock.now()},
    )
    return True
