"""What is watched, what was found, who was told."""

from datetime import time

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AlertRule(models.Model):
    """What is watched where, from when on it is an alert, and who is told how."""

    class Kind(models.TextChoices):
        THRESHOLD = "threshold", _("An indicator passes a limit")
        TREND = "trend", _("An indicator gets worse period by period")
        LATENESS = "lateness", _("An open step is likely to be late")
        OVERLOAD = "overload", _("Somebody has too many open tasks")
        GOAL = "goal", _("A goal is at risk or missed")

    class Per(models.TextChoices):
        WHOLE = "", _("All together")
        PROCESS = "process", _("Each process")
        NODE = "node", _("Each step")
        DEPARTMENT = "department", _("Each department")
        PERSON = "person", _("Each person")

    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100, blank=True)
    kind = models.CharField(max_length=16, choices=Kind)
    indicator = models.CharField(
        max_length=64, blank=True
    )  # a key of INDICATORS; it may come with a later part
    process_key = models.CharField(max_length=64, blank=True)  # "": every process
    node = models.CharField(max_length=100, blank=True)
    department = models.CharField(max_length=64, blank=True)
    per = models.CharField(max_length=16, choices=Per, blank=True)
    period = models.CharField(max_length=8, default="month")
    side = models.CharField(max_length=8, default="below")  # of the limit: below, above
    # A share as 0.95; points, seconds and counts as they are; of a trend, how many periods; of lateness, the chance.
    limit = models.FloatField()
    least = models.PositiveIntegerField(default=5)  # what must stand behind a value before it says anything

    to_owner = models.BooleanField(default=True)
    to_supervisor = models.BooleanField(default=False)
    to_head = models.BooleanField(default=False)
    to_posts = ArrayField(models.CharField(max_length=64), default=list, blank=True)
    channels = ArrayField(models.CharField(max_length=64), default=list, blank=True)
    by_mail = models.BooleanField(default=True)
    in_digest = models.BooleanField(default=False)  # with the next digest instead of one by one

    is_active = models.BooleanField(default=True)
    changed_by = models.CharField(max_length=150, blank=True)  # "": it came with the program
    changed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["process_key", "name", "pk"]

    def __str__(self) -> str:
        return self.name


class Alert(models.Model):
    """Something that a rule found: raised once, and open until the rule finds it no more."""

    rule = models.ForeignKey(AlertRule, models.PROTECT, related_name="alerts")
    process_key = models.CharField(max_length=64, blank=True)
    node = models.CharField(max_length=100, blank=True)
    department = models.CharField(max_length=64, blank=True)
    person = models.CharField(max_length=150, blank=True)
    case_number = models.CharField(max_length=40, blank=True)
    subject = models.CharField(max_length=64, blank=True)  # what else it is about: a goal and its state
    value = models.FloatField()  # when it was raised
    limit = models.FloatField()
    last_value = models.FloatField()
    like = models.PositiveIntegerField(default=0)  # what stood behind the value
    raised_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True)
    acknowledged_by = models.CharField(max_length=150, blank=True)
    acknowledged_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["-raised_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "process_key", "node", "department", "person", "case_number", "subject"],
                condition=Q(cleared_at=None),
                name="one_open_alert_a_place",
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule_id} {self.process_key} {self.node} {self.department} {self.person} {self.case_number}"


class Channel(models.Model):
    """A group's robot in WeCom, DingTalk or Feishu."""

    class Kind(models.TextChoices):
        WECOM = "wecom", _("WeCom")
        DINGTALK = "dingtalk", _("DingTalk")
        FEISHU = "feishu", _("Feishu")

    name = models.SlugField(max_length=64, unique=True)
    kind = models.CharField(max_length=16, choices=Kind)
    sealed = models.TextField()  # the robot's key, and where it signs its secret: kit.sealing
    is_active = models.BooleanField(default=True)
    created_by = models.CharField(max_length=150)
    created_at = models.DateTimeField()
    error = models.CharField(max_length=40, blank=True)  # why the last message did not arrive
    sent_at = models.DateTimeField(null=True)  # the last one that did

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Letter(models.Model):
    """One alert for one person by mail, or for one channel; sent with others that are due at the same time."""

    alert = models.ForeignKey(Alert, models.PROTECT, related_name="letters")
    person = models.CharField(max_length=150, blank=True)
    channel = models.ForeignKey(Channel, models.PROTECT, null=True, related_name="letters")
    not_before = models.DateTimeField()
    handed_at = models.DateTimeField(null=True)  # over to whoever carries it

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["alert", "person"], condition=Q(channel=None), name="one_letter_a_person"
            ),
            models.UniqueConstraint(
                fields=["alert", "channel"], condition=~Q(channel=None), name="one_letter_a_channel"
            ),
        ]
        indexes = [models.Index(fields=["not_before"], condition=Q(handed_at=None), name="letter_due")]

    def __str__(self) -> str:
        return f"{self.alert_id} {self.person or self.channel_id}"


class Habits(models.Model):
    """When the company wants to be told: one row."""

    quiet_from = models.TimeField(default=time(21))
    quiet_until = models.TimeField(default=time(8))
    quiet_days_off = models.BooleanField(default=True)  # days on which nobody works are quiet too
    digest_at = models.TimeField(default=time(8, 30))

    def __str__(self) -> str:
        return f"{self.quiet_from}-{self.quiet_until}"


class HeadDigest(models.Model):
    """What a head was told of a day: overdue, escalated, load."""

    day = models.DateField()
    person = models.CharField(max_length=150)
    content = models.JSONField()
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["-day", "person"]
        constraints = [models.UniqueConstraint(fields=["day", "person"], name="one_digest_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.person}"


class ExceptionReport(models.Model):
    """Something out of the ordinary that somebody reports on a process (异常上报)."""

    class Kind(models.TextChoices):
        DEVIATION = "deviation", _("The process was not followed")
        IMPOSSIBLE = "impossible", _("The process cannot be followed")
        EVENT = "event", _("Something outside happened")
        DATA = "data", _("Figures or records are wrong")
        OTHER = "other", _("Something else")

    process_key = models.CharField(max_length=64)
    node = models.CharField(max_length=100, blank=True)
    case_number = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=16, choices=Kind)
    is_urgent = models.BooleanField(default=False)
    text = models.TextField()
    reporter = models.CharField(max_length=150)
    at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.CharField(max_length=150, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["process_key", "-at"], name="exception_of_process")]

    def __str__(self) -> str:
        return f"{self.process_key} {self.at}"
