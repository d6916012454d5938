"""What the kit itself keeps: the movable clock's offset, the answers to commands already carried out, heartbeats."""

from django.db import models


class ClockOffset(models.Model):
    """How far the clock of the example company is ahead of the real one; at most one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seconds = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_clock_offset")]

    def __str__(self) -> str:
        return f"{self.seconds} s"


class IdempotencyKey(models.Model):
    """The answer to a command that was carried out under this key, given again to whoever sends it twice."""

    actor = models.CharField(max_length=150)
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    result = models.JSONField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="one_answer_a_key")]
        # for the daily removal of old answers
        indexes = [models.Index(fields=["at"], name="idempotency_age")]

    def __str__(self) -> str:
        return f"{self.actor} {self.key}"


class Installation(models.Model):
    """What this installation is for: decided once, by its first administrator or its example company."""

    class Kind(models.TextChoices):
        REAL = "real", "real"
        DEMO = "demo", "demo"

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    kind = models.CharField(max_length=8, choices=Kind)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_installation")]

    def __str__(self) -> str:
        return self.kind


class ApiToken(models.Model):
    """A key with which a program acts for a person; only its hash is kept."""

    person = models.CharField(max_length=150, db_index=True)  # username
    name = models.CharField(max_length=100)  # what it is for
    digest = models.CharField(max_length=64, unique=True)
    read_only = models.BooleanField(default=False)
    # What a program may do that acts for no person's tasks: "messages", "jobs", "jobs:<topic>". Empty: what the person may.
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.person}: {self.name}"


class WorkerHeartbeat(models.Model):
    """When a worker was last alive; `/readyz` reads it."""

    name = models.CharField(max_length=200, primary_key=True)
    node = models.CharField(max_length=150)  # whose worker it is
    key_print = models.CharField(max_length=16)  # tells nodes with different signing keys from one another
    at = models.DateTimeField()  # by the database's clock, not the movable one

    def __str__(self) -> str:
        return self.name
