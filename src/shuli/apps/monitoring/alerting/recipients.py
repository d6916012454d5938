"""Who is told of an alert: by what the rule says, at the place where it was found."""

from collections.abc import Callable, Iterable, Iterator

from shuli.apps.catalogue import queries as catalogue
from shuli.apps.catalogue.register.rights import OFFICE
from shuli.apps.directory import queries as directory
from shuli.apps.monitoring.alerting.models import AlertRule
from shuli.apps.monitoring.alerting.watching import Place

# Whom else an alert concerns, whatever its rule says: other rooms add theirs.
FURTHER: list[Callable[[Place], Iterable[str]]] = []


def people_of(rule: AlertRule, place: Place) -> list[str]:
    """Return whom the rule tells, each once; where it finds nobody, the process office."""
    found = list(dict.fromkeys(_wanted(rule, place)))
    return found or list(directory.members(OFFICE))


def _wanted(rule: AlertRule, place: Place) -> Iterator[str]:
    process = catalogue.process(place.process_key) if place.process_key else None
    if process is not None and rule.to_owner:
        yield from directory.members(f"post:{catalogue.owner_post(process.key)}")
    if process is not None and rule.to_supervisor and process.supervisor_post:
        yield from directory.members(f"post:{process.supervisor_post}")
    if rule.to_head:
        department = place.department or (process.department if process else "")
        head = directory.head(department) if department else None
        yield from [head] if head else []
    for post in rule.to_posts:
        yield from directory.members(f"post:{post}")
    for further in FURTHER:
        yield from further(place)
