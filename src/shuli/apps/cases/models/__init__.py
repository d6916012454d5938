"""The rows of running cases. `store.py` writes them from the engine's events; nothing is ever deleted.

People and departments stand here by their codes, not by foreign keys: history keeps who it was,
whatever becomes of the person's account.
"""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shuli.apps.cases.models.bulk import BulkItem, BulkRun
from shuli.apps.cases.models.decisions import DecisionRecord
from shuli.apps.cases.models.outside import (
    Delivery,
    Dispatch,
    HookIn,
    HookOut,
    HookReceipt,
    Message,
    ServiceCall,
    Subscription,
)

# Rows that every command writes, under the lock of their case, which is never deleted: asking for each whether its case is
# there, and a second index beside the unique one, would be a fifth of what PostgreSQL does. `verify-state` asks instead.
WITH_THE_CASE: dict[str, Any] = {"db_constraint": False, "db_index": False}


class Case(models.Model):
    """One run of a process; its row is the lock under which every command on it runs."""

    class Status(models.TextChoices):
        RUNNING = "running", _("Running")
        SUSPENDED = "suspended", _("Suspended")
        APPROVED = "approved", _("Completed")
        REJECTED = "rejected", _("Rejected")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        TERMINATED = "terminated", _("Terminated")
        FAILED = "failed", _("Failed")
        RETURNED = "returned", _("Returned to the calling case")

    number = models.CharField(max_length=40)
    title = models.CharField(max_length=300, blank=True)
    process_key = models.CharField(max_length=64)
    version = models.ForeignKey("catalogue.ProcessVersion", models.PROTECT, related_name="+", db_index=False)
    status = models.CharField(max_length=16, choices=Status, default=Status.RUNNING)
    starter = models.CharField(max_length=150)
    starter_department = models.CharField(max_length=64, blank=True)
    custodian = models.CharField(max_length=150, blank=True)
    marking = models.JSONField(default=dict)  # what is live now, without the variables
    variables = models.JSONField(default=dict)
    seq = models.PositiveIntegerField(default=0)  # of the last event
    last_hash = models.BinaryField(default=bytes)
    incidents = models.PositiveSmallIntegerField(default=0)  # open ones
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children", db_index=False)
    root = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", db_index=False
    )  # None: this one
    parent_child = models.PositiveIntegerField(null=True)  # number of the call within the parent
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        # Not `unique=True`, which keeps a second index for prefixes that nobody asks for.
        constraints = [models.UniqueConstraint(fields=["number"], name="cases_case_number")]
        indexes = [
            models.Index(F("started_at").desc(), F("id").desc(), name="case_newest_first"),
            # The called cases of a case; most call none.
            models.Index(fields=["parent"], condition=Q(parent__isnull=False), name="case_called"),
            # The register's count of open cases and an owner's list of a process.
            models.Index(fields=["process_key", "status", "started_at"], name="case_by_process"),
            models.Index(fields=["starter", "status"], name="case_by_starter"),
            # The inbox leaves out what is suspended: few, so it asks for those and not for every task's case.
            models.Index(fields=["id"], condition=Q(status="suspended"), name="case_suspended"),
        ]

    def __str__(self) -> str:
        return self.number


class Visit(models.Model):
    """One round of one human node, with the times that monitoring reads."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="visits", **WITH_THE_CASE)
    number = models.PositiveIntegerField()  # within the case
    node = models.CharField(max_length=100)
    round = models.PositiveIntegerField()
    department = models.CharField(max_length=64, blank=True)  # lead
    opened_at = models.DateTimeField()
    first_touched_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=16, blank=True)
    person = models.CharField(max_length=150, blank=True)  # who completed it
    reason = models.TextField(blank=True)
    is_overdue = models.BooleanField(default=False)
    reminders = models.PositiveIntegerField(default=0)
    waiting_seconds = models.PositiveIntegerField(null=True)  # working time, opened to first touched
    handling_seconds = models.PositiveIntegerField(null=True)  # working time, first touched to closed
    paused_seconds = models.PositiveIntegerField(default=0, db_default=0)  # working time of both: suspended
    # The calendar in force when it closed, as the directory keeps it; "": open, or closed before this was kept.
    calendar = models.CharField(max_length=32, blank=True, db_default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="one_visit_a_number")]
        indexes = [
            # Overdue and open visits of a department or process.
            models.Index(fields=["department", "due_at"], condition=Q(closed_at=None), name="visit_open"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number}"


class Task(models.Model):
    """One seat's work item, with the columns that the inbox shows."""

    class State(models.TextChoices):
        OPEN = "open", _("To do")
        WAITING = "waiting", _("Not yet")  # a later seat of a sequence
        OPINION = "opinion", _("Opinion still welcome")  # decided without it; it counts for nothing
        DONE = "done", pgettext_lazy("task", "Done")
        CANCELLED = "cancelled", _("Cancelled")

    case = models.ForeignKey(Case, models.PROTECT, related_name="tasks", **WITH_THE_CASE)
    visit_number = models.PositiveIntegerField()
    seat = models.PositiveIntegerField()
    node = models.CharField(max_length=100)
    role = models.CharField(max_length=16, default="lead")
    seat_key = models.CharField(max_length=64, blank=True)
    department = models.CharField(max_length=64, blank=True)
    holder = models.CharField(max_length=150, blank=True)
    substitute = models.CharField(max_length=150, blank=True)  # who may act for the holder
    principal = models.CharField(max_length=150, blank=True)  # for whom the holder acts
    added_by = models.CharField(max_length=150, blank=True)  # who asked for this seat; "": the model
    parent_seat = models.PositiveIntegerField(null=True)  # the seat for which somebody was asked
    is_offered = models.BooleanField(default=False)  # handed over and not yet accepted
    is_carried = models.BooleanField(default=False)  # a vote of the round before, which counts again
    urges = models.PositiveSmallIntegerField(default=0)
    urged_at = models.DateTimeField(null=True)
    pool = models.CharField(max_length=150, blank=True)
    state = models.CharField(max_length=16, choices=State, default=State.OPEN)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=150, blank=True)
    decision = models.CharField(max_length=16, blank=True)
    opinion = models.TextField(blank=True)
    signed = models.BooleanField(default=False)
    transfers = models.PositiveIntegerField(default=0)
    sender = models.CharField(max_length=150, blank=True)  # whose step brought it here
    reason = models.TextField(blank=True)  # why it came back or was cancelled
    draft = models.JSONField(null=True)
    draft_saved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "seat"], name="one_task_a_seat")]
        indexes = [
            # The inbox: what I hold, by due time; and what my pools may claim.
            models.Index(
                fields=["holder", "due_at", "id"],
                condition=Q(state__in=["open", "opinion"]),
                name="task_inbox",
            ),
            models.Index(
                fields=["pool", "due_at", "id"],
                condition=Q(state__in=["open", "opinion"], holder=""),
                name="task_pool_inbox",
            ),
            models.Index(
                fields=["substitute", "due_at", "id"],
                condition=Q(state__in=["open", "opinion"]) & ~Q(substitute=""),
                name="task_substitute",
            ),
            models.Index(fields=["done_by", "done_at"], condition=Q(state="done"), name="task_done_by"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.node}/{self.seat}"


class Timer(models.Model):
    class State(models.TextChoices):
        PENDING = "pending"
        FIRED = "fired"
        CANCELLED = "cancelled"

    case = models.ForeignKey(Case, models.PROTECT, related_name="timers", **WITH_THE_CASE)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=16)
    node = models.CharField(max_length=100)
    due_at = models.DateTimeField()
    state = models.CharField(max_length=16, choices=State, default=State.PENDING)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="one_timer_a_number")]
        # With the key, because thousands may be due at one moment.
        indexes = [models.Index(fields=["due_at", "id"], condition=Q(state="pending"), name="timer_due")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number}"


class Event(models.Model):
    """What happened, append-only. The table is partitioned by month; see the first migration."""

    pk = models.CompositePrimaryKey("case_id", "seq", "at")
    case = models.ForeignKey(Case, models.PROTECT, related_name="events", db_constraint=False)
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    type = models.CharField(max_length=40)
    actor = models.CharField(max_length=150)
    payload = models.TextField()  # JSON, kept byte for byte because the hash covers it
    hash = models.BinaryField()  # over the hash of the event before and this one

    class Meta:
        managed = False
        db_table = "cases_event"

    def __str__(self) -> str:
        return f"{self.case_id}/{self.seq} {self.type}"


class Incident(models.Model):
    """Something that a person must mend before the case goes on."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="incident_rows")
    number = models.PositiveIntegerField()
    code = models.CharField(max_length=64)
    node = models.CharField(max_length=100)
    params = models.JSONField(default=dict)
    raised_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="one_incident_a_number")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.code}"


class FormRecord(models.Model):
    """One filled form of a case: what was answered, by whom, in which visit."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="form_records")
    visit_number = models.PositiveIntegerField(null=True)  # None: the form that started the case
    node = models.CharField(max_length=100)
    seat_key = models.CharField(max_length=64, blank=True)
    form_key = models.CharField(max_length=100)
    document = models.CharField(max_length=100, blank=True)
    answers = models.JSONField(default=dict)
    person = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["case", "form_key"], name="form_record_of_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.form_key}"


class Reveal(models.Model):
    """Who looked at a masked answer in full, and when."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="reveals")
    record = models.ForeignKey(FormRecord, models.PROTECT, related_name="+")
    field = models.CharField(max_length=100)
    person = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.field} {self.person}"


class SearchField(models.Model):
    """What a form declared searchable, beside the JSON, so that search needs no scan of it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    key = models.CharField(max_length=100)
    text = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "key"], name="one_search_text_a_field")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.key}"


class Access(models.Model):
    """Who may see a case by having to do with it: `person:…`, a pool, or `involved:<department>`."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="access", db_constraint=False)
    subject = models.CharField(max_length=160)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "case"], name="one_access_a_subject")]

    def __str__(self) -> str:
        return f"{self.subject} {self.case_id}"


class Comment(models.Model):
    case = models.ForeignKey(Case, models.PROTECT, related_name="comments")
    node = models.CharField(max_length=100, blank=True)
    author = models.CharField(max_length=150)
    text = models.TextField()
    mentions = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.author}"


class Problem(models.Model):
    """“This step does not work”, said from the task in one click (H2-12), or by whoever reads the handbook."""

    class Kind(models.TextChoices):
        """What a review of a process looks for in each step (H1-30)."""

        SLOW = "slow", _("Inefficient")
        DUTIES = "duties", _("Unclear duties")
        REDUNDANT = "redundant", _("Redundant step")
        RISK = "risk", _("Risk point")
        OTHER = "", pgettext_lazy("kind of problem", "Something else")

    # None: said of the step itself, by its QR code
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="problems")
    process_key = models.CharField(max_length=64)
    node = models.CharField(max_length=100)
    author = models.CharField(max_length=150, blank=True)  # empty: did not want to be named
    text = models.TextField()
    kind = models.CharField(max_length=16, choices=Kind, blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.process_key} {self.node}"


class Notification(models.Model):
    """Something to read: a reminder, an escalation, a notice, a mention. Kept with its receipt."""

    person = models.CharField(max_length=150)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="notifications")
    node = models.CharField(max_length=100, blank=True)
    visit_number = models.PositiveIntegerField(null=True)
    code = models.CharField(max_length=40)  # a key of notices.NOTICES
    params = models.JSONField(default=dict)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["person", "-at"], name="notification_list"),
            models.Index(fields=["person"], condition=Q(read_at=None), name="notification_unread"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.code}"


class StartDraft(models.Model):
    """A start form that somebody has begun to fill."""

    person = models.CharField(max_length=150)
    process_key = models.CharField(max_length=64)
    answers = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "process_key"], name="one_start_draft_a_process")
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.process_key}"


__all__ = [
    "Access", "BulkItem", "BulkRun", "Case", "Comment", "DecisionRecord", "Delivery", "Dispatch", "Event", "FormRecord", "HookIn", "HookOut",
    "HookReceipt", "Incident", "Message", "Notification", "Problem", "Reveal", "SearchField", "ServiceCall",
    "StartDraft", "Subscription", "Task", "Timer", "Visit",
]  # fmt: skip
