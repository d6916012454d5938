"""What is changed about people. Each function is one transaction and returns what came of it, or a refusal.

`by` is the username of whoever asks; PROGRAM ("") stands for the program itself. What is changed about departments
and calendars stands in `structure` and `working_time` and can be called from here too.
"""

from dataclasses import asdict, dataclass

from django.db import connection

from shuli.apps.directory.administration import PROGRAM, administrators_only, may_administer, note, whole
from shuli.apps.directory.example_company import load_example_company
from shuli.apps.directory.grouping import close_group, join_group, leave_group, save_group, save_site
from shuli.apps.directory.leaving import hand_on, merge_department
from shuli.apps.directory.models import Department, Person, Post, Posting
from shuli.apps.directory.queries import today
from shuli.apps.directory.structure import (
    appoint,
    close_department,
    close_post,
    end_of,
    save_department,
    save_post,
)
from shuli.apps.directory.substitution import arrange_substitute, revoke_substitute, when_substitution_changes
from shuli.apps.directory.working_time import (
    clear_day,
    import_china_calendar,
    save_calendar,
    set_day,
    use_calendar,
    use_own_calendar,
)
from shuli.kit import clock, installation, tokens
from shuli.kit.errors import Refusal

__all__ = [
    "PROGRAM",
    "PersonFacts",
    "add_place",
    "appoint",
    "arrange_substitute",
    "clear_day",
    "close_department",
    "close_group",
    "close_post",
    "create_first_administrator",
    "create_person",
    "disable_person",
    "edit_person",
    "edit_profile",
    "enable_person",
    "end_place",
    "hand_on",
    "import_china_calendar",
    "join_group",
    "leave_group",
    "load_example_company",
    "may_administer",
    "merge_department",
    "move_person",
    "note_link",
    "revoke_substitute",
    "save_calendar",
    "save_department",
    "save_group",
    "save_post",
    "save_site",
    "set_day",
    "use_calendar",
    "use_own_calendar",
    "when_substitution_changes",
]

# Of several first administrators at once the others wait here, then find the door closed.
LOCK_DOOR = "SELECT pg_advisory_xact_lock(hashtext('directory: first administrator'))"


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonFacts:
    """What an administrator enters about a person."""

    name: str
    name_en: str = ""
    email: str = ""
    phone: str = ""
    language: str = "zh-hans"
    is_administrator: bool = False
    is_analyst: bool = False


# Accounts -----------------------------------------------------------------------------------------------


@whole
def create_first_administrator(*, username: str, name: str, password: str) -> Person | Refusal:
    """Make the account with which a real installation begins; the door closes with it (B20)."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK_DOOR)
    if installation.kind() == installation.DEMO:
        return Refusal("example_company_here", status=409)
    if Person.objects.filter(is_administrator=True).exists():
        return Refusal("administrator_exists", status=409)
    installation.claim(installation.REAL)
    person = Person(username=username.strip().lower(), name=name.strip(), is_administrator=True)
    person.set_password(password)
    person.save()
    note(PROGRAM, "person_created", person.username, is_administrator=True)
    return person


@administrators_only
def create_person(
    by: str, username: str, facts: PersonFacts, department: str, post: str = ""
) -> Person | Refusal:
    """Make an account without a password; a link lets the person choose one."""
    place = _place(department, post)
    if isinstance(place, Refusal):
        return place
    person = Person(username=username.strip().lower(), **asdict(facts))
    person.set_unusable_password()
    person.save()
    Posting.objects.create(person=person, department=place[0], post=place[1], is_main=True, since=today())
    note(by, "person_created", person.username, department=department, post=post)
    return person


@administrators_only
def edit_person(by: str, username: str, facts: PersonFacts) -> Person | Refusal:
    person = _locked(username)
    if person is None:
        return Refusal("no_such_person", status=404)
    if person.is_administrator and not facts.is_administrator and (refusal := _keeps_one(by, person)):
        return refusal
    before = {key: getattr(person, key) for key in asdict(facts)}
    changed = {key: [before[key], value] for key, value in asdict(facts).items() if before[key] != value}
    for key, value in asdict(facts).items():
        setattr(person, key, value)
    person.save(update_fields=list(before))
    if changed:
        note(by, "person_edited", username, changed=changed)
    return person


@administrators_only
def disable_person(by: str, username: str) -> Person | Refusal:
    """Close an account from the next request on: sessions and tokens end, work can no longer be given to it."""
    person = _locked(username)
    if person is None:
        return Refusal("no_such_person", status=404)
    if refusal := _keeps_one(by, person):
        return refusal
    person.is_active, person.disabled_at = False, clock.now()
    person.save(update_fields=["is_active", "disabled_at"])
    tokens.revoke_all(username)
    note(by, "person_disabled", username)
    return person


@administrators_only
def enable_person(by: str, username: str) -> Person | Refusal:
    person = _locked(username)
    if person is None:
        return Refusal("no_such_person", status=404)
    person.is_active, person.disabled_at = True, None
    person.save(update_fields=["is_active", "disabled_at"])
    note(by, "person_enabled", username)
    return person


@administrators_only
def note_link(by: str, username: str) -> bool | Refusal:
    """Record that somebody was given a link to choose a password."""
    note(by, "link_issued", username)
    return True


@whole
def edit_profile(username: str, *, language: str, phone: str) -> Person | Refusal:
    """Change what people may change about themselves: never a name, a right or a post."""
    person = _locked(username)
    if person is None or not person.is_active:
        return Refusal("no_such_person", status=404)
    person.language, person.phone = language, phone.strip()
    person.save(update_fields=["language", "phone"])
    return person


def _locked(username: str) -> Person | None:
    return Person.objects.select_for_update().filter(username=username).first()


def _keeps_one(by: str, person: Person) -> Refusal | None:
    """Refuse what would leave nobody to administer, or would lock the door behind whoever does it."""
    if person.username == by:
        return Refusal("not_yourself")
    others = (
        Person.objects.select_for_update().filter(is_administrator=True, is_active=True).exclude(pk=person.pk)
    )
    # counted in Python: locked rows cannot be counted by the database
    return None if not person.is_administrator or list(others) else Refusal("last_administrator")


# Places -------------------------------------------------------------------------------------------------


def _place(department: str, post: str) -> tuple[Department, Post | None] | Refusal:
    unit = Department.objects.filter(code=department).first()
    if unit is None:
        return Refusal("no_such_department", status=404)
    if not unit.is_active:
        return Refusal("department_closed", name=unit.display_name())
    held = Post.objects.filter(code=post, is_active=True).first() if post else None
    return Refusal("no_such_post", status=404) if post and held is None else (unit, held)


@administrators_only
def move_person(by: str, username: str, department: str, post: str = "") -> Posting | Refusal:
    """Give a person another main place from today on; the former one ends yesterday and stays on record."""
    person, place = _locked(username), _place(department, post)
    if person is None:
        return Refusal("no_such_person", status=404)
    if isinstance(place, Refusal):
        return place
    former = Posting.objects.filter(person=person, is_main=True, until=None).first()
    if former is not None:
        end_of(former)
    moved = Posting.objects.create(
        person=person, department=place[0], post=place[1], is_main=True, since=today()
    )
    came_from = former.department.code if former else ""
    note(by, "person_moved", username, department=[came_from, department], post=post)
    return moved


@administrators_only
def add_place(by: str, username: str, department: str, post: str = "") -> Posting | Refusal:
    """Give a person a further place, such as a process post beside the main one."""
    person, place = _locked(username), _place(department, post)
    if person is None:
        return Refusal("no_such_person", status=404)
    if isinstance(place, Refusal):
        return place
    note(by, "place_added", username, department=department, post=post)
    return Posting.objects.create(person=person, department=place[0], post=place[1], since=today())


@administrators_only
def end_place(by: str, username: str, posting: int) -> Posting | Refusal:
    found = (
        Posting.objects.select_for_update().filter(pk=posting, person__username=username, until=None).first()
    )
    if found is None:
        return Refusal("no_such_posting", status=404)
    if found.is_main:
        return Refusal("main_place_stays")
    end_of(found)
    post = found.post.code if found.post else ""
    note(by, "place_ended", username, department=found.department.code, post=post)
    return found
