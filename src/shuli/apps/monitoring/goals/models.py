"""What is to be reached where until when, and who has been told."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy


class Goal(models.Model):
    """A goal of the work (工作目标): an indicator at a place, from its baseline to a target, in a time."""

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("goal", "Not begun")
        UNKNOWN = "unknown", pgettext_lazy("goal", "No figures yet")
        ON_TRACK = "on_track", pgettext_lazy("goal", "On track")
        AT_RISK = "at_risk", pgettext_lazy("goal", "At risk")
        MET = "met", pgettext_lazy("goal", "Met")
        MISSED = "missed", pgettext_lazy("goal", "Missed")

    title = models.CharField(max_length=120)
    indicator = models.CharField(max_length=64)  # a key of INDICATORS
    process_key = models.CharField(max_length=64, blank=True)
    node = models.CharField(max_length=100, blank=True)
    department = models.CharField(max_length=64, blank=True)
    baseline_first = models.DateField()
    baseline_last = models.DateField()
    # In the indicator's own measure; of a total, what the baseline's time comes to over the goal's.
    baseline = models.FloatField(null=True)
    target = models.FloatField()
    better = models.CharField(max_length=4)  # up, down
    first = models.DateField()
    last = models.DateField()
    standard = models.TextField()  # by what the work is assessed (考核标准)
    people = ArrayField(models.CharField(max_length=150), default=list, blank=True)
    posts = ArrayField(models.CharField(max_length=64), default=list, blank=True)
    departments = ArrayField(models.CharField(max_length=64), default=list, blank=True)
    set_by = models.CharField(max_length=150)
    set_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.TextField(blank=True)

    # As it was reckoned last.
    state = models.CharField(max_length=12, choices=State, default=State.PLANNED)
    state_since = models.DateTimeField(null=True)
    value = models.FloatField(null=True)
    expected = models.FloatField(null=True)
    progress = models.FloatField(null=True)
    reckoned_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["last", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(first__lte=F("last")), name="goal_begins_before_it_ends"),
        ]
        indexes = [
            # What runs: for the job that follows goals, and for the pages of places.
            models.Index(
                fields=["process_key", "last"],
                condition=Q(published_at__isnull=False, withdrawn_at=None),
                name="goal_running",
            )
        ]

    def __str__(self) -> str:
        return self.title


class GoalReader(models.Model):
    """Somebody whom a goal concerns: told when, read when."""

    goal = models.ForeignKey(Goal, models.PROTECT, related_name="readers")
    person = models.CharField(max_length=150)
    told_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["goal", "person"], name="told_once_a_goal")]
        indexes = [models.Index(fields=["person"], name="goals_of_person")]

    def __str__(self) -> str:
        return f"{self.goal_id} {self.person}"
