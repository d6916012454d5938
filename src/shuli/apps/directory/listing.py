"""What the organisation's own pages read: lists of people and places."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from shuli.apps.directory import queries
from shuli.apps.directory.models import Change, Department, Person, Posting, Site, Substitute
from shuli.apps.directory.organisation import organisation
from shuli.kit import clock

# What a list of people is sorted by; names by their sound, as a Chinese directory is.
SORTS = {
    "name": ("name_en", "name"),
    "username": ("username",),
    "department": ("main__department__order", "main__post__order", "name_en"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class PeopleFilter:
    """What a list of people is narrowed to."""

    text: str = ""
    department: str = ""  # code; its parts are meant too
    role: str = ""  # administrator, analyst
    state: str = "active"  # active, disabled, all
    sort: str = "name"


def people(wanted: PeopleFilter) -> QuerySet[Person, dict[str, Any]]:
    """Return the people that fit, as rows for `queries.card_of`."""
    rows = Person.objects.all()
    if wanted.state != "all":
        rows = rows.filter(is_active=wanted.state != "disabled")
    if wanted.role in {"administrator", "analyst"}:
        rows = rows.filter(**{f"is_{wanted.role}": True})
    if wanted.department:
        codes = organisation().below(wanted.department)
        rows = rows.filter(pk__in=current_postings().filter(department__code__in=codes).values("person"))
    if wanted.text.strip():
        rows = queries.matching(wanted.text, rows)
    key = wanted.sort.removeprefix("-")
    order = [F(name) for name in SORTS.get(key, SORTS["name"])]
    falls = wanted.sort.startswith("-")
    ordered = [one.desc(nulls_last=True) if falls else one.asc(nulls_last=True) for one in order]
    return queries.card_rows(rows).order_by(*ordered, "username")


def current_postings() -> QuerySet[Posting]:
    """Return the places that hold today, those of disabled people included."""
    on = queries.today()
    return Posting.objects.filter(Q(until=None) | Q(until__gte=on), since__lte=on)


def places_of(username: str) -> list[Posting]:
    """Return a person's places of today, the main one first."""
    rows = current_postings().filter(person__username=username).select_related("department", "post")
    return list(rows.order_by("-is_main", "since", "pk"))


def former_places_of(username: str) -> list[Posting]:
    rows = Posting.objects.filter(person__username=username, until__lt=queries.today())
    return list(rows.select_related("department", "post").order_by("-until", "-pk"))


def staff_of(code: str) -> list[Posting]:
    """Return who sits in a department, in the order of the posts, main places first."""
    rows = current_postings().filter(department__code=code, person__is_active=True)
    ordered = rows.order_by(F("post__order").asc(nulls_last=True), "-is_main", "person__name_en")
    return list(ordered.select_related("person", "post"))


def head_counts() -> dict[str, int]:
    """Return how many active people have their main place in each department."""
    rows = Posting.objects.filter(is_main=True, until=None, person__is_active=True)
    return dict(
        rows.values_list("department__code").annotate(n=Count("pk")).values_list("department__code", "n")
    )


def holders() -> dict[str, list[str]]:
    """Return who holds each post today, by username."""
    rows = current_postings().filter(person__is_active=True).exclude(post=None).order_by("person__username")
    found: dict[str, list[str]] = {}
    for post, username in rows.values_list("post__code", "person__username"):
        found.setdefault(str(post), []).append(username)
    return found


def substitutions_of(username: str) -> list[Substitute]:
    """Return the substitutions of a person that hold now or will."""
    rows = Substitute.objects.filter(person__username=username, until__gt=clock.now(), revoked_at=None)
    return list(rows.select_related("substitute").order_by("since"))


def substitutions_by(username: str) -> list[Substitute]:
    """Return for whom somebody stands in, now or later."""
    rows = Substitute.objects.filter(substitute__username=username, until__gt=clock.now(), revoked_at=None)
    return list(rows.select_related("person").order_by("since"))


def changes_of(subject: str, limit: int = 20) -> list[Change]:
    """Return what was changed about a person, department or calendar, newest first."""
    return list(Change.objects.filter(subject=subject)[:limit])


def sites() -> list[Site]:
    return list(Site.objects.select_related("calendar").prefetch_related("departments"))


def site_row(code: str) -> Site | None:
    return Site.objects.select_related("calendar").filter(code=code).first()


def own_calendar_of(username: str) -> str:
    """Return the code of a person's own working calendar, or nothing."""
    rows = Person.objects.filter(username=username).values_list("calendar__code", flat=True)
    return rows.first() or ""


def department_row(code: str) -> Department | None:
    rows = Department.objects.select_related(
        "parent", "calendar", "site", "successor", "head", "executive", "liaison"
    )
    return rows.filter(code=code).first()


def liaison_for(username: str) -> list[str]:
    """Return the departments of which somebody is the liaison."""
    rows = Department.objects.filter(liaison__username=username, is_active=True)
    return list(rows.values_list("code", flat=True))
