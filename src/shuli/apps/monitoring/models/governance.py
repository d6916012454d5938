"""The registers of governance: what was drawn to be audited, what was violated, and what has to be put right."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AuditSample(models.Model):
    """A tenth of a month's closed cases, as it was drawn; who has the seed and the cases can draw it again."""

    month = models.DateField()  # its first day
    draw = models.PositiveSmallIntegerField(default=1)  # a further one of the same month takes other cases
    seed = models.CharField(max_length=64)
    population = models.PositiveIntegerField()  # cases that could be drawn
    drawn_at = models.DateTimeField()
    # the case of P-AUDIT in which it is audited
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-month", "-draw"]
        constraints = [models.UniqueConstraint(fields=["month", "draw"], name="one_sample_a_draw")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}/{self.draw}"


class SampledCase(models.Model):
    """A case of a sample: what the records say of it, and what its auditor said."""

    sample = models.ForeignKey(AuditSample, models.PROTECT, related_name="cases")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    process_key = models.CharField(max_length=64)
    department = models.CharField(max_length=64, blank=True)  # where the case was started
    proposed = models.JSONField(default=dict)  # by check: ok, bad or na, as the records have it
    answers = models.JSONField(default=dict)  # by check, as the auditor has it
    findings = models.TextField(blank=True)
    audited_by = models.CharField(max_length=150, blank=True)
    audited_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["process_key", "case__number"]
        constraints = [models.UniqueConstraint(fields=["sample", "case"], name="sampled_once_a_draw")]

    def __str__(self) -> str:
        return f"{self.sample_id} {self.case_id}"


class Rectification(models.Model):
    """An order to put something right (整改通知单); its step in P-AUDIT is the work, this is the register."""

    number = models.CharField(max_length=40, unique=True)
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")  # of P-AUDIT
    visit = models.PositiveIntegerField()  # of its latest round
    department = models.CharField(max_length=64)
    demand = models.TextField()
    ordered_by = models.CharField(max_length=150, blank=True)
    ordered_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    person = models.CharField(max_length=150, blank=True)  # who answers for it
    cause = models.TextField(blank=True)
    done = models.TextField(blank=True)
    done_on = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    verified_at = models.DateTimeField(null=True)
    verified_by = models.CharField(max_length=150, blank=True)
    verification_note = models.TextField(blank=True)
    rounds = models.PositiveSmallIntegerField(default=1)  # how often it had to be done
    cancelled_at = models.DateTimeField(null=True)  # its case ended before it was done

    class Meta:
        ordering = ["-ordered_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "department"], name="one_order_a_department_and_case")
        ]
        indexes = [
            # What is open, by department and date.
            models.Index(
                fields=["department", "due_at"],
                condition=Q(done_at=None, cancelled_at=None),
                name="rectification_open",
            )
        ]

    def __str__(self) -> str:
        return self.number


class Violation(models.Model):
    """Something that was not done as the process demands, found by an audit or by a supervisor."""

    class Kind(models.TextChoices):
        ON_TIME = "on_time", _("Not on time")
        DOCUMENTS = "documents", _("Documents incomplete")
        SIGNATURES = "signatures", _("Signature missing")
        ORDER = "order", _("Steps out of order")
        AUTHORITY = "authority", _("Outside one's authority")
        OTHER = "other", pgettext_lazy("violation", "Other")

    class Severity(models.TextChoices):
        MINOR = "minor", pgettext_lazy("violation", "Minor")
        SERIOUS = "serious", pgettext_lazy("violation", "Serious")
        GRAVE = "grave", pgettext_lazy("violation", "Grave")

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    process_key = models.CharField(max_length=64)
    version = models.ForeignKey("catalogue.ProcessVersion", models.PROTECT, related_name="+", db_index=False)
    node = models.CharField(max_length=100, blank=True)
    department = models.CharField(max_length=64)
    person = models.CharField(max_length=150, blank=True)  # read by few: see rights.py
    kind = models.CharField(max_length=16, choices=Kind)
    severity = models.CharField(max_length=16, choices=Severity, default=Severity.MINOR)
    text = models.TextField()
    evidence = models.TextField(blank=True)  # where to see it; files hang on the row as attachments
    at = models.DateTimeField()
    recorded_by = models.CharField(max_length=150)
    sampled = models.ForeignKey(SampledCase, models.PROTECT, null=True, related_name="violations")
    rectification = models.ForeignKey(Rectification, models.PROTECT, null=True, related_name="violations")
    void_at = models.DateTimeField(null=True)
    void_by = models.CharField(max_length=150, blank=True)
    void_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            # A period's violations: for the register and the counting of days.
            models.Index(fields=["at"], name="violation_at"),
            models.Index(fields=["department", "at"], name="violation_of_department"),
            # What was taken back since the last count, asked every few seconds.
            models.Index(fields=["void_at"], condition=Q(void_at__isnull=False), name="violation_void"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(void_at=None, void_by="", void_reason="")
                | (Q(void_at__isnull=False) & ~Q(void_reason="")),
                name="void_says_why",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"


class CaseDocuments(models.Model):
    """Of a closed case, how many mandatory documents were due and how many are there (H2-115)."""

    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="+")
    ended_at = models.DateTimeField()  # as it was counted; a case that was opened again is counted anew
    due = models.PositiveIntegerField()
    there = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.case_id} {self.there}/{self.due}"
