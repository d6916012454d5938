from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_problem_of_a_step")]

    operations = [
        migrations.RemoveIndex("timer", "timer_due"),
        migrations.AddIndex(
            "timer",
            models.Index(fields=["due_at", "id"], condition=models.Q(state="pending"), name="timer_due"),
        ),
    ]
