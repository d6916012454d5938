"""Counters of cases go by the pattern, no longer by the process: two processes may share one."""

from django.db import migrations

JOIN = """
    INSERT INTO documents_numberseries (series, period, last)
    SELECT 'case', period, max(last) FROM documents_numberseries WHERE series <> 'case' GROUP BY period
    ON CONFLICT (series, period) DO UPDATE SET last = greatest(documents_numberseries.last, excluded.last)
"""
LEAVE = "DELETE FROM documents_numberseries WHERE series <> 'case'"


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]

    operations = [migrations.RunSQL([JOIN, LEAVE], migrations.RunSQL.noop)]
