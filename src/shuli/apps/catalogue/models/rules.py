"""The register of operating rules (细则清单): what processes, practices and regulations the company has, item by item."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OperatingRule(models.Model):
    """One rule by which people work, with the nine columns of the register of rules."""

    class Kind(models.TextChoices):
        PROCESS = "process", pgettext_lazy("kind of rule", "Process")
        PRACTICE = "practice", _("Operating practice")
        REGULATION = "regulation", _("Management regulation")

    class State(models.TextChoices):
        OPEN = "open", _("To be reviewed")
        FITS = "fits", _("Fits what is done")
        DIFFERS = "differs", _("Differs from what is done")
        REVISE = "revise", _("To be revised")
        ABOLISH = "abolish", _("To be abolished")

    number = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.PRACTICE)
    name = models.CharField(max_length=200)
    scope = models.TextField(blank=True)  # 适用范围
    performer = models.CharField(max_length=300, blank=True)  # 执行主体
    steps = models.TextField(blank=True)  # 执行步骤
    resources = models.TextField(blank=True)  # 所需资源
    deliverables = models.TextField(blank=True)  # 交付成果
    frequency = models.CharField(max_length=200, blank=True)  # 执行频率
    issues = models.TextField(blank=True)  # 存在问题
    process = models.ForeignKey("Process", models.PROTECT, related_name="rules", null=True, blank=True)
    # What the last review found; the reviews themselves stay.
    state = models.CharField(max_length=16, choices=State, default=State.OPEN)
    edited_by = models.CharField(max_length=150, blank=True)
    edited_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return self.number


class RuleReview(models.Model):
    """What somebody found when they held a rule against what is really done."""

    rule = models.ForeignKey(OperatingRule, models.CASCADE, related_name="reviews")
    state = models.CharField(max_length=16, choices=OperatingRule.State)
    note = models.TextField(blank=True)
    person = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.rule_id} {self.state}"
