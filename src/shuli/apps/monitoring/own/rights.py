"""Who defines the indicators of a process, and who reads them."""

from shuli.apps.catalogue import queries as catalogue
from shuli.apps.directory import operations as administration
from shuli.apps.directory import queries as directory
from shuli.apps.monitoring import queries
from shuli.apps.monitoring.own.models import OwnIndicator


def may_define(person: str, process: str) -> bool:
    """Say whether somebody defines indicators of a process: its owner, and administrators."""
    return process in catalogue.owned_keys(person) or administration.may_administer(person)


def may_read(person: str, row: OwnIndicator) -> bool:
    """Say whether an indicator is any of somebody's business: they oversee its process, or lead a part of it."""
    if row.process_key in catalogue.overseen_keys(person) or may_define(person, row.process_key):
        return True
    return queries.works_at(row.process_key, directory.departments_led(person))
