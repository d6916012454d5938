"""One verb on many cases: what was asked, and what became of each case."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class BulkRun(models.Model):
    """A verb that somebody asked for on a list of cases; a job carries it out, lot by lot."""

    class State(models.TextChoices):
        RUNNING = "running", _("Running")
        STOPPED = "stopped", _("Stopped")
        DONE = "done", _("Completed")

    person = models.CharField(max_length=150)  # whose rights count, at each case anew
    verb = models.CharField(max_length=20)  # a key of bulk_verbs.VERBS
    params = models.JSONField(default=dict)
    state = models.CharField(max_length=16, choices=State, default=State.RUNNING)
    undoes = models.ForeignKey("self", models.PROTECT, null=True, related_name="undone_by")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["person", "-at"], name="bulk_of_person"),
            # The job that takes up what a dead worker left.
            models.Index(fields=["id"], condition=Q(state="running"), name="bulk_running"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.pk}"


class BulkItem(models.Model):
    """One case of a bulk run; its result is written in the transaction of what was done."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DONE = "done", _("Done")
        REFUSED = "refused", _("Not possible")
        FAILED = "failed", _("Failed")

    run = models.ForeignKey(BulkRun, models.PROTECT, related_name="items")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    state = models.CharField(max_length=16, choices=State, default=State.WAITING)
    code = models.CharField(max_length=64, blank=True)  # of the refusal
    params = models.JSONField(default=dict)  # of the refusal; of what was done, where it can be undone
    at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["run", "case"], name="one_item_a_case")]
        indexes = [models.Index(fields=["run", "id"], condition=Q(state="waiting"), name="bulk_waiting")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.case_id} {self.state}"
