"""Who may open the pages of figures: asked where views of them are offered, and by the pages themselves."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from shuli.apps.cases import person_figures
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.directory import queries as directory
from shuli.apps.monitoring import queries

Parts = Mapping[str, Any]


def company(person: str, _parts: Parts, _query: QueryDict) -> bool:
    return not queries.scope_of(person).is_empty


def process(person: str, parts: Parts, _query: QueryDict) -> bool:
    """Say whether somebody oversees the process, or leads a department that has anything to do with it."""
    key = parts["key"]
    return key in catalogue.overseen_keys(person) or queries.works_at(key, directory.departments_led(person))


def department(person: str, parts: Parts, _query: QueryDict) -> bool:
    return parts["code"] in queries.scope_of(person).departments


def mine(person: str, _parts: Parts, query: QueryDict) -> bool:
    named = query.get("person", "")
    return not named or named == person or person_figures.may_see(person, named)
