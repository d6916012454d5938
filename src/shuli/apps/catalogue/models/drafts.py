"""What is being drawn and is no version yet."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Draft(models.Model):
    """What somebody is drawing: the next version of a process in the making. Publication makes a version of it."""

    class State(models.TextChoices):
        OPEN = "open", _("Being drawn")
        SUBMITTED = "submitted", _("Under review")
        PUBLISHED = "published", _("Published")
        DISCARDED = "discarded", _("Discarded")

    process = models.ForeignKey("Process", models.PROTECT, related_name="drafts")
    # The version that it began as; None: a template, another process or nothing.
    based_on = models.ForeignKey("ProcessVersion", models.PROTECT, related_name="+", null=True)
    title = models.CharField(max_length=100, blank=True)  # tells a copy from the draft beside it
    state = models.CharField(max_length=16, choices=State, default=State.OPEN)
    bpmn = models.TextField()
    forms = models.JSONField(default=dict)  # form key -> form definition
    documents = models.JSONField(default=dict)  # document key -> {"zh": …, "en": …}
    # Counts the savings; of each part the saving that changed it last, so that of two who edit the same part at
    # once the second is told, and who edits the forms does not hinder who draws.
    revision = models.PositiveIntegerField(default=1)
    parts = models.JSONField(default=dict)  # "bpmn", "forms", "documents" -> revision
    opened_by = models.CharField(max_length=150)
    opened_at = models.DateTimeField()
    saved_by = models.CharField(max_length=150)
    saved_at = models.DateTimeField()
    # The version that it became.
    version = models.OneToOneField("ProcessVersion", models.PROTECT, related_name="draft", null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="published") | Q(version=None), name="only_a_published_draft_has_a_version"
            )
        ]
        # for the drafts that somebody may go on with
        indexes = [
            models.Index(fields=["process"], condition=Q(state__in=["open", "submitted"]), name="draft_open")
        ]

    def __str__(self) -> str:
        return f"{self.process_id} draft {self.pk}"
