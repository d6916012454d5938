"""Heads learn in the morning what is overdue, what was escalated and who has how much to do."""

from datetime import timedelta

import pytest

from apps.monitoring.alerting.conftest import DIGESTS, pass_time
from apps.monitoring.conftest import start
from shuli.apps.cases.models import Task, Visit
from shuli.apps.directory import queries as directory
from shuli.apps.directory.models import Person
from shuli.apps.monitoring.alerting import digest
from shuli.apps.monitoring.alerting.models import HeadDigest
from shuli.kit import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(people):
    """Return a head in whose department a task waits, its date passed by the next days."""
    start(people, 1)
    task = Task.objects.exclude(department="").filter(state="open").first()
    Visit.objects.filter(case=task.case).update(due_at=clock.now() - timedelta(hours=1))
    name = directory.head(task.department)
    Person.objects.filter(username=name).update(email="head@example.com", language="en")
    return name


def morning(hour=1):
    """Return half past the hour of UTC on the Tuesday after next Monday."""
    now = clock.now() + timedelta(days=8)
    return (now - timedelta(days=now.weekday() - 1)).replace(hour=hour, minute=0)


def test_the_digest_comes_once_by_the_clock_alone(head, mailoutbox):
    with clock.frozen(morning(0)):  # 8:00, the digest is at 8:30
        pass_time(DIGESTS)
        assert not HeadDigest.objects.exists()
    with clock.frozen(morning()):
        pass_time(DIGESTS)
        pass_time(DIGESTS)

    [mail] = [one for one in mailoutbox if one.to == ["head@example.com"] and "overdue" in one.subject]
    assert HeadDigest.objects.filter(person=head).count() == 1
    assert "/monitor/departments/today/" in mail.body


def test_no_digest_comes_on_a_day_off(head):
    with clock.frozen(morning() + timedelta(days=5)):
        pass_time(DIGESTS)

    assert not HeadDigest.objects.exists()


def test_the_page_shows_what_the_digest_says(client, head):
    client.force_login(Person.objects.get(username=head))

    shown = client.get("/monitor/departments/today/")

    found = digest.standing(head, clock.now() - timedelta(days=1), clock.now())
    assert found.overdue
    assert found.overdue[0].number in shown.content.decode()
    assert (
        sum(one.open for one in found.load)
        == Task.objects.filter(holder__in=[one.person for one in found.load], state="open").count()
    )
