"""What has been counted of the running of cases, so that no page counts history."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from shuli.apps.monitoring.alerting import models as alerting
from shuli.apps.monitoring.models.appraisal import Accountability, PassedWork, Scorecard
from shuli.apps.monitoring.models.governance import (
    AuditSample,
    CaseDocuments,
    Rectification,
    SampledCase,
    Violation,
)
from shuli.apps.monitoring.reporting import models as reporting
from shuli.apps.monitoring.survey import models as survey

__all__ = [
    "Accountability",
    "AuditSample",
    "CaseDocuments",
    "Counted",
    "DayCount",
    "PassedWork",
    "Rectification",
    "SampledCase",
    "SatisfactionAnswer",
    "Scorecard",
    "Violation",
    "alerting",
    "reporting",
    "survey",
]


class DayCount(models.Model):
    """What happened on one day at one place: a node of a version in a department; no node: of the cases themselves.

    Sums and counts only, so that days add up to any period exactly. `counting.py` writes it and nobody else.
    """

    day = models.DateField()  # in the company's time zone
    process_key = models.CharField(max_length=64)
    version = models.ForeignKey("catalogue.ProcessVersion", models.PROTECT, related_name="+", db_index=False)
    node = models.CharField(max_length=100, blank=True)
    department = models.CharField(
        max_length=64, blank=True
    )  # lead of the visit; of cases, where they were started

    started = models.PositiveIntegerField(default=0)  # cases
    ended = models.PositiveIntegerField(default=0)  # cases that were completed
    stopped = models.PositiveIntegerField(default=0)  # cases that ended in any other way
    cycle_seconds = models.PositiveBigIntegerField(
        default=0
    )  # of those completed, start to end, by the wall clock
    cycles = ArrayField(
        models.PositiveIntegerField(), default=list
    )  # of the same, in minutes, sorted: for quantiles
    handovers = models.PositiveIntegerField(default=0)  # from one department to another, in cases that ended
    closed = models.PositiveIntegerField(default=0)  # visits that were done or sent back
    due = models.PositiveIntegerField(default=0)  # of these, with a date
    on_time = models.PositiveIntegerField(default=0)  # of these, not after it
    returned = models.PositiveIntegerField(default=0)  # visits that were sent back from
    waiting_seconds = models.PositiveBigIntegerField(default=0)  # working time
    handling_seconds = models.PositiveBigIntegerField(default=0)  # working time
    transfers = models.PositiveIntegerField(default=0)  # of tasks of these visits
    answered = models.PositiveIntegerField(default=0)  # first visits of a case
    answer_seconds = models.PositiveBigIntegerField(
        default=0
    )  # working time until somebody took up the first visit
    rated = models.PositiveIntegerField(default=0)  # answers to a question of satisfaction
    points = models.PositiveBigIntegerField(default=0)  # of these answers, 0 to 100 each
    violations = models.PositiveIntegerField(default=0)  # recorded on the day, and not taken back
    documents_due = models.PositiveIntegerField(default=0)  # mandatory ones of the cases that ended
    documents_there = models.PositiveIntegerField(default=0)  # of these

    partner_rated = models.PositiveIntegerField(default=0)  # answers of other departments about this one
    partner_points = models.PositiveBigIntegerField(default=0)  # of these answers, 0 to 100 each

    class Meta:
        constraints = [
            # Also what a period of a process, or of a department, is summed along.
            models.UniqueConstraint(
                fields=["day", "process_key", "version", "node", "department"],
                name="one_count_a_place_and_day",
            )
        ]
        indexes = [models.Index(fields=["process_key", "day"], name="count_of_process")]

    def __str__(self) -> str:
        return f"{self.day} {self.process_key} {self.node} {self.department}"


class Counted(models.Model):
    """How far counting has come; one row, and the lock of whoever counts."""

    through = models.DateTimeField(null=True)  # None: nothing has been counted yet

    def __str__(self) -> str:
        return str(self.through)


class SatisfactionAnswer(models.Model):
    """What an answer of a form counts as a score of satisfaction, 0 to 100."""

    process_key = models.CharField(max_length=64)
    form_key = models.CharField(max_length=100)
    field = models.CharField(max_length=100)
    answer = models.CharField(max_length=100)
    points = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["process_key", "form_key", "field", "answer"], name="one_score_an_answer"
            ),
            models.CheckConstraint(condition=models.Q(points__lte=100), name="score_to_100"),
        ]

    def __str__(self) -> str:
        return f"{self.form_key}.{self.field}={self.answer}"
