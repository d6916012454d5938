"""Who sees goals, and who sets them; asked by queries and operations."""

from datetime import date, timedelta

from django.db.models import Q, QuerySet

from shuli.apps.catalogue import queries as catalogue
from shuli.apps.catalogue.register.rights import may_keep
from shuli.apps.directory import queries as directory
from shuli.apps.monitoring.goals.models import Goal, GoalReader
from shuli.apps.monitoring.goals.reckoning import where_of
from shuli.apps.monitoring.places import owns

SETTLED = timedelta(
    days=30
)  # after its end a goal is looked at so long: counts may still change, and an alert stands


def may_change(person: str, goal: Goal) -> bool:
    """Say whether somebody may change a goal: who set it, or whose place it is."""
    return goal.withdrawn_at is None and (person == goal.set_by or owns(person, where_of(goal)))


def may_set_any(person: str) -> bool:
    """Say whether there is any place for which somebody may set goals."""
    return bool(catalogue.owned_keys(person) or directory.departments_led(person)) or may_keep(person)


def visible(person: str) -> QuerySet[Goal]:
    """Return the goals of what somebody oversees or leads, those that they set, and published ones that concern them."""
    if may_keep(person):
        return Goal.objects.all()
    overseen = Q(process_key__in=catalogue.overseen_keys(person), process_key__gt="")
    led = Q(department__in=directory.departments_led(person), department__gt="")
    told = Q(pk__in=GoalReader.objects.filter(person=person).values("goal"), published_at__isnull=False)
    return Goal.objects.filter(overseen | led | told | Q(set_by=person))


def mine(person: str) -> QuerySet[Goal]:
    """Return the published goals that concern somebody, those that end first before others."""
    told = GoalReader.objects.filter(person=person).values("goal")
    return Goal.objects.filter(pk__in=told, published_at__isnull=False, withdrawn_at=None)


def of_place(process: str, department: str = "") -> QuerySet[Goal]:
    """Return the goals of a process or department that are published and not withdrawn."""
    named = {"process_key": process, "department": department}
    wanted = {name: value for name, value in named.items() if value}
    return Goal.objects.filter(published_at__isnull=False, withdrawn_at=None, **wanted)


def running(today: date) -> QuerySet[Goal]:
    """Return the goals that are followed: published, not withdrawn, and not long over."""
    rows = Goal.objects.filter(published_at__isnull=False, withdrawn_at=None)
    return rows.filter(last__gte=today - SETTLED)
