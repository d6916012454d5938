"""Documents: their types, the files attached to cases and other things, and the series that number them.

What a file belongs to stands here as a kind and an id, because the owners are apps further up the ladder.
"""

from django.db import models
from django.db.models import Q

from shuli.apps.directory.queries import in_language


class DocumentType(models.Model):
    """A named, typed, required or optional thing that a step makes: 《可行性分析报告》."""

    key = models.SlugField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    template_note = models.TextField(blank=True)  # what belongs into it, or where its template is
    template_note_en = models.TextField(blank=True)

    class Meta:
        ordering = ["key"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="document_type_has_a_name")]

    def __str__(self) -> str:
        return self.key

    def display_name(self) -> str:
        return in_language(self.name, self.name_en)


class Attachment(models.Model):
    """One file of an owner; its content lies under its hash, so that the same content is kept once."""

    owner_kind = models.SlugField(max_length=32)  # case, …; "upload" until a form that names it is sent
    owner_id = models.PositiveBigIntegerField()
    document = models.CharField(max_length=64, blank=True)  # key of what it is, where the process names it
    file_name = models.CharField(max_length=200)
    version = models.PositiveIntegerField()  # counts files of one name within an owner's document
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=100)  # as its content says, not its name
    uploaded_by = models.CharField(max_length=150)  # username
    uploaded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=150, blank=True)
    withdrawn_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["uploaded_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner_kind", "owner_id", "document", "file_name", "version"],
                condition=~Q(owner_kind="upload"),
                name="one_file_a_version",
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="attachment_has_a_hash"
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="attachment_is_not_empty"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by="", withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by="") & ~Q(withdrawn_reason="")),
                name="withdrawal_says_who_and_why",
            ),
        ]
        indexes = [
            # the files of one case
            models.Index(fields=["owner_kind", "owner_id"], name="attachment_owner"),
            # whether other files still need a content
            models.Index(fields=["sha256"], name="attachment_content"),
        ]

    def __str__(self) -> str:
        return f"{self.owner_kind} {self.owner_id} {self.file_name}"


class NumberSeries(models.Model):
    """The last number issued in a series within a period; its row is the lock under which the next is issued."""

    series = models.CharField(max_length=64)
    period = models.CharField(max_length=100)  # the pattern with its dates filled in: TS20261110{}
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "period"], name="one_counter_a_period"),
            models.CheckConstraint(condition=Q(last__gt=0), name="numbers_begin_at_one"),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.period} {self.last}"
