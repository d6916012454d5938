"""Opening a case that is played in memory: its key, its number and the version that was in force."""

from datetime import datetime

from shuli.apps.cases import execution
from shuli.apps.cases.past.played import PlayedCase
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.directory import queries as directory
from shuli.apps.directory.organisation import asked_once
from shuli.apps.documents import operations as documents


def open_case(
    key: int, process: str, starter: str, at: datetime, parent: tuple[PlayedCase, int] | None = None
) -> PlayedCase:
    """Return a case that has not begun yet; its number is issued within the caller's transaction."""
    version = _version_at(process, at)
    pattern = execution.number_pattern(catalogue.graph(version))
    return PlayedCase(
        id=key,
        number=documents.issue_number(pattern, at, execution.NUMBERS),
        version_id=version,
        starter=starter,
        department=directory.main_department(starter) or "",
        started_at=at,
        parent=parent,
    )


def _version_at(process: str, at: datetime) -> int:
    """Return the version that was in force at a moment, the first one before there was any."""
    versions = _versions(process)
    return next((pk for pk, since in versions if since <= at), versions[-1][0])


@asked_once
def _versions(process: str) -> list[tuple[int, datetime]]:
    """Return the versions that took effect, the newest first."""
    rows = [(pk, catalogue.version(pk).effective_at) for pk, _ in catalogue.version_numbers(process)]
    return [(pk, since) for pk, since in rows if since is not None]
