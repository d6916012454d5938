"""Handing on what the organisation keeps under somebody's name when they leave (离职转交). Doing it twice is harmless."""

from dataclasses import dataclass, field

from django.db.models import Q

from shuli.apps.directory.administration import administrators_only, note
from shuli.apps.directory.listing import current_postings
from shuli.apps.directory.models import Department, Group, Person, Post, Posting, Substitute
from shuli.apps.directory.queries import members, today
from shuli.apps.directory.structure import ROLES, end_of
from shuli.kit import clock
from shuli.kit.errors import Refusal


@dataclass(frozen=True, kw_only=True, slots=True)
class PostHeld:
    code: str
    is_alone: bool  # nobody else holds it, so its work would find nobody


@dataclass(frozen=True, kw_only=True, slots=True)
class Role:
    department: str  # code
    role: str  # head, executive, liaison


@dataclass(frozen=True, kw_only=True)
class Named:
    """Where the organisation names a person."""

    posts: tuple[PostHeld, ...] = ()
    roles: tuple[Role, ...] = ()
    groups: tuple[str, ...] = ()
    stands_in_for: tuple[Substitute, ...] = ()
    substitutes: tuple[Substitute, ...] = ()
    departments: tuple[str, ...] = field(default=())  # places without a post: they end with the account


def named(username: str) -> Named:
    """Return where the organisation names a person, now or later."""
    places = current_postings().filter(person__username=username)
    held = dict.fromkeys(places.exclude(post=None).values_list("post__code", flat=True))
    units = places.filter(post=None).values_list("department__code", flat=True)
    live = Substitute.objects.filter(revoked_at=None, until__gt=clock.now()).select_related(
        "person", "substitute"
    )
    return Named(
        posts=tuple(
            PostHeld(code=str(code), is_alone=set(members(f"post:{code}")) <= {username}) for code in held
        ),
        roles=tuple(_roles(username)),
        groups=tuple(
            Group.objects.filter(people__username=username, is_active=True).values_list("code", flat=True)
        ),
        stands_in_for=tuple(live.filter(substitute__username=username)),
        substitutes=tuple(live.filter(person__username=username)),
        departments=tuple(units),
    )


def successor_of(username: str) -> str | None:
    """Return who takes over what processes ask of a person by name, if that is settled."""
    rows = Person.objects.filter(username=username).values_list("successor__username", flat=True)
    return rows.first()


def _roles(username: str) -> list[Role]:
    wanted = Q(head__username=username) | Q(executive__username=username) | Q(liaison__username=username)
    rows = Department.objects.filter(wanted, is_active=True).select_related(*ROLES)
    return [
        Role(department=unit.code, role=role)
        for unit in rows
        for role in ROLES
        if (person := getattr(unit, role)) and person.username == username
    ]


@dataclass(frozen=True, kw_only=True, slots=True)
class Handing:
    """Who gets what, by username; nobody means that it stays for now."""

    posts: str = ""
    roles: str = ""
    groups: str = ""
    substitutions: str = ""
    processes: str = ""  # what models still ask of the person by name


@administrators_only
def hand_on(by: str, username: str, to: Handing) -> Named | Refusal:
    """Give what is named to its successors, in one transaction; return what is left."""
    person = Person.objects.select_for_update().filter(username=username).first()
    if person is None:
        return Refusal("no_such_person", status=404)
    wanted = {name for name in (to.posts, to.roles, to.groups, to.substitutions, to.processes) if name}
    people = {one.username: one for one in Person.objects.filter(username__in=wanted, is_active=True)}
    if wanted - people.keys():
        return Refusal("no_such_person", status=404)
    if username in wanted:
        return Refusal("successor_is_same")
    found = named(username)
    if to.posts:
        _hand_posts(person, people[to.posts])
    if to.roles:
        _hand_roles(found.roles, people[to.roles])
    if to.groups:
        _hand_groups(person, people[to.groups])
    if to.substitutions:
        _hand_substitutions(found, people[to.substitutions])
    if to.processes:
        person.successor = people[to.processes]
        person.save(update_fields=["successor"])
    given = {key: name for key in Handing.__slots__ if (name := getattr(to, key))}
    note(by, "handed_on", username, **given)
    return named(username)


def _hand_posts(person: Person, successor: Person) -> None:
    """End the person's places with a post; the successor gets those posts beside their own."""
    for row in Posting.objects.filter(person=person, until=None).exclude(post=None).select_related("post"):
        holds = Posting.objects.filter(person=successor, department=row.department, post=row.post, until=None)
        if not holds.exists():
            Posting.objects.create(person=successor, department=row.department, post=row.post, since=today())
        # The main place stays on record without its post until the account closes.
        seat = Posting.objects.filter(person=person, department=row.department, post=None, until=None)
        if row.is_main and not seat.exists():
            row.post = None
            row.save(update_fields=["post"])
        else:
            end_of(row)


def _hand_roles(roles: tuple[Role, ...], successor: Person) -> None:
    for one in roles:
        Department.objects.filter(code=one.department).update(**{one.role: successor})


def _hand_groups(person: Person, successor: Person) -> None:
    for group in Group.objects.filter(people=person):
        group.people.remove(person)
        group.people.add(successor)


def _hand_substitutions(found: Named, successor: Person) -> None:
    """Let the successor stand in where the person would have; nobody need stand in for the person any more."""
    for rule in found.stands_in_for:
        if rule.person_id == successor.pk:
            rule.revoked_at = clock.now()
            rule.save(update_fields=["revoked_at"])
        else:
            rule.substitute = successor
            rule.save(update_fields=["substitute"])
    Substitute.objects.filter(pk__in=[rule.pk for rule in found.substitutes]).update(revoked_at=clock.now())


# Departments --------------------------------------------------------------------------------------------


@administrators_only
def merge_department(by: str, code: str, into: str) -> Department | Refusal:
    """Close a department whose people, posts, parts and open work another one takes over.

    Cases go on naming the closed one: its pool, head and calendar are the successor's from now on.
    """
    units = {
        unit.code: unit
        for unit in Department.objects.select_for_update(of=("self",)).filter(code__in=[code, into])
    }
    closing, successor = units.get(code), units.get(into)
    if closing is None or successor is None:
        return Refusal("no_such_department", status=404)
    if not closing.is_active or not successor.is_active:
        return Refusal("department_closed", name=(successor if closing.is_active else closing).display_name())
    if code == into or closing.pk in _line_above(successor):
        return Refusal("department_circle")
    _move_people(closing, successor)
    Post.objects.filter(department=closing).update(department=successor)
    Department.objects.filter(parent=closing).update(parent=successor)
    closing.is_active, closing.successor = False, successor
    closing.save(update_fields=["is_active", "successor"])
    note(by, "department_merged", code, into=into)
    return closing


def _line_above(unit: Department) -> list[int]:
    found: list[int] = []
    above = unit.parent
    while above is not None and above.pk not in found:
        found.append(above.pk)
        above = above.parent
    return found


def _move_people(closing: Department, successor: Department) -> None:
    """End every place in the closing department today and give the same one in the successor."""
    for row in Posting.objects.filter(department=closing, until=None).select_related("post", "person"):
        there = Posting.objects.filter(
            person=row.person, department=successor, post=row.post, until=None
        ).first()
        if there is None:
            there = Posting(person=row.person, department=successor, post=row.post, since=today())
        there.is_main = there.is_main or row.is_main
        end_of(row)
        there.save()
