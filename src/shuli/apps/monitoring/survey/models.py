"""Who was asked how satisfied they are, and what they said."""

from django.db import models
from django.db.models import Q


class SurveyPlan(models.Model):
    """Whom a process asks after closing. The process owner keeps it."""

    process_key = models.CharField(max_length=64, unique=True)
    asks_customer = models.BooleanField(default=False)
    asks_departments = models.BooleanField(default=False)
    # The answer of a form under which a customer is reached; the link is mailed to an address, given out otherwise.
    contact_field = models.CharField(max_length=100, blank=True)
    days = models.PositiveSmallIntegerField(default=14)  # an answer is taken for so long
    through = models.DateTimeField(null=True)  # closed cases have been looked at up to here
    changed_by = models.CharField(max_length=150, blank=True)  # "": it came with the program
    changed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.process_key


class Survey(models.Model):
    """One question to one customer, or to one department about another."""

    class Kind(models.TextChoices):
        CUSTOMER = "customer"
        DEPARTMENT = "department"

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=Kind)
    asked_department = models.CharField(max_length=64, blank=True)
    about_department = models.CharField(max_length=64, blank=True)
    contact = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=100, blank=True)
    comment = models.TextField(blank=True)
    answered_by = models.CharField(max_length=150, blank=True)  # "": the customer

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind", "asked_department", "about_department"], name="one_question_each"
            )
        ]
        indexes = [
            models.Index(fields=["answered_at"], condition=~Q(answered_at=None), name="survey_answered"),
            models.Index(fields=["asked_department"], condition=Q(answered_at=None), name="survey_open"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.asked_department} {self.about_department}"
