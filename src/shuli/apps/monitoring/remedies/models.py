"""Adjustment actions, each from its diagnosis to the verification that it helped."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shuli.apps.monitoring.knowledge.models import Entry


class Remedy(models.Model):
    """Something that is done so that a figure gets better (调整措施), closed by figures alone."""

    class Source(models.TextChoices):
        FIGURE = "figure", _("A figure")
        ALERT = "alert", _("An alert")
        VIOLATION = "violation", _("A violation")
        GOAL = "goal", pgettext_lazy("source of an action", "A goal")

    class Nature(models.TextChoices):
        PROCESS = "process", _("The process itself")
        RESOURCES = "resources", _("Resources")
        SKILL = "skill", _("Knowledge and skill")
        DUTY = "duty", _("Unclear responsibility")
        DATA = "data", _("Information and data")
        OUTSIDE = "outside", _("Something outside")

    class Severity(models.TextChoices):
        LOW = "low", pgettext_lazy("severity of a problem", "Low")
        MIDDLE = "middle", pgettext_lazy("severity of a problem", "Middle")
        HIGH = "high", pgettext_lazy("severity of a problem", "High")

    class Kind(models.TextChoices):
        PROCESS = "process", _("Optimise the process")
        RESOURCES = "resources", _("Adjust resources")
        TRAINING = "training", _("Strengthen training")

    class Judgement(models.TextChoices):
        EFFECTIVE = "effective", _("Effective")
        INEFFECTIVE = "ineffective", _("Not effective")

    number = models.CharField(max_length=40, unique=True)
    source = models.CharField(max_length=12, choices=Source, default=Source.FIGURE)
    source_key = models.CharField(max_length=64, blank=True)
    process_key = models.CharField(max_length=64, blank=True)
    node = models.CharField(max_length=100, blank=True)
    department = models.CharField(max_length=64, blank=True)

    # The diagnosis.
    problem = models.CharField(max_length=200)
    nature = models.CharField(max_length=12, choices=Nature)
    severity = models.CharField(max_length=12, choices=Severity)
    diagnosis = models.TextField()
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="remedies")

    # What is done.
    kind = models.CharField(max_length=12, choices=Kind)
    action = models.TextField()
    person = models.CharField(max_length=150)
    due = models.DateField()
    done = models.TextField(blank=True)
    done_on = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")

    # Whether it helped: an indicator over so many days, before it was recorded and after it was done.
    indicator = models.CharField(max_length=64)
    expected = models.FloatField()
    better = models.CharField(max_length=4)  # up, down
    days = models.PositiveSmallIntegerField(default=30)
    verify_on = models.DateField()
    before = models.FloatField(null=True)
    after = models.FloatField(null=True)
    after_first = models.DateField(null=True)
    after_last = models.DateField(null=True)
    judgement = models.CharField(max_length=12, choices=Judgement, blank=True)
    judgement_why = models.TextField(blank=True)
    verified_by = models.CharField(max_length=150, blank=True)
    verified_at = models.DateTimeField(null=True)

    recorded_by = models.CharField(max_length=150)
    recorded_on = models.DateField()
    recorded_at = models.DateTimeField()
    reminded_on = models.DateField(null=True)

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            # Closed means verified, with a judgement and why; and only what was done is verified.
            models.CheckConstraint(
                condition=Q(verified_at=None, judgement="")
                | (
                    Q(verified_at__isnull=False, done_at__isnull=False)
                    & ~Q(judgement="")
                    & ~Q(judgement_why="")
                ),
                name="verified_with_a_result",
            )
        ]
        indexes = [
            models.Index(fields=["process_key", "-recorded_at"], name="remedy_of_process"),
            models.Index(fields=["due"], condition=Q(verified_at=None), name="remedy_open"),
        ]

    def __str__(self) -> str:
        return self.number
