"""Where figures come from that Shuli does not count itself, and the figures that were brought in."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DataSource(models.Model):
    """A system of the company that has figures (数据来源), with whoever gives them."""

    class Kind(models.TextChoices):
        CRM = "crm", _("CRM")
        ERP = "erp", _("ERP")
        PROJECT = "project", _("Project management")
        FINANCE = "finance", _("Finance system")
        SERVICE = "service", _("Customer service system")
        OTHER = "other", pgettext_lazy("system", "Other")

    name = models.CharField(max_length=100, unique=True)
    kind = models.CharField(max_length=12, choices=Kind)
    department = models.CharField(max_length=64)
    contact = models.CharField(max_length=150)  # who gives the data (接口人)
    note = models.TextField(blank=True)
    is_active = models.BooleanField(default=True)
    changed_by = models.CharField(max_length=150)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ExtractionPlan(models.Model):
    """What is taken from a source by whom, how often (数据提取计划)."""

    class Every(models.TextChoices):
        WEEK = "week", _("Every week")
        MONTH = "month", _("Every month")
        QUARTER = "quarter", _("Every quarter")

    source = models.ForeignKey(DataSource, models.PROTECT, related_name="plans")
    what = models.CharField(max_length=200)
    place = models.CharField(max_length=200, blank=True)  # from where in the system: a report, a menu
    person = models.CharField(max_length=150)
    every = models.CharField(max_length=8, choices=Every)
    next_due = models.DateField()
    reminded_for = models.DateField(null=True)  # the due day of which the person was told
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["next_due", "pk"]

    def __str__(self) -> str:
        return self.what


class Measure(models.Model):
    """Something that a source measures, as an indicator is: a number of a day at a place."""

    class Adding(models.TextChoices):
        SUM = "sum", _("Added up")
        MEAN = "mean", _("The mean")

    source = models.ForeignKey(DataSource, models.PROTECT, related_name="measures")
    name = models.CharField(max_length=100)
    unit = models.CharField(max_length=20, blank=True)
    adding = models.CharField(max_length=8, choices=Adding, default=Adding.SUM)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["source", "name"], name="one_measure_a_name")]

    def __str__(self) -> str:
        return self.name


class Import(models.Model):
    """A file that was brought in, or is being prepared: what was read, by which mapping, what became of it."""

    source = models.ForeignKey(DataSource, models.PROTECT, related_name="imports")
    plan = models.ForeignKey(ExtractionPlan, models.PROTECT, null=True, related_name="imports")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    rows = models.JSONField()  # the cells as texts, head first
    mapping = models.JSONField(default=dict)  # columns and cleaning rules, as they were used
    by = models.CharField(max_length=150)
    uploaded_at = models.DateTimeField()
    counts = models.JSONField(default=dict)  # how many rows were read, taken and cleaned, and how
    done_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name


class ImportedValue(models.Model):
    """One value that a file said, with the line where it stood."""

    batch = models.ForeignKey(Import, models.PROTECT, related_name="values")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="values")
    line = models.PositiveIntegerField()
    day = models.DateField()
    process_key = models.CharField(max_length=64)
    node = models.CharField(max_length=100, blank=True)
    department = models.CharField(max_length=64, blank=True)
    value = models.FloatField()
    is_undone = models.BooleanField(default=False)

    class Meta:
        constraints = [
            # Two files that say the same of a day would count twice.
            models.UniqueConstraint(
                fields=["measure", "day", "process_key", "node", "department"],
                condition=Q(is_undone=False),
                name="one_value_a_day_and_place",
            )
        ]
        indexes = [models.Index(fields=["process_key", "day"], name="imported_of_process")]

    def __str__(self) -> str:
        return f"{self.day} {self.value}"
