from django.db import migrations

# The company's month and quarter, and the month of complaints.
PLANS = (("month", ""), ("quarter", ""), ("month", "P-COMPLAINT"))


def ship(apps, _schema):
    plans = apps.get_model("monitoring", "ReportPlan").objects
    for period, process in PLANS:
        plans.create(period=period, process_key=process)


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0008_reports")]
    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
