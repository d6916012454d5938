from django.db import migrations, models
from django.db.models import Q

ACTIVE = Q(state__in=["open", "opinion"])
TO_DO = [
    models.Index(fields=["holder", "due_at"], condition=ACTIVE, name="task_inbox"),
    models.Index(
        fields=["pool", "due_at"], condition=Q(state__in=["open", "opinion"], holder=""), name="task_pool_inbox"
    ),
    models.Index(fields=["substitute"], condition=ACTIVE & ~Q(substitute=""), name="task_substitute"),
]


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_task_verbs")]

    operations = [
        migrations.AddIndex(
            "case", models.Index(fields=["id"], condition=Q(status="suspended"), name="case_suspended")
        ),
        *(migrations.RemoveIndex("task", index.name) for index in TO_DO),
        *(migrations.AddIndex("task", index) for index in TO_DO),
    ]
