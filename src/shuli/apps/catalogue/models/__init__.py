"""The process register: a process, its immutable versions, and what belongs to each."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shuli.apps.catalogue.models.drafts import Draft
from shuli.apps.catalogue.models.handbook import DutyReceipt, HandbookEdition
from shuli.apps.catalogue.models.publication import Change, Reading
from shuli.apps.catalogue.models.rules import OperatingRule, RuleReview
from shuli.core.text import Text


class Process(models.Model):
    """A named goal-directed ordered set of activities; its versions say how it runs."""

    class Category(models.TextChoices):
        STRATEGIC = "strategic", _("Strategic process")
        CORE = "core", _("Core process")
        SUPPORT = "support", _("Support process")

    class Importance(models.TextChoices):
        KEY = "key", _("Key process")
        MAJOR = "major", _("Major")
        ORDINARY = "ordinary", _("Ordinary")

    key = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    goal = models.TextField(blank=True)
    goal_en = models.TextField(blank=True)
    category = models.CharField(max_length=16, choices=Category, default=Category.CORE)
    level = models.CharField(max_length=2, default="L3")
    domain = models.CharField(max_length=100, blank=True)
    domain_en = models.CharField(max_length=100, blank=True)
    owner_post = models.CharField(max_length=64, blank=True)
    supervisor_post = models.CharField(max_length=64, blank=True)
    # Pools whose members may start a case; empty: everybody in the company.
    starters = models.JSONField(default=list, blank=True)
    action = models.CharField(max_length=100, blank=True)  # what starting it is called: 登记客户投诉
    action_en = models.CharField(max_length=100, blank=True)
    icon = models.CharField(max_length=40, default="sitemap")
    code = models.CharField(max_length=40, blank=True)  # the company’s own number: L3-KF-01
    department = models.CharField(max_length=64, blank=True)  # which owns it; by its code
    importance = models.CharField(max_length=16, choices=Importance, default=Importance.MAJOR)
    # The laws and rules of the company that it follows: [{"zh": …, "en": …}].
    regulations = models.JSONField(default=list, blank=True)
    next_review_on = models.DateField(null=True, blank=True)
    # What comes next where no model runs yet.
    next_step = models.CharField(max_length=300, blank=True)
    next_step_en = models.CharField(max_length=300, blank=True)
    retired_at = models.DateTimeField(null=True)  # out of service: it starts nothing any more
    # Whoever edited the entry last; then the library no longer writes over it.
    edited_by = models.CharField(max_length=150, blank=True)
    edited_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key

    @property
    def names(self) -> Text:
        return Text(zh=self.name, en=self.name_en)

    @property
    def goals(self) -> Text:
        return Text(zh=self.goal, en=self.goal_en)

    @property
    def domains(self) -> Text:
        return Text(zh=self.domain, en=self.domain_en)

    @property
    def next_steps(self) -> Text:
        return Text(zh=self.next_step, en=self.next_step_en)

    @property
    def action_names(self) -> Text:
        """Return what starting the process is called, or its name."""
        return Text(zh=self.action or self.name, en=self.action_en or self.name_en)


class ProcessVersion(models.Model):
    """An immutable published revision; cases stay pinned to the one that they started with."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        COMING = "coming", _("Takes effect later")
        PUBLISHED = "published", _("In force")
        TRANSITION = "transition", _("In transition")
        RETIRED = "retired", _("Retired")

    process = models.ForeignKey(Process, models.PROTECT, related_name="versions")
    number = models.CharField(max_length=20)
    status = models.CharField(max_length=16, choices=Status, default=Status.DRAFT)
    bpmn = models.TextField()
    forms = models.JSONField(default=dict)  # form key -> form definition
    documents = models.JSONField(default=dict)  # document key -> {"zh": …, "en": …}
    digest = models.CharField(
        max_length=64
    )  # of all three: the library is installed again only when it changed
    published_at = models.DateTimeField(null=True)
    effective_at = models.DateTimeField(null=True)
    # Since when it is no longer the one in force, and until when it may be started beside the next one.
    replaced_at = models.DateTimeField(null=True)
    transition_until = models.DateTimeField(null=True)
    # How long the version before stays beside this one, once this one takes effect.
    transition_days = models.PositiveSmallIntegerField(default=0)
    summary = models.CharField(max_length=300, blank=True)  # what it changed
    reason = models.TextField(blank=True)
    author = models.CharField(max_length=150, blank=True)  # empty: it came with the library
    approver = models.CharField(max_length=150, blank=True)
    compliance_by = models.CharField(max_length=150, blank=True)
    compliance_at = models.DateTimeField(null=True)
    compliance_note = models.TextField(blank=True)
    training = models.TextField(blank=True)
    case_number = models.CharField(max_length=40, blank=True)  # of the case that decided about it
    paper_place = models.CharField(max_length=200, blank=True)  # where the printed copy is kept
    # In a transition every limit is so many times as long, on steps that begin on these days.
    buffer = models.DecimalField(max_digits=4, decimal_places=2, default=1)
    buffer_since = models.DateField(null=True)
    buffer_until = models.DateField(null=True)  # the last day

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(buffer__gte=1) & Q(buffer__lte=9), name="buffer_only_lengthens"
            ),
            models.CheckConstraint(
                condition=Q(buffer_since=None, buffer_until=None)
                | Q(buffer_since__isnull=False, buffer_until__gte=F("buffer_since")),
                name="buffer_has_two_dates",
            ),
            models.UniqueConstraint(fields=["process", "number"], name="one_version_a_number"),
            models.UniqueConstraint(
                fields=["process"], condition=Q(status="coming"), name="one_version_to_come"
            ),
            models.UniqueConstraint(
                fields=["process"], condition=Q(status="published"), name="one_version_in_force"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.process_id} v{self.number}"


class Schedule(models.Model):
    """A start event that starts cases by itself; the row is the lock under which one worker does so."""

    process = models.ForeignKey(Process, models.PROTECT, related_name="schedules")
    node = models.CharField(max_length=100)
    version = models.ForeignKey(ProcessVersion, models.PROTECT, related_name="+")  # whose rule counts
    rule = models.JSONField()  # the timer's rule as it was read: another one begins anew
    since = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)  # moments that have passed
    next_at = models.DateTimeField(null=True)  # None: it has started for the last time
    last_at = models.DateTimeField(null=True)  # the moment of the last case that it started
    paused_at = models.DateTimeField(null=True)
    paused_by = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["process", "node"], name="one_schedule_a_start")]
        indexes = [models.Index(fields=["next_at"], condition=Q(paused_at=None), name="schedule_due")]

    def __str__(self) -> str:
        return f"{self.process_id}/{self.node}"


class Decision(models.Model):
    """A decision (a table, mostly) that a process asks, or the whole company; it is published on its own."""

    key = models.SlugField(max_length=64, unique=True)
    process = models.ForeignKey(Process, models.PROTECT, related_name="decisions", null=True, blank=True)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    # What its owners are at: empty when there is nothing but what is published.
    draft = models.TextField(blank=True)
    draft_by = models.CharField(max_length=150, blank=True)
    draft_at = models.DateTimeField(null=True)
    # Counts the savings, so that of two who edit at once the second is told.
    draft_number = models.PositiveIntegerField(default=0)
    # Rows to try it with: [{"inputs": {column: FEEL}, "expected": [FEEL]}].
    samples = models.JSONField(default=list, blank=True)
    # What the library ships now, for whoever has made the table their own; empty where it ships none.
    shipped = models.TextField(blank=True)
    shipped_digest = models.CharField(max_length=64, blank=True)
    shipped_at = models.DateTimeField(null=True)
    # The edition of the library that the owner has answered: taken over, or declined.
    answered_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key

    @property
    def names(self) -> Text:
        return Text(zh=self.name, en=self.name_en)


class DecisionVersion(models.Model):
    """What was published of a decision, by whom, why and from when on; it never changes."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    dmn = models.TextField()
    digest = models.CharField(max_length=64)
    # who published it; empty: it came with the library
    person = models.CharField(max_length=150, blank=True)
    reason = models.TextField(blank=True)
    published_at = models.DateTimeField()
    effective_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "number"], name="one_decision_version_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} v{self.number}"


__all__ = [
    "Change", "Decision", "DecisionVersion", "Draft", "DutyReceipt", "HandbookEdition", "OperatingRule", "Process",
    "ProcessVersion", "Reading", "RuleReview", "Schedule",
]  # fmt: skip
