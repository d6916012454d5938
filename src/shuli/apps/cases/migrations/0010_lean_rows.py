import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

# A case's row is written anew by every command: with room on its page, the new one needs no new entry in any index.
ROOM = "ALTER TABLE cases_case SET (fillfactor = 70)"

ACTIVE = Q(state__in=["open", "opinion"])
# In the order in which the inbox lists them, so that its first page reads as many rows as it shows.
TO_DO = [
    models.Index(fields=["holder", "due_at", "id"], condition=ACTIVE, name="task_inbox"),
    models.Index(
        fields=["pool", "due_at", "id"],
        condition=Q(state__in=["open", "opinion"], holder=""),
        name="task_pool_inbox",
    ),
    models.Index(
        fields=["substitute", "due_at", "id"], condition=ACTIVE & ~Q(substitute=""), name="task_substitute"
    ),
]


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0009_visit_calendar'),
        ('catalogue', '0003_decisions'),
    ]

    operations = [
        migrations.AlterField(
            model_name='access',
            name='case',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='access', to='cases.case'),
        ),
        migrations.AlterField(
            model_name='case',
            name='number',
            field=models.CharField(max_length=40),
        ),
        migrations.AlterField(
            model_name='case',
            name='parent',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='cases.case'),
        ),
        migrations.AlterField(
            model_name='case',
            name='root',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case'),
        ),
        migrations.AlterField(
            model_name='case',
            name='version',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.processversion'),
        ),
        migrations.AlterField(
            model_name='task',
            name='case',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='cases.case'),
        ),
        migrations.AlterField(
            model_name='timer',
            name='case',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='timers', to='cases.case'),
        ),
        migrations.AlterField(
            model_name='visit',
            name='case',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='cases.case'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('parent__isnull', False)), fields=['parent'], name='case_called'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.UniqueConstraint(fields=('number',), name='cases_case_number'),
        ),
        *(migrations.RemoveIndex("task", index.name) for index in TO_DO),
        *(migrations.AddIndex("task", index) for index in TO_DO),
        migrations.RunSQL(ROOM, "ALTER TABLE cases_case RESET (fillfactor)"),
    ]
