"""What is wrong with a step has its kind."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0016_words_found")]

    operations = [
        migrations.AddField(
            model_name="problem",
            name="kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("slow", "Inefficient"),
                    ("duties", "Unclear duties"),
                    ("redundant", "Redundant step"),
                    ("risk", "Risk point"),
                    ("", "Something else"),
                ],
                default="",
                max_length=16,
            ),
        ),
    ]
