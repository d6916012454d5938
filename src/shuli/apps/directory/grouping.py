"""What administrators change about candidate groups (候选组) and sites."""

from typing import Any

from shuli.apps.directory.administration import administrators_only, note
from shuli.apps.directory.models import Calendar, Department, Group, Person, Post, Site
from shuli.kit.errors import Refusal

# What may belong to a group: the table, and the field by which it is named.
KINDS: dict[str, tuple[type[Any], str]] = {
    "people": (Person, "username"),
    "posts": (Post, "code"),
    "departments": (Department, "code"),
}


@administrators_only
def save_group(by: str, code: str, *, name: str, name_en: str, is_new: bool = False) -> Group | Refusal:
    """Make a candidate group, or change its names."""
    found = Group(code=code) if is_new else _group(code)
    if found is None:
        return Refusal("no_such_group", status=404)
    found.name, found.name_en, found.is_active = name.strip(), name_en.strip(), True
    found.save(force_insert=is_new)
    note(by, "group_created" if is_new else "group_edited", code)
    return found


@administrators_only
def join_group(by: str, code: str, kind: str, member: str) -> Group | Refusal:
    """Let a person, post or department belong to a group; once is enough."""
    found, one = _group(code), _member(kind, member)
    if found is None:
        return Refusal("no_such_group", status=404)
    if one is None:
        return Refusal("no_such_member")
    getattr(found, kind).add(one)
    note(by, "group_joined", code, kind=kind, member=member)
    return found


@administrators_only
def leave_group(by: str, code: str, kind: str, member: str) -> Group | Refusal:
    found, one = _group(code), _member(kind, member)
    if found is None:
        return Refusal("no_such_group", status=404)
    if one is None:
        return Refusal("no_such_member")
    getattr(found, kind).remove(one)
    note(by, "group_left", code, kind=kind, member=member)
    return found


@administrators_only
def close_group(by: str, code: str) -> Group | Refusal:
    """Close a group: from now on it has nobody. What its members did stays on record."""
    found = _group(code)
    if found is None:
        return Refusal("no_such_group", status=404)
    found.is_active = False
    found.save(update_fields=["is_active"])
    note(by, "group_closed", code)
    return found


def _group(code: str) -> Group | None:
    return Group.objects.select_for_update().filter(code=code).first()


def _member(kind: str, member: str) -> Any:
    if kind not in KINDS:
        return None
    table, key = KINDS[kind]
    return table.objects.filter(**{key: member}, is_active=True).first()


# Sites --------------------------------------------------------------------------------------------------


@administrators_only
def save_site(
    by: str, code: str, *, name: str, name_en: str, calendar: str, is_new: bool = False
) -> Site | Refusal:
    """Make a site, or change its names and calendar; an empty code leaves it to the company's calendar."""
    found = Site(code=code) if is_new else Site.objects.select_for_update().filter(code=code).first()
    if found is None:
        return Refusal("no_such_site", status=404)
    chosen = Calendar.objects.filter(code=calendar).first() if calendar else None
    if calendar and chosen is None:
        return Refusal("no_such_calendar", status=404)
    found.name, found.name_en, found.calendar = name.strip(), name_en.strip(), chosen
    found.save(force_insert=is_new)
    note(by, "site_created" if is_new else "site_edited", code, calendar=calendar)
    return found
