"""What sources measure, for tools that draw figures: see decision 104."""

from django.db import migrations

VIEW = """
CREATE VIEW bi_brought_in AS
    SELECT v.day, v.process_key, v.node, v.department, s.name AS source, s.kind AS source_kind, m.name AS measure, m.unit,
           m.adding, v.value
      FROM monitoring_importedvalue AS v
      JOIN monitoring_measure AS m ON m.id = v.measure_id
      JOIN monitoring_datasource AS s ON s.id = m.source_id
     WHERE NOT v.is_undone;
"""


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0017_survey_responses_and_changes")]
    operations = [migrations.RunSQL(VIEW, "DROP VIEW bi_brought_in;")]
