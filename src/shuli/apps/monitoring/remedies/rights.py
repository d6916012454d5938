"""Who sees actions, records them, does them and verifies them."""

from django.db.models import Q, QuerySet

from shuli.apps.catalogue import queries as catalogue
from shuli.apps.catalogue.register.rights import may_keep
from shuli.apps.directory import queries as directory
from shuli.apps.monitoring.measuring import Where
from shuli.apps.monitoring.places import oversees
from shuli.apps.monitoring.remedies.models import Remedy


def visible(person: str) -> QuerySet[Remedy]:
    """Return the actions at places that somebody oversees or leads, those that they recorded, and those that they do."""
    if may_keep(person):
        return Remedy.objects.all()
    overseen = Q(process_key__in=catalogue.overseen_keys(person), process_key__gt="")
    led = Q(department__in=directory.departments_led(person), department__gt="")
    return Remedy.objects.filter(overseen | led | Q(recorded_by=person) | Q(person=person))


def may_record_any(person: str) -> bool:
    return bool(catalogue.overseen_keys(person) or directory.departments_led(person)) or may_keep(person)


def where_of(row: Remedy) -> Where:
    return Where(process=row.process_key, node=row.node, department=row.department)


def may_verify(person: str, row: Remedy) -> bool:
    """Say whether somebody may verify an action: who oversees its place, but for its own doer."""
    return person != row.person and (person == row.recorded_by or oversees(person, where_of(row)))
