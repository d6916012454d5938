from django.db import migrations

# 表4 of handbook 2: satisfied, fairly satisfied, dissatisfied.
POINTS = {"satisfied": 100, "fairly_satisfied": 80, "dissatisfied": 0}


def score(apps, _schema):
    answers = apps.get_model("monitoring", "SatisfactionAnswer").objects
    for answer, points in POINTS.items():
        answers.create(
            process_key="P-COMPLAINT", form_key="follow_up", field="satisfaction", answer=answer, points=points
        )


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0001_counts"), ("cases", "0014_times_of_rows")]
    operations = [migrations.RunPython(score, migrations.RunPython.noop)]
