"""Who reads scorecards, and who has to do with accountability; asked by queries and operations."""

from django.db.models import Q, QuerySet

from shuli.apps.cases.rights import administers
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.directory import queries as directory
from shuli.apps.monitoring.models import Accountability, Scorecard, Violation

# Whoever keeps the personnel files: a department, post or group of this code, and administrators.
PERSONNEL = ("department:hr", "post:hr", "group:hr")


def keeps_personnel(person: str) -> bool:
    return administers(person) or any(pool in PERSONNEL for pool in directory.pools_of(person))


def visible_cards(person: str) -> QuerySet[Scorecard]:
    """Return scorecards: all for HR; departments' for who oversees a process; one's own departments' and their posts'."""
    if keeps_personnel(person):
        return Scorecard.objects.all()
    led = directory.departments_led(person)
    posts = [code for code, post in directory.posts().items() if post.department in led]
    mine = Q(subject="department", code__in=led) | Q(subject="post", code__in=posts)
    if catalogue.overseen_keys(person):
        mine |= Q(subject="department")
    return Scorecard.objects.filter(mine)


def visible_accountability(person: str) -> QuerySet[Accountability]:
    """Return decisions about the person, of departments that they lead, and all for HR; nobody else's."""
    if keeps_personnel(person):
        return Accountability.objects.all()
    mine = Q(person=person) | Q(decided_by=person) | Q(department__in=directory.departments_led(person))
    return Accountability.objects.filter(mine)


def may_decide(person: str, violation: Violation) -> bool:
    """Say whether the person may decide who answers for a violation: who leads its department."""
    return violation.void_at is None and violation.department in directory.departments_led(person)


def may_answer(person: str, row: Accountability) -> bool:
    """Say whether the person may answer an appeal: HR, and neither who decided nor whom it is about."""
    return keeps_personnel(person) and person not in {row.decided_by, row.person}
