"""Who does what processes still ask of somebody who has left."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


PERSON = "CREATE TRIGGER new_edition AFTER UPDATE OF {} ON directory_person EXECUTE FUNCTION directory_new_edition()"
DROP_PERSON = "DROP TRIGGER new_edition ON directory_person"
WATCHED = "is_active, username, calendar_id"


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0004_people_and_places'),
    ]

    operations = [
        migrations.AddField(
            model_name='person',
            name='successor',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('successor', models.F('pk')), _negated=True), name='nobody_succeeds_themselves'),
        ),
        migrations.RunSQL(
            [DROP_PERSON, PERSON.format(f"{WATCHED}, successor_id")], [DROP_PERSON, PERSON.format(WATCHED)]
        ),
    ]
