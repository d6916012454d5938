from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_inbox_at_scale")]

    operations = [
        migrations.AddField("visit", "calendar", models.CharField(blank=True, db_default="", max_length=32)),
    ]
