from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_lean_rows")]

    operations = [
        migrations.AlterField(
            "problem",
            "case",
            models.ForeignKey(
                null=True,
                on_delete=models.deletion.PROTECT,
                related_name="problems",
                to="cases.case",
            ),
        ),
        migrations.AlterField("problem", "author", models.CharField(blank=True, max_length=150)),
    ]
