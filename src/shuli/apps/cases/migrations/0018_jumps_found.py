from django.db import migrations

# Whether a case was moved by hand is asked of every case that ends; few were, and only they stand here.
MAKE = "CREATE INDEX event_jump ON cases_event (case_id) WHERE type = 'Jumped'"


class Migration(migrations.Migration):
    dependencies = [("cases", "0017_kinds_of_problems")]
    operations = [migrations.RunSQL(MAKE, "DROP INDEX event_jump")]
