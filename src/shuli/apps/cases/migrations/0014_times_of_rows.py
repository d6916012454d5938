from django.db import migrations

# Serves the counting of days: rows are appended as time goes on, so a block range index finds a day in a few pages,
# and costs whoever writes nothing to speak of.
MAKE = """
CREATE INDEX event_at ON cases_event USING brin (at) WITH (pages_per_range = 32);
CREATE INDEX visit_closed ON cases_visit USING brin (closed_at) WITH (pages_per_range = 32);
CREATE INDEX case_ended ON cases_case USING brin (ended_at) WITH (pages_per_range = 32);
CREATE INDEX form_record_at ON cases_formrecord USING brin (at) WITH (pages_per_range = 32);
"""
DROP = """
DROP INDEX event_at;
DROP INDEX visit_closed;
DROP INDEX case_ended;
DROP INDEX form_record_at;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0013_newest_first")]
    operations = [migrations.RunSQL(MAKE, DROP)]
