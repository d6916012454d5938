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


class WorkerHeartbeat(models.Model):
    """When a worker was last alive; `/readyz` reads it."""

    name = models.CharField(max_length=200, primary_key=True)
    at = models.DateTimeField()  # real time, not the movable clock

    def __str__(self) -> str:
        return self.name
