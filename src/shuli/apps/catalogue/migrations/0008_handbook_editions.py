"""The archive of handbooks, which PostgreSQL keeps as it is, and who has read their duties."""

import django.db.models.deletion
from django.db import migrations, models

KEEP = """
CREATE FUNCTION catalogue_keep_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Expected edition % of % to stay as it is. Make another one.', OLD.number, OLD.key
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER edition_stays BEFORE UPDATE OR DELETE ON catalogue_handbookedition
    FOR EACH ROW EXECUTE FUNCTION catalogue_keep_edition();
"""
LET_GO = "DROP TRIGGER edition_stays ON catalogue_handbookedition; DROP FUNCTION catalogue_keep_edition();"


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0007_editions_of_the_library")]

    operations = [
        migrations.CreateModel(
            name="HandbookEdition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.SlugField(max_length=16)),
                ("key", models.CharField(max_length=64)),
                ("language", models.CharField(max_length=2)),
                ("format", models.CharField(max_length=4)),
                ("number", models.PositiveIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("file", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(blank=True, max_length=150)),
                (
                    "version",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="catalogue.processversion",
                    ),
                ),
            ],
            options={"ordering": ["-pk"]},
        ),
        migrations.CreateModel(
            name="DutyReceipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person", models.CharField(max_length=150)),
                ("digest", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
            options={"ordering": ["-at"]},
        ),
        migrations.AddConstraint(
            "handbookedition",
            models.UniqueConstraint(fields=["kind", "key", "language", "format", "digest"], name="one_edition_a_content"),
        ),
        migrations.AddConstraint(
            "handbookedition",
            models.UniqueConstraint(fields=["kind", "key", "language", "format", "number"], name="one_edition_a_number"),
        ),
        migrations.AddConstraint(
            "handbookedition",
            models.CheckConstraint(condition=models.Q(sha256__regex="^[0-9a-f]{64}$"), name="edition_has_a_hash"),
        ),
        migrations.AddConstraint(
            "dutyreceipt",
            models.UniqueConstraint(fields=["person", "digest"], name="one_receipt_a_content"),
        ),
        migrations.RunSQL(KEEP, LET_GO),
    ]
