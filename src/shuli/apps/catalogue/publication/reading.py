"""Who has to read a new version, and who has said that they did."""

from collections.abc import Iterable, Sequence

from shuli.apps.catalogue.models import ProcessVersion, Reading
from shuli.apps.directory import queries as directory
from shuli.kit import clock, jobs
from shuli.kit.errors import Refusal

SEND_MAIL = "shuli.apps.catalogue.jobs.send_reading_mail"


def ask(version: ProcessVersion, people: Iterable[str]) -> None:
    """Ask people to read a version, within the caller's transaction; each is asked once."""
    now = clock.now()
    rows = Reading.objects.bulk_create(
        [
            Reading(version=version, person=name, asked_at=now)
            for name in people
            if directory.active_username(name)
        ],
        ignore_conflicts=True,
    )
    if rows:
        jobs.later(SEND_MAIL, version=version.pk)


def confirm(person: str, version_id: int) -> Reading | Refusal:
    """Note that somebody has read a version; the first time counts."""
    row = Reading.objects.filter(version_id=version_id, person=person).first()
    if row is None:
        return Refusal("nothing_to_read", status=404)
    if row.read_at is None:
        row.read_at = clock.now()
        row.save(update_fields=["read_at"])
    return row


def open_for(person: str) -> list[Reading]:
    """Return what somebody still has to read, the newest first."""
    rows = Reading.objects.select_related("version__process").filter(person=person, read_at=None)
    return list(rows.defer("version__bpmn", "version__forms", "version__documents"))


def count_for(person: str) -> int:
    return Reading.objects.filter(person=person, read_at=None).count()


def of_version(version: ProcessVersion) -> Sequence[Reading]:
    """Return everybody who was asked, those who have not read it first."""
    return sorted(version.readings.all(), key=lambda row: (row.read_at is not None, row.person))


def of_person(version: ProcessVersion, person: str) -> Reading | None:
    return version.readings.filter(person=person).first()
