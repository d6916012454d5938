"""Codes stand in addresses, pools and process files, so the database holds them to what fits there."""

from django.db import migrations, models

PLAIN = models.Q(("code__regex", r"^[a-z0-9][a-z0-9-]*$"))


class Migration(migrations.Migration):
    dependencies = [("directory", "0002_edition")]

    operations = [
        migrations.AddConstraint(
            model_name=model,
            constraint=models.CheckConstraint(condition=PLAIN, name=f"{model}_code_is_plain"),
        )
        for model in ("calendar", "department", "post")
    ]
