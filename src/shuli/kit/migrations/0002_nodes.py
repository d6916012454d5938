from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kit", "0001_initial")]

    operations = [
        migrations.AddField("workerheartbeat", "node", models.CharField(max_length=150, default=""), preserve_default=False),
        migrations.AddField(
            "workerheartbeat", "key_print", models.CharField(max_length=16, default=""), preserve_default=False
        ),
    ]
