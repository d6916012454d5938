"""What was handed out of the handbook: every edition as it was, and who has read what is theirs to do."""

from django.db import models
from django.db.models import Q


class HandbookEdition(models.Model):
    """One file of the handbook, kept for good; another content is another edition."""

    kind = models.SlugField(max_length=16)  # process, department or post
    key = models.CharField(max_length=64)  # of the process, or code of the department or post
    version = models.ForeignKey("ProcessVersion", models.PROTECT, null=True, related_name="editions")
    language = models.CharField(max_length=2)
    format = models.CharField(max_length=4)
    number = models.PositiveIntegerField()  # counts what was made of one thing in one language and format
    digest = models.CharField(max_length=64)  # of what it says: the same words are the same edition
    file = models.PositiveBigIntegerField()  # of documents
    sha256 = models.CharField(max_length=64)  # of the file
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150, blank=True)  # empty: the program, when the version took effect

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key", "language", "format", "digest"], name="one_edition_a_content"
            ),
            models.UniqueConstraint(
                fields=["kind", "key", "language", "format", "number"], name="one_edition_a_number"
            ),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="edition_has_a_hash"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} {self.language} {self.format} {self.number}"


class DutyReceipt(models.Model):
    """Somebody has read what is theirs to do, as it stood at that moment."""

    person = models.CharField(max_length=150)
    digest = models.CharField(max_length=64)  # of their duties
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]
        constraints = [models.UniqueConstraint(fields=["person", "digest"], name="one_receipt_a_content")]

    def __str__(self) -> str:
        return f"{self.person} {self.at}"
