"""What administrators change about departments and posts."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

from shuli.apps.directory.administration import administrators_only, note
from shuli.apps.directory.models import Department, Person, Post, Posting
from shuli.apps.directory.organisation import organisation
from shuli.apps.directory.queries import today
from shuli.kit.errors import Refusal

ROLES = ("head", "executive", "liaison")


@dataclass(frozen=True, kw_only=True, slots=True)
class DepartmentFacts:
    """What an administrator enters about a department."""

    name: str
    name_en: str = ""
    kind: str = Department.Kind.DEPARTMENT
    parent: str = ""  # code


@administrators_only
def save_department(
    by: str, code: str, facts: DepartmentFacts, *, is_new: bool = False
) -> Department | Refusal:
    """Make a department, or change its names, kind and place in the tree."""
    found = Department(code=code, order=Department.objects.count()) if is_new else _department(code)
    if found is None:
        return Refusal("no_such_department", status=404)
    parent = _department(facts.parent) if facts.parent else None
    if facts.parent and parent is None:
        return Refusal("no_such_department", status=404)
    if parent is not None and not is_new and parent.code in organisation().below(code):
        return Refusal("department_circle")
    before = "" if is_new or found.parent is None else found.parent.code
    found.name, found.name_en, found.kind, found.parent = (
        facts.name.strip(),
        facts.name_en.strip(),
        facts.kind,
        parent,
    )
    found.save(force_insert=is_new)
    note(by, "department_created" if is_new else "department_edited", code, parent=[before, facts.parent])
    return found


@administrators_only
def appoint(by: str, code: str, *, head: str, executive: str, liaison: str) -> Department | Refusal:
    """Say who heads a department, who is in charge of it and whom messages to it reach; empty means nobody."""
    unit = _department(code)
    if unit is None:
        return Refusal("no_such_department", status=404)
    wanted = {"head": head, "executive": executive, "liaison": liaison}
    people = {p.username: p for p in Person.objects.filter(username__in=wanted.values(), is_active=True)}
    if any(name and name not in people for name in wanted.values()):
        return Refusal("no_such_person", status=404)
    before = {role: person.username if (person := getattr(unit, role)) else "" for role in ROLES}
    for role, name in wanted.items():
        setattr(unit, role, people.get(name))
    unit.save(update_fields=list(ROLES))
    changed = {role: [before[role], name] for role, name in wanted.items() if before[role] != name}
    if changed:
        note(by, "department_appointed", code, changed=changed)
    return unit


@administrators_only
def close_department(by: str, code: str) -> Department | Refusal:
    """Close a department that nobody sits in any more; what it did stays on record."""
    unit = _department(code)
    if unit is None:
        return Refusal("no_such_department", status=404)
    current = Posting.objects.filter(
        Q(until=None) | Q(until__gte=today()), department=unit, person__is_active=True
    )
    if current.exists() or unit.parts.filter(is_active=True).exists():
        return Refusal("department_in_use")
    unit.is_active = False
    unit.save(update_fields=["is_active"])
    note(by, "department_closed", code)
    return unit


def end_of(posting: Posting) -> None:
    """End a place as of yesterday; one that began today was a slip of the hand and goes, with its record in the changes."""
    if posting.since >= today():
        posting.delete()
        return
    posting.until = today() - timedelta(days=1)
    posting.save(update_fields=["until", "is_main"])


@administrators_only
def save_post(
    by: str, code: str, *, name: str, name_en: str, department: str, is_new: bool = False
) -> Post | Refusal:
    """Make a post, or change its names and department."""
    found = Post(code=code, order=Post.objects.count()) if is_new else Post.objects.filter(code=code).first()
    unit = _department(department)
    if found is None:
        return Refusal("no_such_post", status=404)
    if unit is None:
        return Refusal("no_such_department", status=404)
    found.name, found.name_en, found.department, found.is_active = name.strip(), name_en.strip(), unit, True
    found.save(force_insert=is_new)
    note(by, "post_created" if is_new else "post_edited", code, department=department)
    return found


@administrators_only
def close_post(by: str, code: str) -> Post | Refusal:
    post = Post.objects.select_for_update().filter(code=code).first()
    if post is None:
        return Refusal("no_such_post", status=404)
    if post.postings.filter(Q(until=None) | Q(until__gte=today()), person__is_active=True).exists():
        return Refusal("post_in_use")
    post.is_active = False
    post.save(update_fields=["is_active"])
    note(by, "post_closed", code)
    return post


def _department(code: str) -> Department | None:
    # of=("self",): the people beside it are read, not changed
    rows = Department.objects.select_for_update(of=("self",)).select_related(*ROLES, "parent")
    return rows.filter(code=code).first()
