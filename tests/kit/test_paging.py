"""A list that may be very long is counted up to a bound and says so."""

import pytest

from shuli.apps.directory.models import Person
from shuli.kit import paging

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(monkeypatch):
    monkeypatch.setattr(paging, "MOST", 4)
    Person.objects.bulk_create(Person(username=f"p{n}", name=f"员工{n}") for n in range(6))
    return Person.objects.order_by("username")


def test_a_list_within_the_bound_is_counted_to_its_end(people):
    found = paging.LongList(people.filter(username__lt="p3"), 2)

    assert (found.count, found.num_pages, found.is_cut, found.total) == (3, 2, False, "3")


def test_a_longer_list_ends_at_the_bound_and_says_that_there_is_more(people):
    found = paging.LongList(people, 2)

    assert (found.count, found.num_pages, found.is_cut, found.total) == (4, 2, True, "4+")
    assert [person.username for person in found.get_page(9)] == ["p2", "p3"]
