from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0006_substitutes_edition")]

    operations = [
        migrations.CreateModel(
            "KeptCalendar",
            [
                ("name", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("content", models.JSONField()),
                ("kept_at", models.DateTimeField()),
            ],
        ),
    ]
