"""How a version comes into force: the change that is asked for, and who has to read what it brings."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Change(models.Model):
    """A new version of a process on its way: what is handed in stays as it was, whatever becomes of the draft."""

    class State(models.TextChoices):
        REVIEW = "review", _("Under review")
        RETURNED = "returned", _("To be revised")
        PUBLISHED = "published", _("Published")
        REJECTED = "rejected", _("Rejected")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    process = models.ForeignKey("Process", models.PROTECT, related_name="changes")
    # What it was handed in from; it is drawn on only after a return.
    draft = models.ForeignKey("Draft", models.PROTECT, related_name="changes", null=True)
    # The version that it is held against: the one in force when it was handed in.
    base = models.ForeignKey("ProcessVersion", models.PROTECT, related_name="+", null=True)
    state = models.CharField(max_length=16, choices=State, default=State.REVIEW)
    bpmn = models.TextField()
    forms = models.JSONField(default=dict)
    documents = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    edition = models.PositiveIntegerField(default=1)  # counts what was handed in again after a return
    summary = models.CharField(max_length=300)  # what changes
    reason = models.TextField()  # why
    effective_on = models.DateField(null=True)  # None: as soon as it is approved
    transition_days = models.PositiveSmallIntegerField(default=3)
    training = models.TextField(blank=True)  # what people are taught, and when
    # Whether it was held against laws and the company's own rules, by whom and with what result.
    complies = models.BooleanField(default=False)
    compliance_note = models.TextField(blank=True)
    compliance_by = models.CharField(max_length=150, blank=True)
    compliance_at = models.DateTimeField(null=True)
    # What the trial run before the publication has shown.
    trial = models.TextField(blank=True)
    front_line = models.JSONField(default=list)  # usernames: who says whether it can be done so
    departments = models.JSONField(default=list)  # codes: whose heads countersign
    told = models.JSONField(default=list)  # codes of the departments whose people have to read it
    person = models.CharField(max_length=150)
    at = models.DateTimeField()
    case_number = models.CharField(max_length=40, blank=True)  # of the case by which it is decided
    ended_at = models.DateTimeField(null=True)
    version = models.ForeignKey("ProcessVersion", models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            # Two changes at once would publish one over the other.
            models.UniqueConstraint(
                fields=["process"],
                condition=Q(state__in=["review", "returned"]),
                name="one_change_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.process_id} {self.at:%Y-%m-%d}"


class Reading(models.Model):
    """Somebody who has to know of a new version, and when they said that they have read it."""

    version = models.ForeignKey("ProcessVersion", models.CASCADE, related_name="readings")
    person = models.CharField(max_length=150)
    asked_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "person"], name="one_reading_a_person"),
        ]
        indexes = [
            # "To read" in My work asks for them at every page.
            models.Index(fields=["person"], condition=Q(read_at=None), name="reading_open"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.version_id}"
