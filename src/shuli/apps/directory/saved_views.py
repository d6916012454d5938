"""Pages as people asked for them, kept under a name: one's own, and those that others share.

A view gives nobody a right: it is an address, and the page behind it asks as always. Apps say which of their pages can be
kept, and who may open one; what somebody may not open, they are not offered.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.http import QueryDict
from django.urls import Resolver404, resolve

from shuli.apps.directory import queries
from shuli.apps.directory.models import SavedView
from shuli.kit import clock
from shuli.kit.errors import Refusal

MayOpen = Callable[[str, Mapping[str, Any], QueryDict], bool]  # person, parts of the path, query
PAGES: dict[str, MayOpen] = {}
MOST = 100  # views of a person
PASSING = ("page", "csrfmiddlewaretoken")  # where somebody happened to stand in a list


def may_be_kept(name: str, may_open: MayOpen = lambda *_: True) -> None:
    """Let a page be kept, by the name of its route; called once when the app is ready."""
    PAGES[name] = may_open


def group_of(path: str) -> str:
    """Return the group of pages to which a path belongs; nothing where it cannot be kept."""
    found = _found(path)
    return found[0].partition(":")[0] if found else ""


def offered(person: str, group: str) -> list[SavedView]:
    """Return the views of a group that somebody has or is given, their own first; none that they may not open."""
    shared = Q(shared_with__in=[SavedView.ALL, *_departments(person)])
    rows = SavedView.objects.filter(Q(person=person) | shared, group=group)
    found = [row for row in rows if row.person == person or may_open(person, row)]
    return sorted(found, key=lambda row: (row.person != person, row.name, row.pk))


def may_open(person: str, row: SavedView) -> bool:
    found = _found(row.path)
    return found is not None and PAGES[found[0]](person, found[1], QueryDict(row.query))


def shares(person: str) -> list[str]:
    """Return the departments with which somebody may share: those they work in or lead."""
    return list(dict.fromkeys([*queries.departments_of(person), *queries.departments_led(person)]))


def keep(person: str, name: str, address: tuple[str, str], shared_with: str) -> SavedView | Refusal:
    """Keep a page with what is chosen on it; one of the same name is replaced."""
    path, query = address
    group, named = group_of(path), " ".join(name.split())[:60]
    if not group:
        return Refusal("page_not_kept")
    if not named:
        return Refusal("view_without_name")
    if shared_with not in ("", SavedView.ALL, *shares(person)):
        return Refusal("share_of_others")
    with transaction.atomic():
        own = SavedView.objects.filter(person=person)
        if own.count() >= MOST and not own.filter(group=group, name=named).exists():
            return Refusal("too_many_views", most=MOST)
        facts = {"path": path[:200], "query": chosen(query), "shared_with": shared_with, "at": clock.now()}
        row, _made = SavedView.objects.update_or_create(
            person=person, group=group, name=named, defaults=facts
        )
    return row


def delete(person: str, key: int) -> str | Refusal:
    """Delete one's own view; return where it led."""
    row = SavedView.objects.filter(pk=key, person=person).first()
    if row is None:
        return Refusal("no_such_view", status=404)
    row.delete()
    return row.name


def chosen(query: str) -> str:
    """Return what is chosen on a page, without where somebody happened to stand."""
    found = QueryDict(query[:4_000], mutable=True)
    for name in PASSING:
        found.pop(name, None)
    kept = QueryDict(mutable=True)
    for name, values in found.lists():
        kept.setlist(name, [value for value in values if value])
    text = kept.urlencode()
    return text if len(text) <= 1000 else ""


def _found(path: str) -> tuple[str, Mapping[str, Any]] | None:
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return (match.view_name, match.kwargs) if match.view_name in PAGES else None


def _departments(person: str) -> list[str]:
    pools = queries.pools_of(person)
    own = [pool.removeprefix("department:") for pool in pools if pool.startswith("department:")]
    return [*own, *queries.departments_led(person)]
