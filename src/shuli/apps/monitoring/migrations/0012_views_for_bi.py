"""What other tools may read, and the fields of the library in which people write what a case cost."""

from django.db import migrations

# Where people of the library's processes write costs.
FIELDS = (
    ("P-COMPLAINT", "execution", "paid_amount", "money"),
    ("P-QUALITY", "complaint_summary", "total_loss", "money"),
)

# Nobody is named, no form is quoted: figures for tools that draw them. See the guide, "Figures for other tools".
VIEWS = """
CREATE VIEW bi_process AS SELECT key, name, name_en, category FROM catalogue_process;
CREATE VIEW bi_department AS
    SELECT d.code, d.name, d.name_en, above.code AS parent
      FROM directory_department AS d LEFT JOIN directory_department AS above ON above.id = d.parent_id;
CREATE VIEW bi_case AS
    SELECT c.number, c.process_key, v.number AS version, c.status, c.starter_department AS department,
           c.started_at, c.ended_at, extract(epoch FROM c.ended_at - c.started_at)::bigint AS cycle_seconds, c.incidents
      FROM cases_case AS c JOIN catalogue_processversion AS v ON v.id = c.version_id;
CREATE VIEW bi_visit AS
    SELECT c.number AS case_number, c.process_key, p.number AS version, v.number AS visit, v.node, v.round, v.department,
           v.opened_at, v.first_touched_at AS taken_up_at, v.due_at, v.closed_at, v.outcome,
           v.waiting_seconds, v.handling_seconds, v.paused_seconds, v.closed_at > v.due_at AS is_late
      FROM cases_visit AS v JOIN cases_case AS c ON c.id = v.case_id
      JOIN catalogue_processversion AS p ON p.id = c.version_id;
CREATE VIEW bi_event AS
    SELECT c.number AS case_number, c.process_key, e.seq AS position, e.at, e.type
      FROM cases_event AS e JOIN cases_case AS c ON c.id = e.case_id;
CREATE VIEW bi_day AS
    SELECT d.day, d.process_key, v.number AS version, d.node, d.department, d.started, d.ended, d.stopped, d.cycle_seconds,
           d.handovers, d.closed, d.due, d.on_time, d.returned, d.reworked, d.waiting_seconds, d.handling_seconds,
           d.paused_seconds, d.transfers, d.rated, d.points, d.comments, d.complaints, d.violations, d.documents_due,
           d.documents_there, d.people_cents, d.material_cents, d.money_cents
      FROM monitoring_daycount AS d JOIN catalogue_processversion AS v ON v.id = d.version_id;
"""
NO_VIEWS = "DROP VIEW bi_day, bi_event, bi_visit, bi_case, bi_department, bi_process;"


def name_fields(apps, _schema):
    fields = apps.get_model("monitoring", "CostField").objects
    for process_key, form_key, field, kind in FIELDS:
        fields.create(process_key=process_key, form_key=form_key, field=field, kind=kind)


class Migration(migrations.Migration):
    dependencies = [
        ("monitoring", "0011_costs_and_volumes"),
        ("cases", "0015_paused_time"),
        ("directory", "0007_kept_calendars"),
    ]
    operations = [
        migrations.RunPython(name_fields, migrations.RunPython.noop),
        migrations.RunSQL(VIEWS, NO_VIEWS),
    ]
