"""Scorecards as they were reckoned, work that was passed to and fro, and who answers for a violation."""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from shuli.apps.monitoring.models.governance import Violation


class Scorecard(models.Model):
    """How a department or a post did in a month or quarter (绩效计分卡)."""

    kind = models.CharField(max_length=8)  # month, quarter
    first = models.DateField()
    subject = models.CharField(max_length=12)  # department, post
    code = models.CharField(max_length=64)
    figures = models.JSONField(default=dict)  # of scoring.card()
    causes = models.JSONField(default=list)  # late steps, those of the process first
    reckoned_at = models.DateTimeField()

    class Meta:
        ordering = ["-first", "subject", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "first", "subject", "code"], name="one_scorecard_a_period"
            )
        ]

    def __str__(self) -> str:
        return f"{self.first} {self.code}"


class PassedWork(models.Model):
    """A case whose work two departments passed to and fro (推诿)."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    process_key = models.CharField(max_length=64)
    one = models.CharField(max_length=64)
    other = models.CharField(max_length=64)
    hops = models.PositiveSmallIntegerField()
    last_at = models.DateTimeField()

    class Meta:
        ordering = ["-last_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["case", "one", "other"], name="passed_once_a_pair")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.one} {self.other}"


class Accountability(models.Model):
    """Who answers for a violation, with what measure, and what became of an appeal (责任追究). Read by few."""

    class Measure(models.TextChoices):
        TALK = "talk", pgettext_lazy("measure", "Talk")
        TRAINING = "training", pgettext_lazy("measure", "Training")
        WARNING = "warning", pgettext_lazy("measure", "Warning")
        DEDUCTION = "deduction", pgettext_lazy("measure", "Deduction from the appraisal")
        OTHER = "other", pgettext_lazy("measure", "Other")

    class Outcome(models.TextChoices):
        UPHELD = "upheld", pgettext_lazy("appeal", "Upheld")
        WITHDRAWN = "withdrawn", pgettext_lazy("appeal", "Withdrawn")

    violation = models.ForeignKey(Violation, models.PROTECT, related_name="accountability")
    person = models.CharField(max_length=150)
    department = models.CharField(max_length=64)
    finding = models.TextField()
    measure = models.CharField(max_length=16, choices=Measure)
    detail = models.TextField(blank=True)
    decided_by = models.CharField(max_length=150)
    decided_at = models.DateTimeField()
    appeal = models.TextField(blank=True)
    appealed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=16, choices=Outcome, blank=True)
    answer = models.TextField(blank=True)
    answered_by = models.CharField(max_length=150, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["violation", "person"], name="one_decision_a_person"),
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(appealed_at__isnull=False),
                name="answered_what_was_appealed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.violation_id} {self.person}"
