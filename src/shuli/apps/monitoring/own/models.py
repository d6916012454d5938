"""An own indicator, and what was counted of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OwnIndicator(models.Model):
    """What the owner of a process wants to know of it."""

    class Grain(models.TextChoices):
        VISIT = "visit", _("For each visit closed")
        CASE = "case", _("For each case ended")

    class Together(models.TextChoices):
        MEAN = "mean", _("Mean of the values")
        SUM = "sum", _("Sum of the values")
        SHARE = "share", _("Share of those for which it is true")
        COUNT = "count", _("Number of those for which it is true")

    class Unit(models.TextChoices):
        SHARE = "share", pgettext_lazy("unit", "Share (%)")
        HOURS = "hours", pgettext_lazy("unit", "Hours")
        DAYS = "days", pgettext_lazy("unit", "Working days")
        NUMBER = "number", pgettext_lazy("unit", "Number")
        MONEY = "money", pgettext_lazy("unit", "Money")
        POINTS = "points", pgettext_lazy("unit", "Points")

    class Better(models.TextChoices):
        UP = "up", _("More is better")
        DOWN = "down", _("Less is better")
        NEITHER = "", _("Neither")

    process_key = models.CharField(max_length=64)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=100, blank=True)
    grain = models.CharField(max_length=8, choices=Grain, default=Grain.VISIT)
    source = models.TextField()  # FEEL
    together = models.CharField(max_length=8, choices=Together, default=Together.MEAN)
    unit = models.CharField(max_length=8, choices=Unit, default=Unit.NUMBER)
    better = models.CharField(max_length=4, choices=Better, blank=True)
    # As it is entered: 95 of a share in %, 1.5 of hours.
    target = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    frequency = models.CharField(max_length=8, default="month")
    is_active = models.BooleanField(default=True)
    changed_by = models.CharField(max_length=150)
    changed_at = models.DateTimeField()

    # How far it is counted: from the newest day back to the first case. None: not at all since it was changed.
    through = models.DateTimeField(null=True)
    back_to = models.DateField(null=True)

    class Meta:
        ordering = ["process_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["process_key", "name"],
                condition=models.Q(is_active=True),
                name="one_own_indicator_a_name",
            )
        ]

    def __str__(self) -> str:
        return f"{self.process_key} {self.name}"

    @property
    def key(self) -> str:
        """Return the key that it has among all indicators."""
        return f"own_{self.pk}"


class OwnDayCount(models.Model):
    """What came of an own indicator on one day at one place, beside DayCount; `counting.py` writes it and nobody else."""

    indicator = models.ForeignKey(OwnIndicator, models.CASCADE, related_name="days", db_index=False)
    day = models.DateField()
    process_key = models.CharField(max_length=64)
    version = models.ForeignKey("catalogue.ProcessVersion", models.PROTECT, related_name="+", db_index=False)
    node = models.CharField(max_length=100, blank=True)  # "": of the case
    department = models.CharField(max_length=64, blank=True)

    known = models.PositiveIntegerField()  # visits or cases that have a value
    unknown = models.PositiveIntegerField()  # those that have none
    # Of the values: seconds where they are durations, 1 and 0 where they are true and false.
    total = models.DecimalField(max_digits=30, decimal_places=6)

    class Meta:
        constraints = [
            # Also what a period is summed along.
            models.UniqueConstraint(
                fields=["indicator", "day", "version", "node", "department"],
                name="one_own_count_a_place_and_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.day} {self.node} {self.department}"


class OwnDay(models.Model):
    """What a day consisted of when an own indicator was counted: while it is the same, nothing is counted again."""

    indicator = models.ForeignKey(OwnIndicator, models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    seen = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["indicator", "day"], name="one_own_day_an_indicator")]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.day}"
