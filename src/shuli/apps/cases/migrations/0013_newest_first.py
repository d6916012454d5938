from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0012_timers_in_order")]

    operations = [
        migrations.RemoveIndex("case", "case_newest_first"),
        migrations.AddIndex(
            "case",
            models.Index(
                models.F("started_at").desc(), models.F("id").desc(), name="case_newest_first"
            ),
        ),
    ]
