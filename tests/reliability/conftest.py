"""A database of its own for tests that commit from many threads, and the people in it."""

import os

import pytest

import conftest as shared
from reliability.processes import publish_all


@pytest.fixture(scope="module")
def company(django_db_setup, django_db_blocker):
    """Commit the example company and the test processes to a database that is dropped afterwards."""
    from django.db import connections

    from shuli.apps.cases import store
    from shuli.apps.catalogue import queries as catalogue
    from shuli.apps.directory import kept_calendars

    former = connections["default"].settings_dict["NAME"]
    name = f"test_{os.environ[shared.OWNER]}_reliability_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    with django_db_blocker.unblock(), shared.administration() as administration:
        shared.drop(administration, name)
        administration.execute(f'CREATE DATABASE "{name}" TEMPLATE "{shared.migrations_fingerprint()}"')
        shared.point_django_at(name)
        store.known_root.cache_clear()  # cases of another database had these numbers
        catalogue.forget()  # and so had its versions
        kept_calendars.forget()
        publish_all()
        yield name
        shared.point_django_at(former)
        store.known_root.cache_clear()
        catalogue.forget()
        kept_calendars.forget()
        shared.drop(administration, name)


@pytest.fixture
def people(company, settings):
    """Return the usernames of whoever takes part."""
    from shuli.apps.directory import queries as directory

    settings.SHULI_MOVABLE_CLOCK = False  # threads see the real time
    service = directory.members("department:service")
    head = directory.head("service")
    return {
        "pool": [name for name in service if name != head],
        "starter": next(name for name in service if name != head),
        "head": head,
        "owner": directory.members("post:owner-complaint")[0],
    }
