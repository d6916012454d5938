"""What has been counted of the running of cases, so that no page counts history."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shuli.apps.monitoring.alerting import models as alerting
from shuli.apps.monitoring.goals import models as goals
from shuli.apps.monitoring.knowledge import models as knowledge
from shuli.apps.monitoring.models.appraisal import Accountability, PassedWork, Scorecard
from shuli.apps.monitoring.models.governance import (
    AuditSample,
    CaseDocuments,
    Rectification,
    SampledCase,
    Violation,
)
from shuli.apps.monitoring.own.models import OwnDay, OwnDayCount, OwnIndicator
from shuli.apps.monitoring.remedies import models as remedies
from shuli.apps.monitoring.reporting import models as reporting
from shuli.apps.monitoring.sources import models as sources
from shuli.apps.monitoring.survey import models as survey

__all__ = [
    "Accountability",
    "AuditSample",
    "CaseDocuments",
    "Counted",
    "DayCount",
    "OwnDay",
    "OwnDayCount",
    "OwnIndicator",
    "PassedWork",
    "Rectification",
    "SampledCase",
    "SatisfactionAnswer",
    "Scorecard",
    "Violation",
    "alerting",
    "goals",
    "knowledge",
    "remedies",
    "reporting",
    "sources",
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
    reworked = models.PositiveIntegerField(default=0)  # visits closed that were not the first of their node
    paused_seconds = models.PositiveBigIntegerField(default=0)  # working time in which their case stood still
    comments = models.PositiveIntegerField(default=0)  # on cases that ended
    complaints = models.PositiveIntegerField(default=0)  # of the cases started, those that are complaints
    # What it cost, in hundredths of the company's currency: what nodes say, and what people wrote into forms.
    people_cents = models.BigIntegerField(default=0)
    material_cents = models.BigIntegerField(default=0)
    money_cents = models.BigIntegerField(default=0)

    partner_rated = models.PositiveIntegerField(default=0)  # answers of other departments about this one
    partner_points = models.PositiveBigIntegerField(default=0)  # of these answers, 0 to 100 each
    surveyed = models.PositiveIntegerField(default=0)  # questions asked after closing
    responded = models.PositiveIntegerField(default=0)  # of these, answered by now
    steps = models.PositiveIntegerField(default=0)  # visits of the cases that ended
    approvals = models.PositiveIntegerField(default=0)  # of these, of nodes that decide
    departed = models.PositiveIntegerField(
        default=0
    )  # cases that ended after somebody had moved them by hand

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


class NodeFact(models.Model):
    """What a node of a version costs each time and whether it decides, as its model says; read once, for versions never change."""

    version = models.ForeignKey("catalogue.ProcessVersion", models.PROTECT, related_name="+")
    node = models.CharField(max_length=100)
    cents = models.BigIntegerField()
    is_approval = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "node"], name="one_cost_a_node")]

    def __str__(self) -> str:
        return f"{self.node} {self.cents}"


class CostField(models.Model):
    """A field of a form in which people write what a case cost."""

    class Kind(models.TextChoices):
        PEOPLE = "people", pgettext_lazy("cost", "People")
        MATERIAL = "material", _("Material")
        MONEY = "money", _("Money")

    process_key = models.CharField(max_length=64)
    form_key = models.CharField(max_length=100)
    field = models.CharField(max_length=100)
    kind = models.CharField(max_length=16, choices=Kind)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["process_key", "form_key", "field"], name="one_kind_a_cost_field")
        ]

    def __str__(self) -> str:
        return f"{self.form_key}.{self.field} {self.kind}"


class AnnouncedVolume(models.Model):
    """How many cases of a process a month has altogether, those that run past the system among them; its owner says so."""

    process_key = models.CharField(max_length=64)
    month = models.DateField()  # its first day
    count = models.PositiveIntegerField()
    person = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["process_key", "month"], name="one_volume_a_month")]

    def __str__(self) -> str:
        return f"{self.process_key} {self.month} {self.count}"


class Counted(models.Model):
    """How far counting has come; one row, and the lock of whoever counts."""

    through = models.DateTimeField(null=True)  # None: nothing has been counted yet
    changed = models.PositiveBigIntegerField(
        default=0
    )  # how often a count became another one; open pages ask for it

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
