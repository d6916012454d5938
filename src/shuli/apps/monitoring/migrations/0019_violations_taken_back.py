from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0018_view_of_brought_in")]
    operations = [
        migrations.AddIndex(
            model_name="violation",
            index=models.Index(
                fields=["void_at"], condition=models.Q(("void_at__isnull", False)), name="violation_void"
            ),
        )
    ]
