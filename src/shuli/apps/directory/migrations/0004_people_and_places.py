"""Candidate groups, sites, successors of closed departments, and substitutions for some processes only."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TABLES = ("group", "group_people", "group_posts", "group_departments", "site")
PERSON = "CREATE TRIGGER new_edition AFTER UPDATE OF {} ON directory_person EXECUTE FUNCTION directory_new_edition()"
DROP_PERSON = "DROP TRIGGER new_edition ON directory_person"
TRIGGERS = [
    *(
        "CREATE TRIGGER new_edition AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE"
        f" ON directory_{table} EXECUTE FUNCTION directory_new_edition()"
        for table in TABLES
    ),
    DROP_PERSON,
    PERSON.format("is_active, username, calendar_id"),
]
UNDO = [
    *(f"DROP TRIGGER new_edition ON directory_{table}" for table in TABLES),
    DROP_PERSON,
    PERSON.format("is_active, username"),
]


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0003_plain_codes'),
    ]

    operations = [
        migrations.AddField(
            model_name='department',
            name='successor',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='directory.department'),
        ),
        migrations.AddField(
            model_name='substitute',
            name='begun_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='substitute',
            name='ended_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='substitute',
            name='processes',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), blank=True, default=list, size=None),
        ),
        migrations.AddField(
            model_name='substitute',
            name='sweep',
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name='Group',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=64, unique=True)),
                ('name', models.CharField(max_length=100)),
                ('name_en', models.CharField(blank=True, max_length=100)),
                ('is_active', models.BooleanField(default=True)),
                ('departments', models.ManyToManyField(blank=True, related_name='candidate_groups', to='directory.department')),
                ('people', models.ManyToManyField(blank=True, related_name='candidate_groups', to=settings.AUTH_USER_MODEL)),
                ('posts', models.ManyToManyField(blank=True, related_name='candidate_groups', to='directory.post')),
            ],
            options={
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='Site',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=64, unique=True)),
                ('name', models.CharField(max_length=100)),
                ('name_en', models.CharField(blank=True, max_length=100)),
                ('calendar', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sites', to='directory.calendar')),
            ],
            options={
                'ordering': ['code'],
            },
        ),
        migrations.AddField(
            model_name='department',
            name='site',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='departments', to='directory.site'),
        ),
        migrations.AddConstraint(
            model_name='department',
            constraint=models.CheckConstraint(condition=models.Q(('successor', None), ('is_active', False), _connector='OR'), name='successor_of_a_closed_department'),
        ),
        migrations.AddConstraint(
            model_name='group',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='group_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='group',
            constraint=models.CheckConstraint(condition=models.Q(('code__regex', '^[a-z0-9][a-z0-9-]*$')), name='group_code_is_plain'),
        ),
        migrations.AddConstraint(
            model_name='site',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='site_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='site',
            constraint=models.CheckConstraint(condition=models.Q(('code__regex', '^[a-z0-9][a-z0-9-]*$')), name='site_code_is_plain'),
        ),
        migrations.RunSQL(TRIGGERS, UNDO),
    ]
