"""Which reports are made for whom, the reports themselves, and what people said of outliers."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class ReportPlan(models.Model):
    """A report that is made when its period is over, for whoever subscribed to it."""

    period = models.CharField(max_length=8)  # day, week, month, quarter
    process_key = models.CharField(max_length=64, blank=True)  # "": the whole company
    subscribers = ArrayField(models.CharField(max_length=150), default=list, blank=True)
    to_owner = models.BooleanField(default=True)  # the process owner, or the process office
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["process_key", "pk"]
        constraints = [models.UniqueConstraint(fields=["period", "process_key"], name="one_plan_each")]

    def __str__(self) -> str:
        return f"{self.process_key} {self.period}"


class Report(models.Model):
    """What was reported of a period. It stays as it was made."""

    plan = models.ForeignKey(ReportPlan, models.PROTECT, related_name="reports")
    first = models.DateField()
    last = models.DateField()
    content = models.JSONField()  # reporting.content.Content
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-first", "-pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "first"], name="one_report_a_period")]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.first}"


class OutlierMark(models.Model):
    """What somebody said of a value that stands apart: the process was so, or the data is wrong."""

    class Kind(models.TextChoices):
        PROCESS = "process", _("Process problem")
        DATA = "data", _("Data problem")

    indicator = models.CharField(max_length=64)
    process_key = models.CharField(max_length=64)
    period = models.CharField(max_length=8)
    first = models.DateField()
    kind = models.CharField(max_length=8, choices=Kind)
    note = models.TextField(blank=True)
    value = models.FloatField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "process_key", "period", "first"], name="one_class_an_outlier"
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.process_key} {self.first} {self.kind}"
