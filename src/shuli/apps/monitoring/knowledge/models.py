"""What is known of problems."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import get_language


class Entry(models.Model):
    """A problem, its causes and its solution (问题—原因—对策), in both languages."""

    number = models.PositiveIntegerField(unique=True)
    problem = models.CharField(max_length=200)
    problem_en = models.CharField(max_length=200, blank=True)
    causes = models.TextField()
    causes_en = models.TextField(blank=True)
    solution = models.TextField()
    solution_en = models.TextField(blank=True)
    # Keys of INDICATORS by whose alerts it is shown, and kinds of alerts that have no indicator.
    signs = ArrayField(models.CharField(max_length=64), default=list, blank=True)
    source = models.CharField(max_length=100, blank=True)  # of the handbook, or of a case
    is_active = models.BooleanField(default=True)
    changed_by = models.CharField(max_length=150, blank=True)  # "": it came with the program
    changed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return self.problem

    def said(self, name: str) -> str:
        """Return the problem, the causes or the solution in the active language, else in the other one."""
        zh, en = str(getattr(self, name)), str(getattr(self, f"{name}_en"))
        return zh if (get_language() or "zh").startswith("zh") else en or zh
