"""The company: its departments, posts and people, who stands in for whom, and when work is done.

Nothing is deleted: who leaves is disabled, a posting ends, a department is closed.
"""

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from shuli.core.worktime import STANDARD_WEEK

USERNAME = r"^[a-z0-9][a-z0-9._@-]*$"
# Codes stand in addresses, pools and process files.
CODE = r"^[a-z0-9][a-z0-9-]*$"


def in_language(name: str, name_en: str, language: str | None = None) -> str:
    """Return the name for a language; the Chinese one where there is no English one."""
    return name_en if name_en and (language or get_language() or "") == "en" else name


def standard_week() -> list[list[list[int]]]:
    return [[list(opening) for opening in day] for day in STANDARD_WEEK]


class Calendar(models.Model):
    """A weekly pattern and its exceptions; one that follows another takes over that one's holidays."""

    class Scope(models.TextChoices):
        COMPANY = "company", _("Company")
        SITE = "site", _("Site")
        DEPARTMENT = "department", _("Department")
        PERSON = "person", pgettext_lazy("calendar for", "Person")

    code = models.SlugField(max_length=64, unique=True)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100, blank=True)
    scope = models.CharField(max_length=16, choices=Scope)
    zone = models.CharField(max_length=64, default="Asia/Shanghai")
    week = models.JSONField(default=standard_week)  # Monday first; a day is a list of [start, end] minutes
    follows = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followers")
    covered = ArrayField(
        models.SmallIntegerField(), default=list, blank=True
    )  # years with all holidays known

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scope"], condition=Q(scope="company"), name="one_company_calendar"
            ),
            models.CheckConstraint(condition=~Q(follows=F("pk")), name="calendar_follows_another"),
            models.CheckConstraint(condition=Q(code__regex=CODE), name="calendar_code_is_plain"),
        ]

    def __str__(self) -> str:
        return self.code

    def display_name(self) -> str:
        return in_language(self.name, self.name_en)


class CalendarDay(models.Model):
    """A day on which a calendar's weekly pattern does not hold."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", _("Holiday")
        MAKE_UP = "make_up", _("Make-up workday")
        CUSTOM = "custom", _("Own hours")

    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="days")
    date = models.DateField()
    kind = models.CharField(max_length=16, choices=Kind)
    spans = models.JSONField(null=True, blank=True)  # [[start, end], …] in minutes; of own hours only
    note = models.CharField(max_length=100, blank=True)
    note_en = models.CharField(max_length=100, blank=True)
    is_imported = models.BooleanField(default=False)  # a new import may replace it; what people enter stays

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["calendar", "date"], name="one_exception_a_day"),
            models.CheckConstraint(
                condition=Q(kind="custom", spans__isnull=False) | (~Q(kind="custom") & Q(spans__isnull=True)),
                name="own_hours_have_spans",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.calendar_id} {self.date:%Y-%m-%d} {self.kind}"

    def display_note(self) -> str:
        return in_language(self.note, self.note_en)


class People(BaseUserManager["Person"]):
    """What Django's commands need to make an account."""

    def create_user(self, username: str, password: str | None = None, **facts: Any) -> "Person":
        person = self.model(username=username, **facts)
        person.set_password(password)
        person.full_clean(exclude=["password"])
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody who works here and signs in; cases name people by `username`, which never changes."""

    username = models.CharField(max_length=150, unique=True)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100, blank=True)  # as the person writes it: Li Min
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    is_active = models.BooleanField(default=True)
    is_administrator = models.BooleanField(default=False)
    is_analyst = models.BooleanField(default=False)
    language = models.CharField(max_length=10, default="zh-hans")
    calendar = models.ForeignKey(Calendar, models.PROTECT, null=True, blank=True, related_name="people")
    joined_at = models.DateTimeField(auto_now_add=True)
    disabled_at = models.DateTimeField(null=True, blank=True)
    # Who does what processes still ask of somebody who has left.
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = People()

    class Meta:
        ordering = ["username"]
        constraints = [
            models.CheckConstraint(condition=Q(username__regex=USERNAME), name="username_is_plain"),
            models.CheckConstraint(condition=~Q(name=""), name="person_has_a_name"),
            models.CheckConstraint(
                condition=Q(is_active=True, disabled_at=None) | Q(is_active=False, disabled_at__isnull=False),
                name="disabled_since_when",
            ),
            models.CheckConstraint(condition=~Q(successor=F("pk")), name="nobody_succeeds_themselves"),
            models.UniqueConstraint(Lower("email"), condition=~Q(email=""), name="one_person_a_mail_address"),
        ]

    def __str__(self) -> str:
        return self.username

    def display_name(self) -> str:
        return in_language(self.name, self.name_en)

    @property
    def department(self) -> "Department | None":
        """Return the department of the main posting."""
        main = self.postings.filter(is_main=True, until=None).select_related("department").first()
        return main.department if main else None


class Site(models.Model):
    """A place where departments work, with a working calendar of its own if it has one."""

    code = models.SlugField(max_length=64, unique=True)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100, blank=True)
    calendar = models.ForeignKey(Calendar, models.PROTECT, null=True, blank=True, related_name="sites")

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="site_has_a_name"),
            models.CheckConstraint(condition=Q(code__regex=CODE), name="site_code_is_plain"),
        ]

    def __str__(self) -> str:
        return self.code

    def display_name(self) -> str:
        return in_language(self.name, self.name_en)


class Department(models.Model):
    """An organisational unit that can be responsible for a step, or help with it."""

    class Kind(models.TextChoices):
        MANAGEMENT = "management", _("Management")
        DEPARTMENT = "department", _("Department")
        SECTION = "section", _("Section")
        CENTRE = "centre", _("Centre")

    code = models.SlugField(max_length=64, unique=True)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100, blank=True)
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.DEPARTMENT)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    head = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="heads")
    executive = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="in_charge_of")
    liaison = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="liaison_of")
    calendar = models.ForeignKey(Calendar, models.PROTECT, null=True, blank=True, related_name="departments")
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="departments")
    # Of a closed department: who does its work now, and heads it.
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")
    order = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["order", "code"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="department_has_a_name"),
            models.CheckConstraint(condition=Q(code__regex=CODE), name="department_code_is_plain"),
            models.CheckConstraint(condition=~Q(parent=F("pk")), name="department_is_not_its_own_part"),
            models.CheckConstraint(
                condition=Q(successor=None) | Q(is_active=False), name="successor_of_a_closed_department"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def display_name(self) -> str:
        return in_language(self.name, self.name_en)


class Post(models.Model):
    """A position in a department, on which rights and duties hang."""

    code = models.SlugField(max_length=64, unique=True)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100, blank=True)
    department = models.ForeignKey(Department, models.PROTECT, related_name="posts")
    order = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["order", "code"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="post_has_a_name"),
            models.CheckConstraint(condition=Q(code__regex=CODE), name="post_code_is_plain"),
        ]

    def __str__(self) -> str:
        return self.code

    def display_name(self) -> str:
        return in_language(self.name, self.name_en)


class Group(models.Model):
    """A candidate group (候选组): people, posts and departments who may take a task together."""

    code = models.SlugField(max_length=64, unique=True)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100, blank=True)
    people = models.ManyToManyField(Person, blank=True, related_name="candidate_groups")
    posts = models.ManyToManyField(Post, blank=True, related_name="candidate_groups")
    departments = models.ManyToManyField(Department, blank=True, related_name="candidate_groups")
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="group_has_a_name"),
            models.CheckConstraint(condition=Q(code__regex=CODE), name="group_code_is_plain"),
        ]

    def __str__(self) -> str:
        return self.code

    def display_name(self) -> str:
        return in_language(self.name, self.name_en)


class Posting(models.Model):
    """A person's place in a department, with or without a post, for a time."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="postings")
    department = models.ForeignKey(Department, models.PROTECT, related_name="postings")
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="postings")
    is_main = models.BooleanField(default=False)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)  # the last day

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(is_main=True, until=None), name="one_main_posting_a_person"
            ),
            models.UniqueConstraint(
                fields=["person", "department", "post"],
                condition=Q(until=None),
                nulls_distinct=False,
                name="no_posting_twice",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="posting_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.department_id} {self.since}"

    def is_current(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on <= self.until)


class Substitute(models.Model):
    """Who stands in for a person, from one moment until another."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="substitutes")
    substitute = models.ForeignKey(Person, models.PROTECT, related_name="stands_in_for")
    since = models.DateTimeField()
    until = models.DateTimeField()  # exclusive
    processes = ArrayField(models.CharField(max_length=64), default=list, blank=True)  # empty: all of them
    sweep = models.BooleanField(default=False)  # also what is open already when it begins
    note = models.CharField(max_length=200, blank=True)
    recorded_by = models.CharField(max_length=150)  # username
    revoked_at = models.DateTimeField(null=True, blank=True)
    begun_at = models.DateTimeField(null=True, blank=True)  # what was open has been looked through
    ended_at = models.DateTimeField(null=True, blank=True)  # what was not done has gone back

    class Meta:
        ordering = ["-since"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="substitution_has_a_length"),
            models.CheckConstraint(
                condition=~Q(person=F("substitute")), name="nobody_substitutes_themselves"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.substitute_id}"


class Change(models.Model):
    """What an administrator changed here: who, when, what, and how it was before."""

    at = models.DateTimeField()
    by = models.CharField(max_length=150)  # username; empty for the program itself
    what = models.CharField(max_length=40)  # person_moved, day_edited, …
    subject = models.CharField(max_length=150)  # code or username
    details = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-pk"]
        # the page of one person or department shows its own changes
        indexes = [models.Index(fields=["subject", "-at"], name="change_by_subject")]

    def __str__(self) -> str:
        return f"{self.what} {self.subject}"


class KeptCalendar(models.Model):
    """A working calendar as it was when work was closed by it, under a name made of its content; never changed."""

    name = models.CharField(primary_key=True, max_length=32)  # `WorkCalendar.fingerprint`
    content = models.JSONField()
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Edition(models.Model):
    """What changes with every change to departments, posts, calendars or who is active; at most one row.

    Triggers of migration 0002 write it, so that every process sees an edit at its next question, however it was made.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    stamp = models.UUIDField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_directory_edition")]

    def __str__(self) -> str:
        return str(self.stamp)


class SavedView(models.Model):
    """A page as somebody asked for it, under a name: an address with what was chosen on it, and nobody's right."""

    person = models.CharField(max_length=150)  # whose
    name = models.CharField(max_length=60)
    group = models.CharField(max_length=32)  # of the pages on which it is offered
    path = models.CharField(max_length=200)
    query = models.CharField(max_length=1000, blank=True)
    # "": nobody; a department's code; ALL: everybody who may open the page
    shared_with = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()

    ALL = "*"

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            # Also by which the views of a page are found.
            models.UniqueConstraint(fields=["person", "group", "name"], name="one_saved_view_a_name"),
        ]
        indexes = [
            models.Index(
                fields=["group", "shared_with"], condition=~Q(shared_with=""), name="saved_view_shared"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.name}"
