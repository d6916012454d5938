"""The rows between cases and what is outside of them: messages, work that others do, webhooks in and out."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Subscription(models.Model):
    """A case that waits for a message or a signal."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="subscriptions")
    number = models.PositiveIntegerField()  # within the case
    kind = models.CharField(max_length=16)
    name = models.TextField()
    correlation = models.TextField(blank=True)  # "": whatever comes of this name
    node = models.CharField(max_length=100)
    opened_at = models.DateTimeField()
    held_at = models.DateTimeField(null=True)  # a suspended case has one already and takes no second
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="one_subscription_a_number")]
        indexes = [
            # Whom a message that goes out reaches.
            models.Index(
                fields=["kind", "name", "correlation"], condition=Q(closed_at=None), name="subscription_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.name}"


class Message(models.Model):
    """A message or signal that somebody has sent, until it has arrived or nobody came for it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for somebody who expects it")
        ON_ITS_WAY = "on_its_way", _("On its way")
        DELIVERED = "delivered", _("Delivered")
        EXPIRED = "expired", _("Expired")

    kind = models.CharField(max_length=16)  # message, signal
    name = models.TextField()
    correlation = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    thrower = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="+")
    only_case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="+")
    node = models.CharField(max_length=100, blank=True)  # of the thrower
    person = models.CharField(max_length=150, blank=True)  # who starts what it starts
    source = models.CharField(max_length=100)  # "case", "rest", "hook:<name>"
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=16, choices=State, default=State.WAITING)

    class Meta:
        indexes = [
            # What a case that begins to wait may find.
            models.Index(fields=["name", "correlation"], condition=Q(state="waiting"), name="message_kept"),
            models.Index(fields=["expires_at"], condition=Q(state="waiting"), name="message_expiry"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class Delivery(models.Model):
    """One message for one case, or for one process that it starts: so that it arrives exactly once."""

    class State(models.TextChoices):
        PENDING = "pending"
        DONE = "done"
        MISSED = "missed"  # the case no longer waited when it came

    message = models.ForeignKey(Message, models.PROTECT, related_name="deliveries")
    # Without a constraint in the database: its check would lock several unrelated cases in one transaction.
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="+", db_constraint=False)
    subscription = models.PositiveIntegerField(null=True)  # number within the case
    process_key = models.CharField(max_length=64, blank=True)
    node = models.CharField(max_length=100, blank=True)  # the start event
    state = models.CharField(max_length=16, choices=State, default=State.PENDING)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["message", "case"],
                condition=~Q(state="missed") & Q(process_key=""),
                name="one_delivery_a_case",
            ),
            models.UniqueConstraint(
                fields=["message", "process_key"],
                condition=~Q(state="missed") & ~Q(process_key=""),
                name="one_delivery_a_process",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} {self.state}"


class ServiceCall(models.Model):
    """Work of a service task that is done outside: by an HTTP call, a worker, or a function as a job."""

    class State(models.TextChoices):
        OPEN = "open", _("Waiting")
        LEASED = "leased", _("In progress")
        HELD = "held", _("Done; the case stands still")
        ANSWERED = "answered", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="service_calls")
    number = models.PositiveIntegerField()  # within the case
    node = models.CharField(max_length=100)
    kind = models.CharField(max_length=16)  # function, http, worker
    name = models.TextField()  # of the function; the topic
    request = models.JSONField(default=dict)
    timeout = models.PositiveIntegerField()
    retries = models.PositiveIntegerField()
    state = models.CharField(max_length=16, choices=State, default=State.OPEN)
    attempts = models.PositiveIntegerField(default=0)  # begun so far; the number of the lease, too
    worker = models.CharField(max_length=100, blank=True)  # who has it
    # In real time, not the movable clock's: they are about programs, not about due dates.
    next_at = models.DateTimeField()  # not before
    lease_until = models.DateTimeField(null=True)
    error = models.TextField(blank=True)  # what the last attempt said
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="one_service_call_a_number")]
        indexes = [
            # What workers fetch, and what is to be done again.
            models.Index(
                fields=["kind", "name", "next_at"],
                condition=Q(state__in=["open", "leased"]),
                name="service_call_due",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.node} {self.state}"


class Hook(models.Model):
    """What both kinds of webhook have: a name, a secret, a switch."""

    name = models.SlugField(max_length=64, unique=True)
    salt = models.CharField(
        max_length=64
    )  # with the installation's key it gives the secret, which stands nowhere
    is_active = models.BooleanField(default=True)
    created_by = models.CharField(max_length=150)
    created_at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class HookIn(Hook):
    """An address to which another program posts, and the message that is made of it."""

    message = models.CharField(max_length=200)
    correlation = models.TextField(blank=True)  # FEEL over `body`
    variables = models.TextField(blank=True)  # FEEL over `body`: a context; "": nothing
    person = models.CharField(max_length=150)  # who counts as the starter of what it starts


class HookReceipt(models.Model):
    """What came to a webhook: for the replay check, the rate, and whoever looks for what went wrong."""

    hook = models.ForeignKey(HookIn, models.PROTECT, related_name="receipts")
    at = models.DateTimeField()
    status = models.PositiveSmallIntegerField()  # that was answered
    code = models.CharField(max_length=40, blank=True)  # why it was refused
    # Of time and body of an accepted one: it comes a second time to nothing.
    digest = models.CharField(max_length=64, null=True)  # noqa: DJ001 -- unique where it is given
    message = models.ForeignKey(Message, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [models.UniqueConstraint(fields=["hook", "digest"], name="one_receipt_a_digest")]
        indexes = [models.Index(fields=["hook", "-at"], name="hook_receipt_newest")]

    def __str__(self) -> str:
        return f"{self.hook_id} {self.status}"


class HookOut(Hook):
    """Another program's address that is told what happens to cases."""

    url = models.CharField(max_length=2_000)
    events = models.JSONField(default=list)  # keys of hooks_out.EVENTS
    process_key = models.CharField(max_length=64, blank=True)  # "": of all processes


class Dispatch(models.Model):
    """One thing to tell one address: written with what happened, sent by the worker."""

    class State(models.TextChoices):
        PENDING = "pending", _("To be sent")
        SENT = "sent", _("Sent")
        DEAD = "dead", _("Not delivered")

    hook = models.ForeignKey(HookOut, models.PROTECT, related_name="dispatches")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    event = models.CharField(max_length=40)
    body = models.TextField()  # JSON, byte for byte as it is signed and sent, every time the same
    created_at = models.DateTimeField()
    state = models.CharField(max_length=16, choices=State, default=State.PENDING)
    attempts = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField()  # real time
    status = models.PositiveSmallIntegerField(null=True)  # that the address answered last
    error = models.CharField(max_length=40, blank=True)  # a code of kit.outgoing, where there was no answer
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(state="pending"), name="dispatch_due"),
            models.Index(fields=["hook", "-created_at"], name="dispatch_of_hook"),
        ]

    def __str__(self) -> str:
        return f"{self.hook_id} {self.event} {self.state}"
