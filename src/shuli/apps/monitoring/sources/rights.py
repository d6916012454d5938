"""Who keeps the register of sources, and who brings figures in."""

from django.db.models import Q, QuerySet

from shuli.apps.catalogue import queries as catalogue
from shuli.apps.catalogue.register.rights import may_keep
from shuli.apps.directory import queries as directory
from shuli.apps.monitoring.sources.models import DataSource, Import


def may_read(person: str) -> bool:
    """Say whether somebody reads the register: who oversees a process, leads a department, or gives data."""
    return (
        may_keep(person)
        or bool(catalogue.overseen_keys(person) or directory.departments_led(person))
        or DataSource.objects.filter(Q(contact=person) | Q(plans__person=person)).exists()
    )


def may_edit(person: str, department: str) -> bool:
    """Say whether somebody keeps a department's sources: its head, owners of processes, the process office."""
    return (
        may_keep(person)
        or department in directory.departments_led(person)
        or bool(catalogue.owned_keys(person))
    )


def may_import(person: str, source: DataSource) -> bool:
    """Say whether somebody brings figures of a source in: who keeps it, its contact, who is named in a plan of it."""
    return (
        person == source.contact
        or may_edit(person, source.department)
        or source.plans.filter(person=person, is_active=True).exists()
    )


def imports_of(person: str) -> QuerySet[Import]:
    """Return the imports that somebody may see: one's own, and all of the sources that one keeps."""
    rows = Import.objects.select_related("source")
    if may_keep(person) or catalogue.owned_keys(person):
        return rows
    led = Q(source__department__in=directory.departments_led(person))
    return rows.filter(led | Q(by=person) | Q(source__contact=person))
