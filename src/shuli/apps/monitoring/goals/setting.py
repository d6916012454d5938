"""Setting goals: written down with a baseline from the counts, published to whom they concern, withdrawn with a reason."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.urls import reverse
from msgspec import Struct

from shuli.apps.cases import governing
from shuli.apps.directory import queries as directory
from shuli.apps.monitoring.goals import rights
from shuli.apps.monitoring.goals.models import Goal, GoalReader
from shuli.apps.monitoring.goals.reckoning import Span, baseline_of, standing_of
from shuli.apps.monitoring.indicators import BY_KEY
from shuli.apps.monitoring.measuring import Where
from shuli.apps.monitoring.places import is_known, owns
from shuli.kit import clock
from shuli.kit.errors import Denied, Refusal

LONGEST = 2_000


class Facts(Struct, frozen=True, kw_only=True):
    """What somebody says of a goal."""

    title: str
    indicator: str
    where: Where
    baseline: Span
    span: Span
    target: float  # in the indicator's own measure
    standard: str
    better: str = ""  # of an indicator that has no better side
    people: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()


def save(by: str, key: int | None, facts: Facts) -> Goal | Refusal:
    """Write a goal down, or change one that is not published; its baseline is reckoned from the counts."""
    with transaction.atomic():
        row = Goal.objects.select_for_update().filter(pk=key).first() if key else Goal(set_by=by)
        if row is None or (key and not rights.visible(by).filter(pk=key).exists()):
            return Refusal("no_such_goal", status=404)
        if not owns(by, facts.where) or (key and not rights.may_change(by, row)):
            return Denied("goal_of_others")
        refusal = _refuse(row, facts)
        if refusal is not None:
            return refusal
        _fill(row, facts)
        row.set_at = clock.now()
        row.save()
    return row


def _refuse(row: Goal, facts: Facts) -> Refusal | None:
    indicator = BY_KEY.get(facts.indicator)
    if row.published_at is not None:
        return Refusal("goal_is_published")
    if indicator is None or not is_known(facts.where):
        return Refusal("goal_of_nothing")
    if facts.where.node and indicator.grain == "case":
        return Refusal("indicator_not_of_steps", indicator=indicator.name)
    if facts.span.last < facts.span.first or facts.baseline.last < facts.baseline.first:
        return Refusal("ends_before_it_begins")
    if not (indicator.better or facts.better):
        return Refusal("goal_without_direction", indicator=indicator.name)
    return None


def _fill(row: Goal, facts: Facts) -> None:
    indicator = BY_KEY[facts.indicator]
    row.title, row.indicator, row.standard = facts.title.strip(), facts.indicator, facts.standard.strip()
    row.process_key, row.node, row.department = facts.where.process, facts.where.node, facts.where.department
    row.baseline_first, row.baseline_last = facts.baseline.first, facts.baseline.last
    row.first, row.last, row.target = facts.span.first, facts.span.last, facts.target
    row.better = indicator.better or facts.better
    row.baseline = baseline_of(indicator, facts.where, facts.baseline, facts.span)
    row.people, row.posts, row.departments = [
        list(one) for one in (facts.people, facts.posts, facts.departments)
    ]


def publish(by: str, key: int) -> Goal | Refusal:
    """Publish a goal: everybody whom it concerns is told, and asked to say that they have read it."""
    with transaction.atomic():
        row = _open(by, key)
        if isinstance(row, Refusal):
            return row
        if row.published_at is not None:
            return Refusal("goal_is_published")
        if not (row.people or row.posts or row.departments):
            return Refusal("goal_for_nobody")
        row.published_at = clock.now()
        reckon(row, directory.today())
        row.save()
        tell_new(row)
    return row


def _open(by: str, key: int) -> Goal | Refusal:
    row = Goal.objects.select_for_update().filter(pk=key).first()
    if row is None or not rights.visible(by).filter(pk=key).exists():
        return Refusal("no_such_goal", status=404)
    return row if rights.may_change(by, row) else Denied("goal_of_others")


def reckon(row: Goal, today: date) -> None:
    """Hold a goal against the figures; the caller saves it."""
    value, found = standing_of(row, today)
    if row.state != found.state or row.state_since is None:
        row.state, row.state_since = found.state, clock.now()
    row.value, row.expected, row.progress = value, found.expected, found.progress
    row.reckoned_at = clock.now()


def concerned(row: Goal) -> list[str]:
    """Return whom a goal concerns now: the people named, and whoever has the posts or sits in the departments."""
    pools = [*(f"post:{code}" for code in row.posts), *(f"department:{code}" for code in row.departments)]
    found: Iterable[str] = (*row.people, *(name for pool in pools for name in directory.members(pool)))
    return list(dict.fromkeys(found))


def tell_new(row: Goal) -> int:
    """Tell whoever is concerned and has not been told: at the publication all, later who came to a post."""
    told = set(row.readers.values_list("person", flat=True))
    new = [name for name in concerned(row) if name not in told]
    now = clock.now()
    GoalReader.objects.bulk_create([GoalReader(goal=row, person=name, told_at=now) for name in new])
    params = {
        "goal": row.pk,
        "author": row.set_by,
        "text": row.title,
        "link": reverse("monitoring:goal", args=[row.pk]),
    }
    governing.tell("goal", [name for name in new if name != row.set_by], params)
    return len(new)


def read(by: str, key: int) -> Goal | Refusal:
    """Keep that somebody has read a goal that concerns them; the first time counts."""
    row = rights.mine(by).filter(pk=key).first()
    if row is None:
        return Refusal("no_such_goal", status=404)
    row.readers.filter(person=by, read_at=None).update(read_at=clock.now())
    return row


def withdraw(by: str, key: int, why: str) -> Goal | Refusal:
    """Withdraw a goal with a reason; whom it concerned is told."""
    with transaction.atomic():
        row = _open(by, key)
        if isinstance(row, Refusal):
            return row
        if not why.strip():
            return Refusal("reason_missing")
        row.withdrawn_at, row.withdrawn_why = clock.now(), why.strip()[:LONGEST]
        row.save(update_fields=["withdrawn_at", "withdrawn_why"])
        params = {"goal": row.pk, "author": by, "text": f"{row.title}: {row.withdrawn_why}"[:200],
                  "link": reverse("monitoring:goal", args=[row.pk])}  # fmt: skip
        people = row.readers.exclude(person=by).values_list("person", flat=True)
        governing.tell("goal_withdrawn", list(people), params)
    return row
