from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0019_violations_taken_back"), ("cases", "0018_jumps_found")]
    operations = [
        migrations.RenameModel("NodeCost", "NodeFact"),
        migrations.AddField("nodefact", "is_approval", models.BooleanField(default=False)),
        migrations.AddField("daycount", "steps", models.PositiveIntegerField(default=0)),
        migrations.AddField("daycount", "approvals", models.PositiveIntegerField(default=0)),
        migrations.AddField("daycount", "departed", models.PositiveIntegerField(default=0)),
        # Nodes are read again, with what they decide; and the days before are missing the new columns.
        migrations.RunSQL("DELETE FROM monitoring_nodefact", migrations.RunSQL.noop),
        migrations.RunSQL("UPDATE monitoring_counted SET through = NULL", migrations.RunSQL.noop),
    ]
