"""The log of decisions: what a table said in a case, and what was done with it (H2-81)."""

from django.db import models


class DecisionRecord(models.Model):
    """One answer of a decision in a case: by which version and rows; what a person chose instead, and why."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="decisions")
    node = models.CharField(max_length=100)
    decision = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    rows = models.JSONField(default=list)
    by = models.JSONField(default=dict)  # the whole record
    value = models.JSONField(null=True)
    # what a person settled on; the same as the value where they followed the table
    chosen = models.JSONField(null=True)
    deviates = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    person = models.CharField(max_length=150, blank=True)  # empty: the engine decided by itself
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["decision", "version"], name="decision_records")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.decision} v{self.version}"
