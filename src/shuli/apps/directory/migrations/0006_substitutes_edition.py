"""Who stands in for whom belongs to the organisation's snapshot too: every visit that opens asks for it."""

from django.db import migrations

WATCH = (
    "CREATE TRIGGER new_edition AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE"
    " ON directory_substitute EXECUTE FUNCTION directory_new_edition()"
)


class Migration(migrations.Migration):
    dependencies = [("directory", "0005_successor")]

    operations = [migrations.RunSQL(WATCH, "DROP TRIGGER new_edition ON directory_substitute")]
